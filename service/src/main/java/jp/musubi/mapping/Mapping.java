package jp.musubi.mapping;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.platform.web.Text;

/**
 * 対応付け. How one list of another system of the body is read.
 *
 * @param rules of what each thing of ours is made; what is not there stays empty
 * @param version for the form that changes it
 */
public record Mapping(
    UUID id, String name, Target target, Layout layout, Map<Wanted, Rule> rules, int version) {
  /** Most of a body, in use. */
  static final int MOST = 50;

  /** Keeps its own copy. */
  public Mapping {
    rules = Map.copyOf(rules);
  }

  /** What is missing before a list can be read by it; empty when nothing is. */
  static Optional<Text> missing(Target target, Map<Wanted, Rule> rules) {
    List<String> without =
        target.wanted().stream()
            .filter(Wanted::required)
            .filter(each -> !rules.containsKey(each))
            .map(Wanted::heading)
            .toList();
    if (!without.isEmpty()) {
      return Optional.of(Text.of("mapping.wrong.required", String.join("、", without)));
    }
    return target == Target.AWARD && Wanted.knowTheWinner().stream().noneMatch(rules::containsKey)
        ? Optional.of(Text.of("mapping.wrong.winner"))
        : Optional.empty();
  }
}
