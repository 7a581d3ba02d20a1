package jp.musubi.mandate;

import java.util.EnumSet;
import java.util.List;

/** What a 復代理 would have beyond the 委任 that it goes back to; pure. */
enum Excess {
  /** A power that the agent does not have, or that of appointing somebody further. */
  POWERS,
  /** Kinds of contracts. */
  KINDS,
  /** A higher sum, or none where there is a limit. */
  AMOUNT,
  /** Other contracts than the one. */
  SINGLE,
  /** A day before the first. */
  FROM,
  /** A day after the last. */
  UNTIL;

  /** Of a scope beyond another; nothing when it keeps within. */
  static List<Excess> of(Mandate.Scope own, Mandate.Scope parent) {
    var found = EnumSet.noneOf(Excess.class);
    if (!parent.powers().containsAll(own.powers()) || own.powers().contains(Power.SUBSTITUTE)) {
      found.add(POWERS);
    }
    if (!parent.kinds().isEmpty()
        && (own.kinds().isEmpty() || !parent.kinds().containsAll(own.kinds()))) {
      found.add(KINDS);
    }
    if (parent.most().isPresent()
        && (own.most().isEmpty() || own.most().getAsLong() > parent.most().getAsLong())) {
      found.add(AMOUNT);
    }
    if (!parent.single().isEmpty() && !Coverage.sameTitle(parent.single(), own.single())) {
      found.add(SINGLE);
    }
    if (own.from().isBefore(parent.from())) {
      found.add(FROM);
    }
    if (own.until().isAfter(parent.until())) {
      found.add(UNTIL);
    }
    return List.copyOf(found);
  }
}
