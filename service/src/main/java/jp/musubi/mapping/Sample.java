package jp.musubi.mapping;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;

/**
 * 見本. The first lines of a list, as a form carries them from one page to the next, so that nothing
 * of them is kept here.
 */
final class Sample {
  /** Lines that are carried. */
  static final int LINES = 20;

  private static final int LONGEST_CELL = 100;
  private static final int MOST_LETTERS = 100_000;

  private Sample() {}

  /** Each line with its number before it; the headings have the number 0. */
  static String written(ForeignList list) {
    var text = new StringBuilder();
    line(text, 0, list.headings());
    var lines = 0;
    for (var line : list.lines()) {
      if (lines == LINES || (lines > 0 && text.length() > MOST_LETTERS)) {
        break;
      }
      line(text, line.number(), line.cells());
      lines++;
    }
    return Base64.getEncoder().encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void line(StringBuilder text, int number, List<String> cells) {
    text.append(
            CSVFormat.DEFAULT.format(
                Stream.concat(Stream.of(number + ""), cells.stream().map(Sample::cut)).toArray()))
        .append("\r\n");
  }

  /** Reads what {@link #written} wrote; empty for what is none of ours. */
  static Optional<ForeignList> read(String text) {
    var headings = new ArrayList<String>();
    var lines = new ArrayList<ForeignList.Line>();
    try (var parser =
        CSVFormat.DEFAULT.parse(
            new StringReader(
                new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8)))) {
      for (var record : parser) {
        if (!record.get(0).matches("\\d{1,7}") || record.size() > Column.MOST + 1) {
          return Optional.empty();
        }
        var cells = record.stream().skip(1).toList();
        if (headings.isEmpty()) {
          headings.addAll(cells);
        } else {
          lines.add(new ForeignList.Line(Integer.parseInt(record.get(0)), cells));
        }
      }
    } catch (IllegalArgumentException | UncheckedIOException | IOException notOurs) {
      // Whoever changed the hidden field begins again with the file.
      return Optional.empty();
    }
    return headings.isEmpty() || lines.isEmpty() || lines.size() > LINES
        ? Optional.empty()
        : Optional.of(new ForeignList(headings, lines));
  }

  private static String cut(String cell) {
    return cell.codePointCount(0, cell.length()) <= LONGEST_CELL
        ? cell
        : cell.substring(0, cell.offsetByCodePoints(0, LONGEST_CELL));
  }
}
