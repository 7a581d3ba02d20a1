package jp.musubi.journeys.drill;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jp.musubi.journeys.reliability.Measurement;

/**
 * {@code ./musubi drill NAME [--out DIR]}: the drills of the platform. Exit 0 when every figure is
 * what it should be, 1 when one is not, 2 when the drill cannot be held here.
 */
public final class DrillMain {
  /** Two or three minutes are usual; a machine that others use, too, takes longer. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private static final Map<String, Drill> DRILLS = new LinkedHashMap<>();

  static {
    DRILLS.put("rolling", new Rolling());
    DRILLS.put("failover", new Failover());
    DRILLS.put("node", new NodeDeath());
    DRILLS.put("disk", new FullDisk());
    DRILLS.put("fsync", new BrokenFsync());
    DRILLS.put("zombie", new Zombie());
    DRILLS.put("clock", new WrongClock());
    DRILLS.put("key", new KeyGone());
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
    var missing = missing("haproxy", "unshare", "strace", "mount");
    if (!missing.isEmpty()) {
      refuse("This drill needs %s: install it first.".formatted(String.join(", ", missing)));
    }
    Runtime.getRuntime().addShutdownHook(new Thread(DrillMain::endEverything));
    limit();
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

  static Set<String> names() {
    return new TreeSet<>(DRILLS.keySet());
  }

  /** A drill that hangs ends, too. */
  private static void limit() {
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            // The longest that a drill may take; nobody waits for this thread.
            Thread.sleep(LONGEST);
          } catch (InterruptedException e) {
            return;
          }
          System.err.println("The drill took longer than " + LONGEST + " and was broken off.");
          System.exit(1);
        });
  }

  /** Nothing outlives the drill, however it ends: processes first, then what was mounted. */
  private static void endEverything() {
    var all = ProcessHandle.current().descendants().toList();
    all.forEach(ProcessHandle::destroy);
    for (var each : all) {
      try {
        each.onExit().get(8, TimeUnit.SECONDS);
      } catch (TimeoutException | ExecutionException e) {
        each.destroyForcibly();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    SmallDisk.unmountAll();
  }

  private static List<String> missing(String... tools) {
    return Arrays.stream(tools)
        .filter(tool ->
            Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .noneMatch(folder -> Files.isExecutable(Path.of(folder, tool))))
        .toList();
  }

  private static void refuse(String message) {
    // A command's complaint goes where its user looks, and not among its figures.
    System.err.println(message);
    System.exit(2);
  }
}
