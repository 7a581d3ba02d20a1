package jp.musubi.seal.inspection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Collects findings; the same thing is told at most a few times, so that a file cannot flood. */
final class Findings {
  private static final int REPEATS = 20;

  private final List<Finding> found = new ArrayList<>();
  private final Map<String, Integer> times = new HashMap<>();

  void reject(String rule, String what, String detail) {
    add(Finding.ofFile(rule, Action.REJECT, what, detail));
  }

  void fixed(String rule, String what, String detail) {
    add(Finding.ofFile(rule, Action.FIXED, what, detail));
  }

  void warn(String rule, String what, String detail) {
    add(Finding.ofFile(rule, Action.WARN, what, detail));
  }

  void at(String rule, Action action, String what, Place place, String detail) {
    add(new Finding(rule, action, what, place.page(), place.object(), detail));
  }

  void add(Finding finding) {
    var count = times.merge(finding.rule() + finding.action() + finding.what(), 1, Integer::sum);
    if (count <= REPEATS && !found.contains(finding)) {
      found.add(finding);
    }
  }

  boolean rejected() {
    return found.stream().anyMatch(f -> f.action() == Action.REJECT);
  }

  List<Finding> inOrder() {
    return found.stream().sorted(Comparator.comparing(Finding::rule)).toList();
  }

  /** Where in the document something stands. */
  record Place(OptionalInt page, Optional<String> object) {
    static final Place DOCUMENT = new Place(OptionalInt.empty(), Optional.empty());
  }
}
