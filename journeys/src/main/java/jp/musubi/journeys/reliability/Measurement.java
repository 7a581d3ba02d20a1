package jp.musubi.journeys.reliability;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * 測定. One table of figures, as the command wrote it that measured them.
 *
 * @param name the name of its file, without the ending
 * @param command by which it is measured again
 */
record Measurement(
    String name, String title, Instant measuredAt, String machine, String command, List<Row> rows) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<String> KEYS =
      Set.of("name", "title", "measuredAt", "machine", "command", "rows");

  /** A figure beside what it should be. */
  record Row(String what, String value, String goal, boolean met) {}

  /** A file that is no measurement. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message);
    }
  }

  /**
   * Reads a file's text.
   *
   * @throws Unreadable if a key is missing or unknown: a figure nobody understands is none
   */
  static Measurement parse(String json) throws Unreadable {
    try {
      var table = JSON.readTree(json);
      var keys = table.propertyNames().stream().collect(Collectors.toUnmodifiableSet());
      if (!keys.equals(KEYS)) {
        throw new Unreadable("keys %s (expected: %s)".formatted(keys, KEYS));
      }
      var rows = table.get("rows").valueStream().map(Measurement::row).toList();
      if (rows.isEmpty()) {
        throw new Unreadable("no rows");
      }
      return new Measurement(
          text(table, "name"),
          text(table, "title"),
          Instant.parse(text(table, "measuredAt")),
          text(table, "machine"),
          text(table, "command"),
          rows);
    } catch (JacksonException | java.time.DateTimeException | IllegalArgumentException e) {
      throw new Unreadable(String.valueOf(e.getMessage()));
    }
  }

  boolean isMet() {
    return rows.stream().allMatch(Row::met);
  }

  private static Row row(JsonNode row) {
    return new Row(
        text(row, "what"), text(row, "value"), text(row, "goal"), row.required("met").asBoolean());
  }

  private static String text(JsonNode node, String key) {
    return node.required(key).asString();
  }
}
