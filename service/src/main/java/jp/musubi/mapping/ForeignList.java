package jp.musubi.mapping;

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
import jp.musubi.platform.web.Text;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * ほかのシステムの一覧. Their list as it stands, before anything of it is understood.
 *
 * @param headings stripped, as many as there are columns; all empty where there is no heading
 * @param lines blank ones left out
 */
public record ForeignList(List<String> headings, List<Line> lines) {
  private static final Charset CP932 = Charset.forName("windows-31j");
  // A longer cell is no item of a list, but a quotation mark that was never closed.
  private static final int LONGEST_CELL = 10_000;

  /** Keeps its own copies. */
  public ForeignList {
    headings = List.copyOf(headings);
    lines = List.copyOf(lines);
  }

  /**
   * A line.
   *
   * @param number as a spreadsheet counts it
   * @param cells stripped
   */
  public record Line(int number, List<String> cells) {
    /** Keeps its own copy. */
    public Line {
      cells = List.copyOf(cells);
    }
  }

  /** What came of a file. */
  public sealed interface Reading {
    /** A list. */
    record Read(ForeignList list) implements Reading {}

    /** None, and why. */
    record Unfit(Text why) implements Reading {}
  }

  /**
   * Reads a file.
   *
   * @param most lines; more are refused
   */
  public static Reading read(byte[] file, Layout layout, int most) {
    return read(file, layout, most, false);
  }

  /** Reads the first lines of a file, however many follow. */
  static Reading first(byte[] file, Layout layout, int most) {
    return read(file, layout, most, true);
  }

  private static Reading read(byte[] file, Layout layout, int most, boolean onlyFirst) {
    var decoded = decoded(file, layout.encoding());
    if (decoded.isEmpty()) {
      return unfit("mapping.unfit.encoding." + layout.encoding());
    }
    var text = decoded.get().startsWith("\uFEFF") ? decoded.get().substring(1) : decoded.get();
    if (text.indexOf('\0') >= 0) {
      return unfit("mapping.unfit.nul");
    }
    var from = behind(text, layout.skipped());
    if (from < 0 || text.substring(from).isBlank()) {
      return unfit("mapping.unfit.empty");
    }
    var format =
        CSVFormat.DEFAULT
            .builder()
            .setDelimiter(layout.separator().letter())
            .setIgnoreEmptyLines(false)
            .get();
    var number = layout.skipped();
    try (var parser = format.parse(new StringReader(text.substring(from)))) {
      var headings = new ArrayList<String>();
      var lines = new ArrayList<Line>();
      for (var record : parser) {
        number++;
        if (record.size() > Column.MOST) {
          return unfit("mapping.unfit.columns", number + "", Column.MOST + "");
        }
        if (record.stream().anyMatch(cell -> cell.length() > LONGEST_CELL)) {
          return unfit("mapping.unfit.long", number + "", LONGEST_CELL + "");
        }
        if (headings.isEmpty()) {
          headings.addAll(layout.headed() ? stripped(record) : List.of());
          if (layout.headed()) {
            if (headings.stream().allMatch(String::isEmpty)) {
              return unfit("mapping.unfit.noHeading", number + "");
            }
            continue;
          }
          record.forEach(_ -> headings.add(""));
        }
        if (record.stream().allMatch(String::isBlank)) {
          continue;
        }
        if (lines.size() == most) {
          if (onlyFirst) {
            break;
          }
          return unfit("mapping.unfit.lines", most + "");
        }
        lines.add(new Line(number, stripped(record)));
      }
      return new Reading.Read(new ForeignList(headings, lines));
    } catch (UncheckedIOException | IOException badQuotes) {
      return unfit("mapping.unfit.quotes", number + 1 + "");
    }
  }

  private static List<String> stripped(CSVRecord record) {
    return record.stream().map(String::strip).toList();
  }

  /** Where the text goes on behind so many lines; -1 if it has no more. */
  private static int behind(String text, int lines) {
    var at = 0;
    for (var i = 0; i < lines; i++) {
      var end = text.indexOf('\n', at);
      if (end < 0) {
        return -1;
      }
      at = end + 1;
    }
    return at;
  }

  private static Reading unfit(String key, String... values) {
    return new Reading.Unfit(Text.of(key, values));
  }

  private static Optional<String> decoded(byte[] file, Layout.Encoding encoding) {
    return switch (encoding) {
      case UTF_8 -> decoded(file, StandardCharsets.UTF_8);
      case CP932 -> decoded(file, CP932);
      case FOUND_OUT -> decoded(file, StandardCharsets.UTF_8).or(() -> decoded(file, CP932));
    };
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
