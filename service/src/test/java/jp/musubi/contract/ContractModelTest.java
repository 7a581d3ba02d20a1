package jp.musubi.contract;

import static jp.musubi.contract.ContractTest.DEADLINE;
import static jp.musubi.contract.ContractTest.ID;
import static jp.musubi.contract.ContractTest.NOW;
import static jp.musubi.contract.ContractTest.PREPARED;
import static jp.musubi.contract.ContractTest.digest;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.seal.Sha256;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Random steps, lawful and not, of the aggregate and of the model beside it: they must say yes and
 * no to the same, call the same parties, and end in the same way.
 */
@DisplayName("契約と、その小さな写し")
class ContractModelTest {
  private static final int SEQUENCES = 100_000;
  private static final int STEPS = 60;
  private static final Instant RELEASE = NOW.plus(Duration.ofMinutes(60));
  private static final List<Sha256> FILES =
      java.util.stream.IntStream.rangeClosed(0, 32).mapToObj(i -> digest("file " + i)).toList();

  private static final List<Sha256> SIGNED =
      java.util.stream.IntStream.rangeClosed(0, 32).mapToObj(i -> digest("signed " + i)).toList();

  /** One life, told twice. */
  private static final class Life {
    private final Random random;
    private final List<Party> parties;
    private final ContractModel model;
    private Contract contract = new Contract.Draft(ID, FILES.getFirst());
    private Instant now = NOW;

    Life(long seed) {
      random = new Random(seed);
      parties = parties();
      var counterparties = new HashSet<Integer>();
      for (var i = 0; i < parties.size(); i++) {
        if (parties.get(i).kind() == Party.Kind.COUNTERPARTY) {
          counterparties.add(i);
        }
      }
      var ownSigners = new HashSet<Integer>();
      for (var i = 0; i < parties.size(); i++) {
        if (parties.get(i).ownSignature()) {
          ownSigners.add(i);
        }
      }
      model =
          new ContractModel(parties.stream().map(Party::turn).toList(), counterparties, ownSigners);
    }

    /** Two to eight parties in any order of turns; now and then one that may not be sent. */
    private List<Party> parties() {
      var sound = random.nextInt(20) > 0;
      var count = sound ? 2 + random.nextInt(7) : random.nextInt(33);
      var all = new ArrayList<Party>();
      for (var i = 0; i < count; i++) {
        var kind =
            i == 0
                ? Party.Kind.SENDER
                : random.nextInt(4) == 0 ? Party.Kind.OFFICE : Party.Kind.COUNTERPARTY;
        all.add(
            new Party(
                new PartyId(new UUID(1, i)),
                i,
                i == 0 ? 0 : 1 + random.nextInt(4),
                kind,
                kind == Party.Kind.COUNTERPARTY ? Party.Capacity.AUTHORITY : null,
                "",
                "見本",
                "",
                "例田",
                null,
                null));
      }
      all.sort(Comparator.comparingInt(Party::turn));
      // Who signs itself mostly has its turn to itself; else it may not be sent.
      return all.stream()
          .map(party -> {
            var alone = all.stream().filter(o -> o.turn() == party.turn()).count() == 1;
            var own =
                party.kind() == Party.Kind.COUNTERPARTY && random.nextInt(alone ? 2 : 60) == 0;
            return new Party(
                party.id(),
                party.ordinal(),
                party.turn(),
                party.kind(),
                party.capacity(),
                party.venture(),
                party.organisation(),
                party.title(),
                party.name(),
                party.mail(),
                party.staffId(),
                own);
          })
          .toList();
    }

    boolean inTime() {
      return now.isBefore(DEADLINE);
    }

    /** Mostly a step that may be taken, so that lives come to every end. */
    void step() {
      now = now.plus(Duration.ofMinutes(random.nextInt(random.nextInt(60) == 0 ? 20_000 : 30)));
      var open = List.copyOf(model.open());
      var likely = !open.isEmpty() && random.nextInt(4) > 0;
      var who =
          likely
              ? open.get(random.nextInt(open.size()))
              : random.nextInt(Math.max(1, parties.size()));
      var ordinal = random.nextInt(5) > 0 ? model.seals() : random.nextInt(parties.size() + 2);
      switch (random.nextInt(40)) {
        case 0 -> same("decline", decline(who), model.decline(who));
        case 1 -> {
          // Of drafts rarely: it would end too many lives before they begin.
          if (!(contract instanceof Contract.Draft) || random.nextInt(4) == 0) {
            same("withdraw", withdraw(), model.withdraw());
          }
        }
        case 2 ->
            same(
                "expire",
                contract instanceof AwaitingAgreements c ? c.expire(now) : no(),
                model.expire(!inTime()));
        case 3 -> same("sendBack", sendBack(who), model.sendBack(who));
        case 22, 23 -> same("delegate", delegate(who), model.delegate(who, inTime()));
        case 24 -> {
          // Rarely: it would end too many lives before they begin.
          if (random.nextInt(4) == 0) {
            same("paper", moveToPaper(), model.moveToPaper());
          }
        }
        case 4, 5, 6 -> same("conclude", conclude(ordinal), model.conclude(ordinal));
        case 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18 ->
            same("seal", seal(ordinal), model.seal(ordinal));
        case 19, 20, 21 -> {
          var bytes = random.nextInt(6) > 0;
          same(
              "dispatch",
              contract instanceof Contract.Draft c
                  ? c.dispatch(parties, bytes ? FILES.getFirst() : PREPARED, DEADLINE, now)
                  : no(),
              model.dispatch(inTime(), bytes));
        }
        case 29, 30, 31, 32 -> handIn(who);
        case 33 -> same("takeBack", takeBack(who), model.takeBack(who));
        case 25 -> schedule();
        case 26, 27 ->
            same(
                "release",
                contract instanceof Contract.Scheduled c ? c.release(parties, now) : no(),
                model.release(!now.isBefore(RELEASE), inTime()));
        case 28 ->
            same(
                "unschedule",
                contract instanceof Contract.Scheduled c
                    ? c.unschedule(
                        random.nextBoolean()
                            ? Optional.empty()
                            : Optional.of(new Refusal.PartiesIncomplete()))
                    : no(),
                model.unschedule());
        default -> agree(who);
      }
    }

    private void schedule() {
      var bytes = random.nextInt(6) > 0;
      same(
          "schedule",
          contract instanceof Contract.Draft c
              ? c.schedule(parties, bytes ? FILES.getFirst() : PREPARED, DEADLINE, RELEASE, now)
              : no(),
          model.schedule(inTime(), bytes, now.isBefore(RELEASE)));
    }

    private void handIn(int who) {
      if (who >= parties.size()) {
        return;
      }
      var bytes = random.nextInt(6) > 0;
      same(
          "handIn",
          contract instanceof AwaitingAgreements c
              ? c.handIn(
                  parties.get(who).id(),
                  bytes ? c.current() : PREPARED,
                  SIGNED.get(model.seals()),
                  now)
              : no(),
          model.handIn(who, inTime(), bytes));
    }

    private Decision takeBack(int who) {
      return contract instanceof AwaitingAgreements c && who < parties.size()
          ? c.takeBack(parties.get(who).id())
          : no();
    }

    private void agree(int who) {
      if (who >= parties.size()) {
        return;
      }
      var seals = random.nextInt(6) > 0 ? model.sealsBefore(who) : random.nextInt(8);
      var own = model.isSigned() != (random.nextInt(8) == 0);
      same(
          "agree",
          contract instanceof AwaitingAgreements c
              ? c.agree(parties.get(who).id(), (own ? SIGNED : FILES).get(seals), now)
              : no(),
          model.agree(who, inTime(), seals == model.sealsBefore(who) && own == model.isSigned()));
    }

    private Decision decline(int who) {
      return contract instanceof AwaitingAgreements c && who < parties.size()
          ? c.decline(parties.get(who).id(), "辞退", now)
          : no();
    }

    private Decision sendBack(int who) {
      return contract instanceof AwaitingAgreements c && who < parties.size()
          ? c.sendBack(parties.get(who).id(), "内訳の誤り", now)
          : no();
    }

    private Decision delegate(int who) {
      return contract instanceof AwaitingAgreements c && who < parties.size()
          ? c.delegate(parties.get(who).id(), new Delegate("部長", "見本 次郎", "j@x.example"), now)
          : no();
    }

    private Decision withdraw() {
      return switch (contract) {
        case Contract.Draft c -> c.withdraw("誤り", now);
        case AwaitingAgreements c -> c.withdraw("誤り", now);
        default -> no();
      };
    }

    private Decision moveToPaper() {
      return switch (contract) {
        case Contract.Draft c -> c.moveToPaper("相手方の都合", now);
        case AwaitingAgreements c -> c.moveToPaper("相手方の都合", now);
        default -> no();
      };
    }

    /** Where a party stands in the order, whoever decides for it by now. */
    private int place(Party party) {
      return parties.stream().map(Party::id).toList().indexOf(party.id());
    }

    private Decision conclude(int ordinal) {
      return contract instanceof Contract.Concluding c
          ? c.conclude(ordinal, digest("final"), digest("certificate"), digest("copy"), now)
          : no();
    }

    private Decision seal(int ordinal) {
      return switch (contract) {
        case AwaitingAgreements c -> c.advance(ordinal, FILES.get(model.seals() + 1));
        case Contract.Concluding c -> c.advance(ordinal);
        default -> no();
      };
    }

    private static Decision no() {
      return new Decision.Refused(new Refusal.NotInThisState("elsewhere"));
    }

    private void same(String step, Decision decision, boolean expected) {
      var accepted = decision instanceof Decision.Accepted;
      if (accepted != expected) {
        throw new AssertionError(
            "%s: %s, the model says %s in %s".formatted(step, decision, expected, contract));
      }
      if (decision instanceof Decision.Accepted(var next, var events)) {
        contract = next;
        called(step, events);
      }
      var place = placeOf(contract);
      if (!place.equals(model.place())) {
        throw new AssertionError(step + ": " + contract + ", the model is at " + model.place());
      }
      if (contract instanceof AwaitingAgreements c) {
        var open = c.turn().stream().map(this::place).collect(Collectors.toSet());
        if (!open.equals(model.open())) {
          throw new AssertionError(step + ": " + open + ", the model calls " + model.open());
        }
      }
    }

    /** A seal that opens a turn calls all of it; nothing else calls anybody. */
    private void called(String step, List<ContractEvent> events) {
      var called =
          events.stream()
              .filter(ContractEvent.TurnCame.class::isInstance)
              .map(event -> place(((ContractEvent.TurnCame) event).party()))
              .collect(Collectors.toSet());
      var opened =
          step.equals("seal")
              && !model.open().isEmpty()
              && model.open().stream().allMatch(who -> model.sealsBefore(who) == model.seals());
      if (!called.equals(opened ? model.open() : java.util.Set.of())) {
        throw new AssertionError(step + " calls " + called + ", open are " + model.open());
      }
    }

    private static String placeOf(Contract contract) {
      return switch (contract) {
        case Contract.Draft _ -> "DRAFT";
        case Contract.Scheduled _ -> "SCHEDULED";
        case AwaitingAgreements _ -> "ROUND";
        case Contract.Concluding _ -> "CONCLUDING";
        case Contract.Concluded _ -> "CONCLUDED";
        case Contract.Elsewhere _ -> "ELSEWHERE";
        case Contract.Declined _ -> "DECLINED";
        case Contract.Returned _ -> "RETURNED";
        case Contract.OnPaper _ -> "ON_PAPER";
        case Contract.Disposed _ -> "DISPOSED";
        case Contract.Withdrawn _ -> "WITHDRAWN";
        case Contract.Expired _ -> "EXPIRED";
      };
    }
  }

  @Test
  @DisplayName("10万通りの歩みで、許すことも、断ることも、呼ぶ人も、終わり方も同じ")
  void agreeWithEachOther() {
    Map<String, Integer> ends = new HashMap<>();
    for (var seed = 0L; seed < SEQUENCES; seed++) {
      var life = new Life(seed);
      try {
        for (var step = 0; step < STEPS; step++) {
          life.step();
        }
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
      ends.merge(life.model.place(), 1, Integer::sum);
    }
    // Every end was met, and often: a walk that reaches nothing would prove nothing.
    // Where lives ended: the figure that the papers quote.
    System.out.println("lives: " + ends);
    for (var end :
        List.of("CONCLUDED", "DECLINED", "RETURNED", "WITHDRAWN", "EXPIRED", "ON_PAPER", "ROUND")) {
      assertThat(ends.getOrDefault(end, 0)).as(end).isGreaterThan(SEQUENCES / 200);
    }
  }
}
