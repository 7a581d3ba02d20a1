package jp.musubi.staff;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;

/**
 * 異動のCSV. Reads a list as spreadsheets write it: UTF-8 with or without a byte order mark, or CP932
 * (Shift_JIS as Windows has it), the columns in any order.
 */
public final class TransferFile {
  /** More lines are no transfer but a mistake. */
  static final int MOST_ROWS = 50_000;

  private static final Charset CP932 = Charset.forName("windows-31j");

  private TransferFile() {}

  /** What came of reading. */
  public sealed interface Reading {
    /** The lines, and what is wrong with the form of some. */
    record Read(List<TransferRow> rows, List<TransferFinding> findings) implements Reading {
      /** Keeps its own copies. */
      public Read {
        rows = List.copyOf(rows);
        findings = List.copyOf(findings);
      }
    }

    /** Neither encoding fits, or it is no CSV. */
    record Unreadable() implements Reading {}

    /** Headings are missing. */
    record WithoutHeadings(List<String> missing) implements Reading {}

    /** More lines than anybody transfers. */
    record TooLong() implements Reading {}
  }

  /** Reads a file. */
  public static Reading read(byte[] file) {
    var text = decoded(file, StandardCharsets.UTF_8).or(() -> decoded(file, CP932));
    if (text.isEmpty()) {
      return new Reading.Unreadable();
    }
    var plain = text.get().startsWith("\uFEFF") ? text.get().substring(1) : text.get();
    var format = CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(false).get();
    try (var parser = format.parse(new StringReader(plain))) {
      var lines = parser.iterator();
      if (!lines.hasNext()) {
        return new Reading.WithoutHeadings(TransferRow.HEADINGS);
      }
      var headings = lines.next().stream().map(String::strip).toList();
      var missing = TransferRow.HEADINGS.stream().filter(name -> !headings.contains(name)).toList();
      if (!missing.isEmpty()) {
        return new Reading.WithoutHeadings(missing);
      }
      var places = TransferRow.HEADINGS.stream().map(headings::indexOf).toList();
      var rows = new ArrayList<TransferRow>();
      var findings = new ArrayList<TransferFinding>();
      var line = 1;
      while (lines.hasNext()) {
        var record = lines.next();
        line++;
        if (record.stream().allMatch(String::isBlank)) {
          continue;
        }
        if (record.size() != headings.size()) {
          findings.add(
              new TransferFinding(
                  line, "区分", TransferFinding.Reason.COLUMNS, String.valueOf(record.size())));
          continue;
        }
        rows.add(TransferRow.of(line, places.stream().map(at -> record.get(at).strip()).toList()));
        if (rows.size() > MOST_ROWS) {
          return new Reading.TooLong();
        }
      }
      return new Reading.Read(rows, findings);
    } catch (UncheckedIOException | IOException notCsv) {
      return new Reading.Unreadable();
    }
  }

  private static Optional<String> decoded(byte[] file, Charset charset) {
    try {
      return Optional.of(
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(file))
              .toString());
    } catch (CharacterCodingException otherEncoding) {
      return Optional.empty();
    }
  }
}
