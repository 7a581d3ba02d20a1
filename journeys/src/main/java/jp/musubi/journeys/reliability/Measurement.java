package jp.musubi.journeys.reliability;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
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
public record Measurement(
    String name, String title, Instant measuredAt, String machine, String command, List<Row> rows) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<String> KEYS =
      Set.of("name", "title", "measuredAt", "machine", "command", "rows");

  /** A figure beside what it should be. */
  public record Row(String what, String value, String goal, boolean met) {}

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

  /** A measurement of now, on this machine. */
  public static Measurement now(String name, String title, String command, List<Row> rows) {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Measurement(
        name,
        title,
        // When it was measured, by the clock of whoever reads it.
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        "%d cores, %d GiB"
            .formatted(
                Runtime.getRuntime().availableProcessors(),
                Math.round((double) system.getTotalMemorySize() / (1L << 30))),
        command,
        List.copyOf(rows));
  }

  /** Writes it into a folder, under its name. */
  public void write(Path folder) throws IOException {
    var table = new LinkedHashMap<String, Object>();
    table.put("name", name);
    table.put("title", title);
    table.put("measuredAt", measuredAt.toString());
    table.put("machine", machine);
    table.put("command", command);
    table.put("rows", rows);
    Files.writeString(
        Files.createDirectories(folder).resolve(name + ".json"),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(table) + "\n");
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
