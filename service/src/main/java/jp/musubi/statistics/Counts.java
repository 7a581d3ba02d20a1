package jp.musubi.statistics;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;

/** 件数. How often each {@link Measure} happened; none of it for what is not named. */
record Counts(Map<Measure, Integer> each) {

  /** Nothing happened. */
  static final Counts NONE = new Counts(Map.of());

  /** Keeps its own copy. */
  Counts {
    var copy = new EnumMap<Measure, Integer>(Measure.class);
    copy.putAll(each);
    each = Collections.unmodifiableMap(copy);
  }

  int of(Measure measure) {
    return each.getOrDefault(measure, 0);
  }

  /** 締結, by whichever way. */
  int concluded() {
    return of(Measure.ELECTRONIC) + of(Measure.PAPER);
  }

  /**
   * 電子契約率, in thousandths, half up: electronic of all that was concluded; empty while nothing was.
   */
  OptionalInt electronicRatio() {
    var all = concluded();
    return all == 0
        ? OptionalInt.empty()
        : OptionalInt.of((int) ((2000L * of(Measure.ELECTRONIC) + all) / (2L * all)));
  }
}
