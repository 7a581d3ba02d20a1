package jp.musubi.mandate;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import jp.musubi.contract.ContractKind;
import jp.musubi.counterparty.OrganisationNames;
import jp.musubi.organisation.HolderNames;

/**
 * 委任の範囲の判断. Whether somebody may conclude a contract by a 委任; pure. Every link of the chain has to
 * reach that far: an agent can give no more than they have, and what they gave ends with theirs.
 */
final class Coverage {
  private Coverage() {}

  /** What is missing; in the order in which it is told. */
  enum Gap {
    /** The counterparty is not in use any more, or the contract is with another. */
    OTHER_HOLDER,
    /** Somebody else than the 受任者 is to agree. */
    OTHER_PERSON,
    /** 解任・撤回. */
    ENDED,
    /** The 委任 that it goes back to was ended. */
    PARENT_ENDED,
    /** The contract's day is before it begins. */
    NOT_YET,
    /** The contract's day is after its last. */
    OVER,
    /** It does not say 契約の締結. */
    NOT_TO_CONCLUDE,
    /** Whoever appointed the 復代理人 may not, or not any more. */
    NOT_TO_SUBSTITUTE,
    /** It is not for contracts of this kind. */
    KIND,
    /** The sum is more than it goes to. */
    AMOUNT,
    /** It has a limit, and the contract has no sum that could be compared with it (単価契約). */
    AMOUNT_UNKNOWN,
    /** It is for one other contract. */
    OTHER_CONTRACT
  }

  /**
   * A contract that somebody is to conclude by it.
   *
   * @param day the contract's own; today where none is written
   */
  record Asked(
      String organisation,
      String name,
      String mail,
      ContractKind kind,
      OptionalLong amount,
      String title,
      LocalDate day) {}

  /**
   * What is missing for it; nothing when it is covered.
   *
   * @param today what was ended is of no use from then on, whatever day a contract bears
   */
  static List<Gap> gaps(Mandate.Chain chain, Asked asked, LocalDate today) {
    var gaps = EnumSet.noneOf(Gap.class);
    var own = chain.own();
    if (!own.holder().live()
        || !OrganisationNames.alike(own.holder().name(), asked.organisation())) {
      gaps.add(Gap.OTHER_HOLDER);
    }
    var agent = own.said().agent();
    if (!HolderNames.samePerson(agent.name(), asked.name())
        || !agent.mail().equalsIgnoreCase(asked.mail())) {
      gaps.add(Gap.OTHER_PERSON);
    }
    for (var link : chain.links()) {
      gaps.addAll(gaps(link, asked, today, link.id().equals(own.id())));
    }
    if (chain.parent().filter(parent -> !mayAppoint(parent)).isPresent()) {
      gaps.add(Gap.NOT_TO_SUBSTITUTE);
    }
    return List.copyOf(gaps);
  }

  private static Set<Gap> gaps(Mandate link, Asked asked, LocalDate today, boolean own) {
    var gaps = EnumSet.noneOf(Gap.class);
    var scope = link.said().scope();
    if (link.end().filter(end -> isPast(end, asked.day(), today)).isPresent()) {
      gaps.add(own ? Gap.ENDED : Gap.PARENT_ENDED);
    }
    if (asked.day().isBefore(scope.from())) {
      gaps.add(Gap.NOT_YET);
    }
    if (asked.day().isAfter(scope.until())) {
      gaps.add(Gap.OVER);
    }
    if (!scope.powers().contains(Power.CONCLUDE)) {
      gaps.add(Gap.NOT_TO_CONCLUDE);
    }
    if (!scope.kinds().isEmpty() && !scope.kinds().contains(asked.kind())) {
      gaps.add(Gap.KIND);
    }
    if (scope.most().isPresent()) {
      if (asked.amount().isEmpty()) {
        gaps.add(Gap.AMOUNT_UNKNOWN);
      } else if (asked.amount().getAsLong() > scope.most().getAsLong()) {
        gaps.add(Gap.AMOUNT);
      }
    }
    if (!scope.single().isEmpty() && !sameTitle(scope.single(), asked.title())) {
      gaps.add(Gap.OTHER_CONTRACT);
    }
    return gaps;
  }

  private static boolean isPast(Mandate.End end, LocalDate day, LocalDate today) {
    return !end.on().isAfter(day) || !end.on().isAfter(today);
  }

  /** Whether whoever holds it may appoint a 復代理人. */
  static boolean mayAppoint(Mandate mandate) {
    return !mandate.isSubstitute() && mandate.said().scope().powers().contains(Power.SUBSTITUTE);
  }

  /** Whether two titles mean the same contract: spaces and widths aside. */
  static boolean sameTitle(String one, String other) {
    return HolderNames.samePerson(one, other);
  }
}
