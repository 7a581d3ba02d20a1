package jp.musubi.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jp.musubi.evidence.AuditQuery;
import jp.musubi.evidence.AuditReading;
import jp.musubi.platform.CsvCells;
import jp.musubi.platform.JapaneseDates;
import org.apache.commons.csv.CSVFormat;
import org.springframework.stereotype.Component;

/** Writes the record out as it is read, however long it is. */
@Component
class AuditExport {
  private static final List<String> HEADINGS =
      List.of(
          "番号", "日時", "日時（UTC）", "区分", "氏名", "ID", "権限", "操作", "操作コード", "結果", "文書番号", "件名", "接続元",
          "詳細", "ハッシュ", "前のハッシュ");

  private final AuditReading reading;
  private final AuditWords words;

  AuditExport(AuditReading reading, AuditWords words) {
    this.reading = reading;
    this.words = words;
  }

  /** How a spreadsheet gets its letters. */
  enum Letters {
    /** With the mark that spreadsheets look for. */
    UTF_8(StandardCharsets.UTF_8),
    /** For what knows nothing else; letters it lacks become question marks. */
    CP932(Charset.forName("windows-31j"));

    private final Charset charset;

    Letters(Charset charset) {
      this.charset = charset;
    }

    Charset charset() {
      return charset;
    }
  }

  /** As CSV (RFC 4180), with nothing in it that a spreadsheet would run. */
  void csv(AuditQuery query, Letters letters, OutputStream out) throws IOException {
    var writer = new OutputStreamWriter(out, letters.charset());
    if (letters == Letters.UTF_8) {
      writer.write('\uFEFF');
    }
    var printer = CSVFormat.RFC4180.print(writer);
    printer.printRecord(HEADINGS);
    reading.each(
        query,
        line -> {
          try {
            printer.printRecord(cells(line).stream().map(CsvCells::inert).toList());
          } catch (IOException gone) {
            throw new UncheckedIOException(gone);
          }
        });
    writer.flush();
  }

  private List<String> cells(AuditReading.Line line) {
    var entry = line.entry();
    return List.of(
        String.valueOf(entry.seq()),
        JapaneseDates.time(entry.at()),
        entry.at().toString(),
        words.actorKind(entry),
        entry.actor().name(),
        entry.actor().id(),
        words.roles(entry),
        words.action(entry),
        entry.action(),
        words.result(entry),
        line.contractNumber().orElse(""),
        line.contractTitle().orElse(""),
        java.util.Objects.requireNonNullElse(entry.clientIp(), ""),
        words.details(entry),
        entry.hash(),
        line.prevHash());
  }

  /**
   * As JSON Lines that can be checked by anybody: {@code hash = SHA-256(RFC 8785 of entry ‖ bytes
   * of prevHash)}, and each line's prevHash is the hash of the line before.
   */
  void jsonl(AuditQuery query, OutputStream out) throws IOException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    reading.each(
        query,
        line -> {
          try {
            writer.write(
                "{\"entry\":%s,\"hash\":\"%s\",\"prevHash\":\"%s\"}\n"
                    .formatted(line.text(), line.entry().hash(), line.prevHash()));
          } catch (IOException gone) {
            throw new UncheckedIOException(gone);
          }
        });
    writer.flush();
  }
}
