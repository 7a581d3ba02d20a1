package jp.musubi.platform.web;

import java.util.List;

/**
 * 文言 — words a person reads: a key of the message bundles and what stands in its gaps.
 *
 * @param key the message's key
 * @param values what stands in {0}, {1}, …, already formatted for people
 */
public record Text(String key, List<String> values) {

  /** Keeps its own copy of the values. */
  public Text {
    values = List.copyOf(values);
  }

  /** The words of {@code key}, its gaps filled in order. */
  public static Text of(String key, String... values) {
    return new Text(key, List.of(values));
  }

  /** The values as the template engine wants them. */
  public Object[] arguments() {
    return values.toArray();
  }
}
