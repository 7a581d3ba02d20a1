package jp.musubi.journeys.drill;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.musubi.journeys.reliability.Measurement;

/**
 * {@code ./musubi drill NAME [--out DIR]}: the drills of the platform. Exit 0 when every figure is
 * what it should be, 1 when one is not, 2 when the drill cannot be held here.
 */
public final class DrillMain {
  private static final Map<String, Drill> DRILLS = new LinkedHashMap<>();

  static {
    DRILLS.put("rolling", new Rolling());
    DRILLS.put("failover", new Failover());
  }

  private DrillMain() {}

  /** Runs the one that the first argument names. */
  public static void main(String[] args) throws Exception {
    var drill = args.length == 0 ? null : DRILLS.get(args[0]);
    if (drill == null) {
      refuse("There are the drills %s.".formatted(DRILLS.keySet()));
      return;
    }
    var root = Path.of(System.getProperty("musubi.root", "."));
    var out = root.resolve("docs/reliability");
    for (var i = 1; i < args.length; i += 2) {
      if (!args[i].equals("--out") || i + 1 == args.length) {
        refuse("This drill knows --out DIR only.");
      }
      out = Path.of(args[i + 1]);
    }
    var missing = missing("haproxy", "unshare");
    if (!missing.isEmpty()) {
      refuse("This drill needs %s: install it first.".formatted(String.join(", ", missing)));
    }
    var rows = drill.run(root);
    var measurement =
        Measurement.now("drill-" + args[0], drill.title(), "./musubi drill " + args[0], rows);
    measurement.write(out);
    // What the command tells whoever ran it; the file tells the rest.
    rows.forEach(row ->
        System.out.printf(
            "%s  %s: %s（目標 %s）%n", row.met() ? "達成" : "未達", row.what(), row.value(), row.goal()));
    System.exit(rows.stream().allMatch(Measurement.Row::met) ? 0 : 1);
  }

  private static List<String> missing(String... tools) {
    return Arrays.stream(tools)
        .filter(tool ->
            Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .noneMatch(folder -> Files.isExecutable(Path.of(folder, tool))))
        .toList();
  }

  private static void refuse(String message) {
    System.err.println(message);
    System.exit(2);
  }
}
