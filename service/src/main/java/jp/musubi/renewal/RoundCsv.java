package jp.musubi.renewal;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.authority.Reach;
import jp.musubi.platform.CsvCells;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.register.Letters;
import jp.musubi.seal.validation.Reason;
import jp.musubi.seal.validation.ValidationMessages;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** 一括検証の結果のCSV. Written as it is read, however long it is. */
@Component("verificationCsv")
class RoundCsv {
  private static final List<String> COLUMNS =
      List.of("number", "title", "concluded", "stamped", "verdict", "until", "reason");

  private final RoundStore rounds;
  private final Book book;

  RoundCsv(RoundStore rounds, Book book) {
    this.rounds = rounds;
    this.book = book;
  }

  /** As CSV (RFC 4180), with nothing in it that a spreadsheet would run. */
  @Transactional(readOnly = true)
  public void write(UUID round, Reach reach, Letters letters, OutputStream out) throws IOException {
    var writer = new OutputStreamWriter(out, letters.charset());
    if (letters == Letters.UTF_8) {
      writer.write('\uFEFF');
    }
    var printer = CSVFormat.RFC4180.print(writer);
    var headings =
        COLUMNS.stream().map(column -> book.of("verification.column." + column)).toList();
    print(printer, headings, letters, book.of("register.column.replaced"));
    rounds.each(
        round,
        reach,
        line -> {
          try {
            print(printer, cells(line), letters, "");
          } catch (IOException gone) {
            throw new UncheckedIOException(gone);
          }
        });
    writer.flush();
  }

  private static void print(CSVPrinter printer, List<String> cells, Letters letters, String heading)
      throws IOException {
    var written = letters.write(cells);
    var line = new ArrayList<>(written.cells().stream().map(CsvCells::inert).toList());
    if (letters != Letters.UTF_8) {
      line.add(heading.isEmpty() ? written.replaced() : heading);
    }
    printer.printRecord(line);
  }

  private List<String> cells(Round.Line line) {
    return List.of(
        line.number(),
        line.title(),
        JapaneseDates.time(line.concludedAt()),
        line.outcome().flatMap(Round.Outcome::stampedAt).map(JapaneseDates::time).orElse(""),
        verdict(line),
        line.outcome().flatMap(Round.Outcome::endsAt).map(JapaneseDates::date).orElse(""),
        reasons(line));
  }

  /** 有効, 無効, 判定できません; or that it is not judged yet. */
  String verdict(Round.Line line) {
    return line.outcome()
        .map(outcome -> book.of("verification.verdict." + outcome.verdict()))
        .orElseGet(() -> book.of("verification.verdict.none"));
  }

  /** Why, in words. */
  String reasons(Round.Line line) {
    return Optional.of(line).flatMap(Round.Line::outcome).stream()
        .flatMap(outcome -> outcome.reasons().stream())
        .map(this::reason)
        .collect(Collectors.joining("、"));
  }

  private String reason(String code) {
    return switch (code) {
      case "disposed", "object-damaged", "object-missing", "not-readable" ->
          book.of("verification.reason." + code);
      default -> ValidationMessages.of(new Reason(code, "", ""), Locale.JAPAN);
    };
  }
}
