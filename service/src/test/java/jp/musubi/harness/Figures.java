package jp.musubi.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was measured, as a table of docs/reliability; written where {@code musubi.reliability.out}
 * says, and nowhere without it.
 */
public final class Figures {
  private final String name;
  private final String title;
  private final String command;
  private final List<Row> rows = new ArrayList<>();

  /** One line: what, how much, how much it should be, whether it is. */
  public record Row(String what, String value, String goal, boolean met) {}

  /** A table without lines. */
  public Figures(String name, String title, String command) {
    this.name = name;
    this.title = title;
    this.command = command;
  }

  /** One more line. */
  public void add(String what, String value, String goal, boolean met) {
    rows.add(new Row(what, value, goal, met));
  }

  /** Writes it, if somebody wants it. */
  public void write() {
    var folder = System.getProperty("musubi.reliability.out");
    if (folder == null) {
      return;
    }
    var table = new LinkedHashMap<String, Object>();
    table.put("name", name);
    table.put("title", title);
    // When it was measured, by no clock of the service.
    table.put("measuredAt", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    table.put("machine", machine());
    table.put("command", command);
    table.put("rows", rows);
    try {
      Files.writeString(
          Files.createDirectories(Path.of(folder)).resolve(name + ".json"),
          JsonMapper.builder()
                  .enable(SerializationFeature.INDENT_OUTPUT)
                  .build()
                  .writeValueAsString(table)
              + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String machine() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return "%d cores, %d GiB"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            Math.round((double) system.getTotalMemorySize() / (1L << 30)));
  }
}
