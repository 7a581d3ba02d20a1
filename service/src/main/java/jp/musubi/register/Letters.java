package jp.musubi.register;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** 文字コード. How a spreadsheet gets its letters, and what becomes of those it has none for. */
public enum Letters {
  /** With the mark that spreadsheets look for. */
  UTF_8(StandardCharsets.UTF_8),
  /** For what knows nothing else. */
  CP932(Charset.forName("windows-31j"));

  /** What stands for a letter that is not there, as in print. */
  private static final String GETA = "〓";

  /** The same sign by another number: CP932 has one of two. */
  private static final Map<Integer, String> TWINS =
      Map.of(
          0x301C, "～", 0x2212, "－", 0x2016, "∥", 0x2014, "―", 0x00A5, "￥", 0x00A2, "￠", 0x00A3, "￡",
          0x00AC, "￢");

  private final Charset charset;

  Letters(Charset charset) {
    this.charset = charset;
  }

  /** As Java names it. */
  public Charset charset() {
    return charset;
  }

  /**
   * Cells as they can be written.
   *
   * @param replaced what stands no more in them, as U+20BB7, in order; empty where all could be
   */
  public record Written(List<String> cells, String replaced) {

    /** Keeps its own copy. */
    public Written {
      cells = List.copyOf(cells);
    }
  }

  /** Cells with what cannot be written replaced, and told. */
  public Written write(List<String> cells) {
    if (this == UTF_8) {
      return new Written(cells, "");
    }
    var encoder = charset.newEncoder();
    var lost = new TreeSet<Integer>();
    var written = cells.stream().map(cell -> written(cell, encoder, lost)).toList();
    return new Written(
        written, lost.stream().map("U+%04X"::formatted).collect(Collectors.joining(" ")));
  }

  private static String written(
      String cell, java.nio.charset.CharsetEncoder encoder, java.util.Set<Integer> lost) {
    if (encoder.canEncode(cell)) {
      return cell;
    }
    var out = new StringBuilder();
    cell.codePoints()
        .forEach(letter -> {
          var twin = TWINS.get(letter);
          if (encoder.canEncode(Character.toString(letter))) {
            out.appendCodePoint(letter);
          } else if (twin != null) {
            out.append(twin);
          } else {
            lost.add(letter);
            // A selector chooses a form of the letter before it, which stays.
            out.append(selects(letter) ? "" : GETA);
          }
        });
    return out.toString();
  }

  private static boolean selects(int letter) {
    return (letter >= 0xFE00 && letter <= 0xFE0F) || (letter >= 0xE0100 && letter <= 0xE01EF);
  }
}
