package jp.musubi.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * 計測の入口 — {@code ./musubi bench [NAME…] [--json FILE] [--out DIR] [--engines A,B] [--quick]}.
 * Tables go to standard output, progress to standard error.
 */
public final class BenchMain {
  private static final int CALLED_WRONGLY = 2;

  private BenchMain() {}

  /** Runs the benchmarks that the arguments name. */
  public static void main(String[] args) throws IOException {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    var progress = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    var root = Path.of(System.getProperty("musubi.root", ".")).toAbsolutePath().normalize();
    System.exit(run(List.of(args), root, out, progress));
  }

  /** Runs; the result is the exit code. */
  static int run(List<String> arguments, Path root, PrintStream out, PrintStream progress)
      throws IOException {
    Command command;
    try {
      command = Command.parse(arguments);
    } catch (IllegalArgumentException e) {
      progress.println(e.getMessage());
      return CALLED_WRONGLY;
    }
    if (command.benchmarks().isEmpty()) {
      for (var benchmark : Benchmark.values()) {
        out.printf("%-9s %s%n", benchmark.word(), benchmark.about());
      }
      return 0;
    }
    var all = new ArrayList<Row>();
    try (var course =
        new Course(new Contestants(root), command.quick(), command.engines(), progress)) {
      for (var benchmark : command.benchmarks()) {
        var rows = benchmark.run(course);
        Table.lines(benchmark.headings(), rows).forEach(out::println);
        all.addAll(rows);
        if (command.out().isPresent() && !rows.isEmpty()) {
          var machine =
              Machine.here(course.contestants().pinned(), command.quick(), Clock.systemUTC());
          new Publication(command.out().get()).publish(benchmark, rows, machine);
        }
      }
    }
    if (command.json().isPresent()) {
      Files.writeString(command.json().get(), Publication.json(all));
    }
    return all.isEmpty() ? 1 : 0;
  }
}
