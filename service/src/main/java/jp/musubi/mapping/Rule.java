package jp.musubi.mapping;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * 対応. From what one thing of ours is made.
 *
 * @param columns theirs, joined in this order; none for a fixed value
 * @param spaced whether a space stands between two that are joined
 * @param fixed what stands in every line where no column is named
 * @param codes theirs to ours, of {@link Conversion#CODES}
 */
public record Rule(
    List<Column> columns,
    boolean spaced,
    String fixed,
    Conversion conversion,
    Map<String, String> codes) {
  /** Keeps its own copies. */
  public Rule {
    columns = List.copyOf(columns);
    codes = Map.copyOf(codes);
  }

  /** Of one column. */
  static Rule of(Column column, Conversion conversion) {
    return new Rule(List.of(column), false, "", conversion, Map.of());
  }

  /** Of a fixed value. */
  static Rule fixed(String value) {
    return new Rule(List.of(), false, value, Conversion.TEXT, Map.of());
  }

  /** Whether it says nothing. */
  boolean isEmpty() {
    return columns.isEmpty() && fixed.isEmpty();
  }

  /** The table as somebody would type it, in the order of the codes. */
  String codesAsTyped() {
    var text = new StringBuilder();
    new TreeMap<>(codes)
        .forEach((theirs, ours) -> text.append(theirs).append('=').append(ours).append('\n'));
    return text.toString();
  }
}
