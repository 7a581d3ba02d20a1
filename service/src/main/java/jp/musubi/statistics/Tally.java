package jp.musubi.statistics;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** 集計. Grows while courses are gone through; two of them add up to one. */
final class Tally {
  private final Map<Measure, Integer> counts = new EnumMap<>(Measure.class);
  private final Map<Stage, List<Integer>> days = new EnumMap<>(Stage.class);

  void count(Measure measure) {
    counts.merge(measure, 1, Integer::sum);
  }

  /** How long a concluded contract took. */
  void measure(Course course) {
    for (var stage : Stage.values()) {
      stage
          .days(course)
          .ifPresent(took -> days.computeIfAbsent(stage, _ -> new ArrayList<>()).add(took));
    }
  }

  void add(Tally other) {
    other.counts.forEach((measure, times) -> counts.merge(measure, times, Integer::sum));
    other.days.forEach(
        (stage, took) -> days.computeIfAbsent(stage, _ -> new ArrayList<>()).addAll(took));
  }

  Counts counts() {
    return new Counts(counts);
  }

  /** How long a stage took, of what was concluded electronically. */
  Optional<Spread> spread(Stage stage) {
    return Spread.of(days.getOrDefault(stage, List.of()));
  }
}
