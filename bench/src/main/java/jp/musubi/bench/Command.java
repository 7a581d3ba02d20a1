package jp.musubi.bench;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * 計測の指示 — What the command line asks for.
 *
 * @param benchmarks to run, in this order; none lists them
 * @param json where the rows go
 * @param out where the published pages, rows and pictures go
 * @param quick a glance instead of a measurement
 * @param engines who takes part; none means all
 */
record Command(
    List<Benchmark> benchmarks,
    Optional<Path> json,
    Optional<Path> out,
    boolean quick,
    Set<String> engines) {
  Command {
    benchmarks = List.copyOf(benchmarks);
    engines = Set.copyOf(engines);
  }

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException with a sentence for whoever called
   */
  static Command parse(List<String> arguments) {
    var benchmarks = new ArrayList<Benchmark>();
    Optional<Path> json = Optional.empty();
    Optional<Path> out = Optional.empty();
    var quick = false;
    Set<String> engines = Set.of();
    var rest = new ArrayDeque<>(arguments);
    while (!rest.isEmpty()) {
      var word = rest.pop();
      switch (word) {
        case "--quick" -> quick = true;
        case "--json" -> json = Optional.of(Path.of(value(word, rest)));
        case "--out" -> out = Optional.of(Path.of(value(word, rest)));
        case "--engines" -> engines = Set.of(value(word, rest).split(",", -1));
        default -> benchmarks.add(benchmark(word));
      }
    }
    return new Command(benchmarks, json, out, quick, engines);
  }

  private static String value(String option, ArrayDeque<String> rest) {
    if (rest.isEmpty()) {
      throw new IllegalArgumentException(option + " needs a value.");
    }
    return rest.pop();
  }

  private static Benchmark benchmark(String word) {
    for (var benchmark : Benchmark.values()) {
      if (benchmark.word().equals(word.toLowerCase(Locale.ROOT))) {
        return benchmark;
      }
    }
    throw new IllegalArgumentException(
        "There is no benchmark '" + word + "'; ./musubi bench lists them.");
  }
}
