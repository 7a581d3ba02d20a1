package jp.musubi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Particulars;
import jp.musubi.platform.Tenancy;

/** Waits for seals, which the service's jobs make in their own time. */
public final class TestSeals {
  private TestSeals() {}

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
