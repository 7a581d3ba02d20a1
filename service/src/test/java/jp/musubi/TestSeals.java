package jp.musubi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Particulars;
import jp.musubi.evidence.Actor;
import jp.musubi.platform.Tenancy;
import jp.musubi.vault.Vault;

/** Waits for seals, which the service's jobs make in their own time. */
public final class TestSeals {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Actor ACTOR = new Actor(Actor.Kind.STAFF, "1", "見本 花子");
  private static final Agreement.Manner MANNER =
      new Agreement.Manner("PASSWORD", "L3", "同意して電子署名します。", "192.0.2.1", "test");

  private TestSeals() {}

  /** A contract that is really sent, agreed to, sealed and concluded. */
  public static ContractId concluded(Contracts contracts, Vault vault, TestBody body) {
    var id = TestContract.draft(body, vault).id();
    Tenancy.in(
        body.id(),
        () ->
            contracts.dispatch(
                id,
                contracts.get(id).prepared().orElseThrow(),
                // The service itself works by the real clock.
                Instant.now().plus(Duration.ofDays(30)),
                ACTOR,
                MANNER));
    for (var ordinal = 1; ordinal <= 2; ordinal++) {
      var seals = ordinal;
      await(contracts, body, id, PATIENCE, p -> p.revisions().size() == seals);
      Tenancy.in(
          body.id(),
          () -> {
            var now = contracts.get(id);
            return contracts.agree(id, now.parties().get(seals), now.currentFile(), ACTOR, MANNER);
          });
    }
    await(contracts, body, id, PATIENCE, p -> p.state().equals("CONCLUDED"));
    return id;
  }

  /** Until a contract is so, or too long a time. */
  public static void await(
      Contracts contracts,
      TestBody body,
      ContractId id,
      Duration patience,
      Predicate<Particulars> condition) {
    // The service's jobs run by the real clock.
    var until = Instant.now().plus(patience);
    for (var now = contract(contracts, body, id);
        !condition.test(now);
        now = contract(contracts, body, id)) {
      // By the real clock too: how long a person would wait.
      assertThat(Instant.now())
          .as("%s, %d seals, %s", now.state(), now.revisions().size(), now.sealCause())
          .isBefore(until);
      try {
        // Nothing announces a seal.
        Thread.sleep(100);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static Particulars contract(Contracts contracts, TestBody body, ContractId id) {
    return Tenancy.in(body.id(), () -> contracts.get(id));
  }
}
