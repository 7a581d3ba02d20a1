package jp.musubi.evidence;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Goes along a chain from its first entry to its end, and says where it does not hold. Pure. */
final class ChainWalk {
  private final Map<Long, Anchor> anchors;
  private Head end = new Head(0, ChainedEntry.START);

  ChainWalk(List<Anchor> anchors) {
    this.anchors = anchors.stream().collect(Collectors.toMap(Anchor::seq, Function.identity()));
  }

  /** Where a chain ends. */
  record Head(long seq, String hash) {}

  /** Takes the next entry: what is wrong with it, if anything. */
  Optional<ChainBreak> next(ChainRow row) {
    var wrong = check(row).map(kind -> new ChainBreak(row.columns().seq(), kind));
    end = new Head(row.columns().seq(), row.hash());
    return wrong;
  }

  private Optional<ChainBreak.Kind> check(ChainRow row) {
    if (row.columns().seq() != end.seq() + 1) {
      return Optional.of(ChainBreak.Kind.GAP);
    }
    if (!row.prevHash().equals(end.hash())) {
      return Optional.of(ChainBreak.Kind.LINK);
    }
    if (!ChainedEntry.hash(row.entry(), row.prevHash()).equals(row.hash())) {
      return Optional.of(ChainBreak.Kind.HASH);
    }
    if (!row.columns().canonical().equals(row.entry())) {
      return Optional.of(ChainBreak.Kind.COLUMNS);
    }
    var anchor = anchors.get(row.columns().seq());
    return anchor == null || anchor.hash().equals(row.hash())
        ? Optional.empty()
        : Optional.of(ChainBreak.Kind.ANCHOR);
  }

  /** After the last entry: whether the chain ends where it is recorded and anchored to. */
  Optional<ChainBreak> end(Head recorded) {
    if (!end.equals(recorded)) {
      return Optional.of(new ChainBreak(end.seq() + 1, ChainBreak.Kind.END));
    }
    return anchors.keySet().stream().anyMatch(seq -> seq > end.seq())
        ? Optional.of(new ChainBreak(end.seq() + 1, ChainBreak.Kind.ANCHOR))
        : Optional.empty();
  }
}
