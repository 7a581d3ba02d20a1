package jp.musubi.contract;

import static jp.musubi.contract.ContractTest.COUNTERPARTY;
import static jp.musubi.contract.ContractTest.DEADLINE;
import static jp.musubi.contract.ContractTest.ID;
import static jp.musubi.contract.ContractTest.NOW;
import static jp.musubi.contract.ContractTest.OFFICE;
import static jp.musubi.contract.ContractTest.PARTIES;
import static jp.musubi.contract.ContractTest.PREPARED;
import static jp.musubi.contract.ContractTest.SENDER;
import static jp.musubi.contract.ContractTest.digest;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import jp.musubi.seal.Sha256;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Random steps, lawful and not, in random order: whatever happens, the rules of the house hold. */
@DisplayName("契約のでたらめな歩み")
class ContractWalkTest {
  private static final int SEEDS = 400;
  private static final int STEPS = 60;

  /** What a walk did, for judging it from outside of the aggregate. */
  private static final class Walk {
    private final Random random;
    private Contract contract = new Contract.Draft(ID, PREPARED);
    private Instant now = NOW;
    private final List<PartyId> agreed = new ArrayList<>();
    private final List<Sha256> files = new ArrayList<>(List.of(PREPARED));

    Walk(long seed) {
      random = new Random(seed);
    }

    Party anybody() {
      return PARTIES.get(random.nextInt(PARTIES.size()));
    }

    Sha256 shown() {
      return random.nextInt(4) == 0 ? digest("stale") : files.getLast();
    }

    Decision step() {
      now = now.plus(Duration.ofMinutes(random.nextInt(random.nextInt(20) == 0 ? 20_000 : 60)));
      return switch (contract) {
        case Contract.Draft c ->
            c.dispatch(
                random.nextInt(5) == 0 ? List.of(COUNTERPARTY, OFFICE) : PARTIES,
                shown(),
                DEADLINE,
                now);
        case Contract.AwaitingAgreements c ->
            switch (random.nextInt(16)) {
              case 0 -> c.withdraw("取消", now);
              case 1 -> c.decline(anybody().id(), "辞退", now);
              case 2 -> c.expire(now);
              case 3, 4, 5, 6, 7 -> c.advance(random.nextInt(PARTIES.size()), nextFile());
              default -> c.agree(anybody().id(), shown(), now);
            };
        case Contract.Concluding c ->
            c.conclude(digest("final"), digest("certificate"), digest("copy"), now);
        case Contract.Concluded _, Contract.Declined _, Contract.Withdrawn _, Contract.Expired _ ->
            throw new AssertionError("a walk ends with the contract's life");
      };
    }

    Sha256 nextFile() {
      return digest("file " + files.size());
    }

    boolean isOver() {
      return switch (contract) {
        case Contract.Draft _, Contract.AwaitingAgreements _, Contract.Concluding _ -> false;
        case Contract.Concluded _, Contract.Declined _, Contract.Withdrawn _, Contract.Expired _ ->
            true;
      };
    }
  }

  @Test
  @DisplayName("400 通りの歩みで、順序・見たものへの同意・期限・終わりの規則が破れない")
  void neverBreaksTheRules() {
    var ends = new HashMap<Class<?>, Integer>();
    for (var seed = 0L; seed < SEEDS; seed++) {
      var walk = new Walk(seed);
      for (var step = 0; step < STEPS && !walk.isOver(); step++) {
        judge(walk, seed);
      }
      ends.merge(walk.contract.getClass(), 1, Integer::sum);
    }
    // Every end was met: a walk that reaches nothing would prove nothing.
    assertThat(ends)
        .containsKeys(
            Contract.Concluded.class,
            Contract.Declined.class,
            Contract.Withdrawn.class,
            Contract.Expired.class);
  }

  private static void judge(Walk walk, long seed) {
    var before = walk.contract;
    var decision = walk.step();
    if (!(decision instanceof Decision.Accepted(var next, var events))) {
      return;
    }
    for (var event : events) {
      switch (event) {
        case ContractEvent.Agreed(_, var party) -> {
          assertThat(walk.now).as("seed %d: agreed in time", seed).isBefore(DEADLINE);
          assertThat(party)
              .as("seed %d: in order", seed)
              .isEqualTo(PARTIES.get(walk.agreed.size()));
          assertThat(walk.files)
              .as("seed %d: every seal before is made", seed)
              .hasSize(walk.agreed.size() + 1);
          walk.agreed.add(party.id());
        }
        case ContractEvent.TurnCame(_, var party) ->
            assertThat(party.id()).as("seed %d: asked once", seed).isNotIn(walk.agreed);
        case ContractEvent.Declined(_, var by, _) ->
            assertThat(by).as("seed %d", seed).isEqualTo(COUNTERPARTY);
        case ContractEvent.Expired _ ->
            assertThat(walk.now).as("seed %d", seed).isAfterOrEqualTo(DEADLINE);
        case ContractEvent.Withdrawn _, ContractEvent.Concluded _ -> {}
      }
    }
    if (before instanceof Contract.AwaitingAgreements b
        && next instanceof Contract.AwaitingAgreements n
        && n.sealed() > b.sealed()) {
      walk.files.add(n.current());
    }
    if (next instanceof Contract.Concluding || next instanceof Contract.Concluded) {
      assertThat(walk.agreed)
          .as("seed %d: all agreed", seed)
          .containsExactly(SENDER.id(), COUNTERPARTY.id(), OFFICE.id());
    }
    walk.contract = next;
  }
}
