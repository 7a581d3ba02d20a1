package jp.musubi.contract.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.contract.Phase;
import jp.musubi.platform.web.Step;

/** 契約の進みぐあい: 作成・相手方・契約名義の署名・締結, in the order in which it is signed. */
final class LifeSteps {
  private static final List<Phase> LIFE =
      List.of(Phase.DRAFT, Phase.COUNTERPARTY, Phase.OFFICE, Phase.CONCLUDING);
  private static final List<Phase> OFFICE_FIRST =
      List.of(Phase.DRAFT, Phase.OFFICE, Phase.COUNTERPARTY, Phase.CONCLUDING);

  /** 一者署名: nobody outside is asked. */
  private static final List<Phase> ALONE = List.of(Phase.DRAFT, Phase.OFFICE, Phase.CONCLUDING);

  private LifeSteps() {}

  /** The stages, which are over and since when, and where it stopped. */
  static List<Step> of(Particulars contract, Phase phase, List<Agreement> agreements) {
    if (contract.wasConcludedElsewhere()) {
      // Nobody was asked here: it was concluded, and that is all there is to show.
      return List.of(
          new Step(
              "contract.life.concluded",
              Step.Place.DONE,
              contract.concludedAt().map(Words::monthDayTime).orElse(null)));
    }
    var order = order(contract);
    var reached = reached(contract, phase, agreements, order);
    var stopped =
        switch (phase) {
          case DECLINED, RETURNED, WITHDRAWN, EXPIRED, ON_PAPER -> true;
          case DRAFT, SCHEDULED, COUNTERPARTY, OFFICE, CONCLUDING, CONCLUDED, ELSEWHERE, DISPOSED ->
              false;
        };
    var steps = new ArrayList<Step>();
    for (var i = 0; i < order.size(); i++) {
      var place =
          i < reached
              ? Step.Place.DONE
              : i > reached ? Step.Place.TODO : stopped ? Step.Place.STOPPED : Step.Place.NOW;
      steps.add(
          new Step(
              label(order.get(i)),
              place,
              done(contract, order.get(i), agreements).map(Words::monthDayTime).orElse(null)));
    }
    return steps;
  }

  private static List<Phase> order(Particulars contract) {
    if (contract.isSignedByBodyAlone()) {
      return ALONE;
    }
    return officeFirst(contract) ? OFFICE_FIRST : LIFE;
  }

  private static boolean officeFirst(Particulars contract) {
    return contract.parties().stream()
        .skip(1)
        .findFirst()
        .filter(party -> party.kind() == Party.Kind.OFFICE)
        .isPresent();
  }

  private static int reached(
      Particulars contract, Phase phase, List<Agreement> agreements, List<Phase> order) {
    return switch (phase) {
      case DRAFT, SCHEDULED -> 0;
      case COUNTERPARTY, OFFICE, CONCLUDING -> order.indexOf(phase);
      case CONCLUDED, ELSEWHERE, DISPOSED -> order.size();
      case DECLINED, RETURNED, WITHDRAWN, EXPIRED, ON_PAPER ->
          (int)
              order.stream()
                  .takeWhile(stage -> done(contract, stage, agreements).isPresent())
                  .count();
    };
  }

  private static String label(Phase stage) {
    return switch (stage) {
      case COUNTERPARTY -> "contract.life.counterparty";
      case OFFICE -> "contract.life.office";
      case CONCLUDING -> "contract.life.concluded";
      default -> "contract.life.made";
    };
  }

  /** When a stage was over: when the last of its parties had agreed. */
  private static Optional<Instant> done(
      Particulars contract, Phase stage, List<Agreement> agreements) {
    return switch (stage) {
      case COUNTERPARTY -> allAgreed(contract, Party.Kind.COUNTERPARTY, agreements);
      case OFFICE -> allAgreed(contract, Party.Kind.OFFICE, agreements);
      case CONCLUDING -> contract.concludedAt();
      default -> allAgreed(contract, Party.Kind.SENDER, agreements);
    };
  }

  private static Optional<Instant> allAgreed(
      Particulars contract, Party.Kind kind, List<Agreement> agreements) {
    var parties = contract.parties(kind).stream().map(Party::id).toList();
    var given = agreements.stream().filter(a -> parties.contains(a.party())).toList();
    return parties.isEmpty() || given.size() < parties.size()
        ? Optional.empty()
        : Optional.of(given.getLast().agreedAt());
  }
}
