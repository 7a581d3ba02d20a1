package jp.musubi.register;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import jp.musubi.platform.JapaneseDates;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code register.json}, a size after another, and {@code register.svg}, which is drawn from it.
 */
final class RegisterFigures {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final String GOAL = "two letters, one year, one section";
  private static final int WIDTH = 720;
  private static final int HEIGHT = 380;
  private static final int LEFT = 72;
  private static final int RIGHT = 220;
  private static final int TOP = 50;
  private static final int BOTTOM = 50;

  private final Path folder;
  private final List<Map<String, Object>> rows = new ArrayList<>();

  RegisterFigures(Path folder) throws IOException {
    this.folder = folder;
    var file = folder.resolve("register.json");
    if (Files.exists(file)) {
      rows.addAll(
          JSON.readValue(
              Files.readString(file), new TypeReference<List<Map<String, Object>>>() {}));
    }
  }

  boolean has(int contracts) {
    return sizes().contains(contracts);
  }

  SortedSet<Integer> sizes() {
    var sizes = new TreeSet<Integer>();
    rows.forEach(
        row -> sizes.add(((Number) Objects.requireNonNull(row.get("contracts"))).intValue()));
    return sizes;
  }

  /** Writes both files with these rows besides. */
  void add(List<Map<String, Object>> more) throws IOException {
    var note = System.getProperty("musubi.register.note", "");
    for (var row : more) {
      var noted = new LinkedHashMap<>(row);
      noted.put("on", LocalDate.now(JapaneseDates.ZONE).toString());
      noted.put("cores", Runtime.getRuntime().availableProcessors());
      if (!note.isEmpty()) {
        noted.put("note", note);
      }
      rows.add(noted);
    }
    rows.sort(Comparator.comparingInt(RegisterFigures::contracts));
    Files.writeString(folder.resolve("register.json"), JSON.writeValueAsString(rows) + "\n");
    Files.writeString(folder.resolve("register.svg"), svg());
    var page = folder.resolve("register.md");
    if (Files.exists(page)) {
      var parts =
          Files.readString(page).split("(?<=<!-- measured -->\n)|(?=<!-- /measured -->)", -1);
      Files.writeString(page, parts[0] + tables() + parts[parts.length - 1]);
    }
  }

  /** Times and once-only figures, a column a size. */
  private String tables() {
    var text = new StringBuilder();
    for (var timed : List.of(true, false)) {
      var cells = new LinkedHashMap<String, Map<Integer, String>>();
      for (var row : rows) {
        if (row.containsKey("p95Ms") == timed) {
          cells
              .computeIfAbsent(
                  timed
                      ? "%s | %s | %s".formatted(row.get("asked"), row.get("what"), row.get("way"))
                      : String.valueOf(row.get("asked")),
                  _ -> new LinkedHashMap<>())
              .put(contracts(row), cell(row));
        }
      }
      text.append(timed ? "\nIn ms, median / p95:\n\n| asked | what | way |" : "\n| |");
      sizes().forEach(size -> text.append(" %,d |".formatted(size)));
      text.append(timed ? "\n| --- | --- | --- |" : "\n| --- |")
          .append(" --- |".repeat(sizes().size()));
      cells.forEach((name, bySize) -> {
        text.append("\n| ").append(name).append(" |");
        sizes().forEach(size -> text.append(" %s |".formatted(bySize.getOrDefault(size, ""))));
      });
      text.append('\n');
    }
    var notes = new TreeSet<String>();
    rows.forEach(row ->
        notes.add(
            "%,d contracts on %s, %s cores: %s"
                .formatted(
                    contracts(row),
                    row.get("on"),
                    row.get("cores"),
                    row.getOrDefault("note", ""))));
    return text + "\n- " + String.join("\n- ", notes) + "\n";
  }

  private static String cell(Map<String, Object> row) {
    if (row.containsKey("p95Ms")) {
      return number(((Number) Objects.requireNonNull(row.get("p50Ms"))).doubleValue())
          + " / "
          + number(((Number) Objects.requireNonNull(row.get("p95Ms"))).doubleValue());
    }
    if (row.get("bytes") instanceof Number bytes) {
      return number(bytes.doubleValue() / 1e6) + " MB";
    }
    return "%s s, %s a second"
        .formatted(
            row.get("seconds"),
            number(((Number) Objects.requireNonNull(row.get("rowsPerSecond"))).doubleValue()));
  }

  private static int contracts(Map<String, Object> row) {
    return ((Number) Objects.requireNonNull(row.get("contracts"))).intValue();
  }

  private @Nullable Double p95(int contracts, String way) {
    return rows.stream()
        .filter(row -> Objects.equals(row.get("contracts"), contracts))
        .filter(row -> way.equals(row.get("way")) && GOAL.equals(row.get("asked")))
        .filter(row -> "first page".equals(row.get("what")))
        .map(row -> ((Number) Objects.requireNonNull(row.get("p95Ms"))).doubleValue())
        .findFirst()
        .orElse(null);
  }

  /** Both scales logarithmic; each curve is named at its end, ours is unbroken. */
  private String svg() {
    var ways = List.of("musubi", "compared", "like", "trigram", "trigram, past row security");
    var colours = List.of("#0072b2", "#999999", "#e69f00", "#cc79a7", "#009e73");
    var lines = new StringBuilder();
    var words = new StringBuilder();
    for (var power = 0; power <= 4; power++) {
      var y = y(Math.pow(10, power));
      lines.append(
          "  <line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" class=\"grid\"/>\n"
              .formatted(LEFT, y, WIDTH - RIGHT, y));
      lines.append(text(LEFT - 6, y + 4, "end", "%,.0f ms".formatted(Math.pow(10, power))));
    }
    for (var power = 4; power <= 7; power++) {
      lines.append(
          text(
              x(Math.pow(10, power)),
              HEIGHT - 28,
              "middle",
              "%,.0f".formatted(Math.pow(10, power))));
    }
    var ends = new ArrayList<Double>();
    for (var n = 0; n < ways.size(); n++) {
      var points = new StringBuilder();
      var last = 0.0;
      var end = 0.0;
      words.append(ways.get(n)).append(": ");
      for (var size : sizes()) {
        var p95 = p95(size, ways.get(n));
        if (p95 != null) {
          points.append("%.1f,%.1f ".formatted(x(size), y(p95)));
          words.append("%s ms at %,d, ".formatted(number(p95), size));
          last = p95;
          end = x(size);
        }
      }
      if (points.isEmpty()) {
        continue;
      }
      lines.append(
          "  <polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2.5\"%s/>\n"
              .formatted(
                  points.toString().strip(),
                  colours.get(n),
                  n == 0 ? "" : " stroke-dasharray=\"7 4\""));
      var at = y(last) + 4;
      while (clashes(ends, at)) {
        at += 4;
      }
      ends.add(at);
      lines.append(text(Math.max(end, 0) + 8, at, "start", ways.get(n) + " " + number(last)));
    }
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img" aria-labelledby="title desc">
      <title id="title">%3$s</title>
      <desc id="desc">%4$s</desc>
      <style>
        text { font: 12px system-ui, sans-serif; fill: #24292f; }
        .grid { stroke: #8c959f; stroke-width: .5; stroke-dasharray: 2 3; }
        @media (prefers-color-scheme: dark) { text { fill: #e6edf3; } }
      </style>
      <text x="0" y="18">%3$s</text>
    %5$s</svg>
    """
        .formatted(
            WIDTH,
            HEIGHT,
            "First page of a search (" + GOAL + "): p95 by contracts of a body",
            words.toString().strip(),
            lines);
  }

  private static boolean clashes(List<Double> ends, double at) {
    return ends.stream().anyMatch(end -> Math.abs(end - at) < 14);
  }

  private static String text(double x, double y, String anchor, String words) {
    return "  <text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n"
        .formatted(x, y, anchor, words);
  }

  private static double x(double contracts) {
    return LEFT + (Math.log10(contracts) - 4) / 3 * (WIDTH - LEFT - RIGHT);
  }

  private static double y(double millis) {
    return HEIGHT - BOTTOM - Math.log10(Math.max(millis, 1)) / 4 * (HEIGHT - TOP - BOTTOM);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%,.0f", value);
  }
}
