package jp.musubi.platform;

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
 * 表のCSV. Reads a list as spreadsheets write it: UTF-8 with or without a byte order mark, or CP932
 * (Shift_JIS as Windows has it), the columns in any order.
 */
public final class CsvTable {
  private static final Charset CP932 = Charset.forName("windows-31j");

  private CsvTable() {}

  /** What came of reading. */
  public sealed interface Reading {
    /** The lines, blank ones left out. */
    record Read(List<Line> lines) implements Reading {
      /** Keeps its own copy. */
      public Read {
        lines = List.copyOf(lines);
      }
    }

    /** Neither encoding fits, or it is no CSV. */
    record Unreadable() implements Reading {}

    /** Headings are missing. */
    record WithoutHeadings(List<String> missing) implements Reading {}

    /** More lines than anybody means. */
    record TooLong() implements Reading {}
  }

  /**
   * A line.
   *
   * @param number as a spreadsheet counts it; the heading is 1
   * @param found how many cells it had
   * @param cells in the order of the headings asked for, stripped; empty when the line has another
   *     number of cells than the heading
   */
  public record Line(int number, int found, Optional<List<String>> cells) {
    /** Keeps its own copy. */
    public Line {
      cells = cells.map(List::copyOf);
    }
  }

  /**
   * Reads a file.
   *
   * @param wanted the headings without which nothing can be read
   * @param most lines
   */
  public static Reading read(byte[] file, List<String> wanted, int most) {
    var text = decoded(file, StandardCharsets.UTF_8).or(() -> decoded(file, CP932));
    if (text.isEmpty()) {
      return new Reading.Unreadable();
    }
    var plain = text.get().startsWith("\uFEFF") ? text.get().substring(1) : text.get();
    var format = CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(false).get();
    try (var parser = format.parse(new StringReader(plain))) {
      var records = parser.iterator();
      if (!records.hasNext()) {
        return new Reading.WithoutHeadings(wanted);
      }
      var headings = records.next().stream().map(String::strip).toList();
      var missing = wanted.stream().filter(name -> !headings.contains(name)).toList();
      if (!missing.isEmpty()) {
        return new Reading.WithoutHeadings(missing);
      }
      var places = wanted.stream().map(headings::indexOf).toList();
      var lines = new ArrayList<Line>();
      var number = 1;
      while (records.hasNext()) {
        var record = records.next();
        number++;
        if (record.stream().allMatch(String::isBlank)) {
          continue;
        }
        lines.add(
            new Line(
                number,
                record.size(),
                record.size() == headings.size()
                    ? Optional.of(places.stream().map(at -> record.get(at).strip()).toList())
                    : Optional.empty()));
        if (lines.size() > most) {
          return new Reading.TooLong();
        }
      }
      return new Reading.Read(lines);
    } catch (UncheckedIOException | IOException notCsv) {
      return new Reading.Unreadable();
    }
  }

  /** The headings of a file, stripped; empty when it cannot be read. */
  public static Optional<List<String>> headings(byte[] file) {
    return decoded(file, StandardCharsets.UTF_8)
        .or(() -> decoded(file, CP932))
        .flatMap(text -> {
          var plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
          try (var parser = CSVFormat.DEFAULT.parse(new StringReader(plain))) {
            return parser.stream()
                .findFirst()
                .map(record -> record.stream().map(String::strip).toList());
          } catch (UncheckedIOException | IOException notCsv) {
            return Optional.empty();
          }
        });
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
