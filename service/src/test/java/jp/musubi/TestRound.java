package jp.musubi;

import java.time.Instant;
import java.util.Objects;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Decision;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.evidence.Actor;
import jp.musubi.platform.Tenancy;
import jp.musubi.vault.Vault;

/** A {@link TestContract} that was really sent and sealed, and waits for its counterparty. */
public record TestRound(TestBody body, ContractId id, Party counterparty) {
  private static final Agreement.Manner MANNER =
      new Agreement.Manner("PASSWORD", "L1", "送信する", "192.0.2.1", "test");

  /** Sends a new contract of the body. */
  public static TestRound begin(TestBody body, Vault vault, Contracts contracts, Instant deadline) {
    var contract = TestContract.draft(body, vault);
    var clerk = new Actor(Actor.Kind.STAFF, body.clerk().toString(), "見本 花子");
    accept(
        Tenancy.in(
            body.id(),
            () -> contracts.dispatch(contract.id(), contract.prepared(), deadline, clerk, MANNER)));
    for (var i = 0; i < 600; i++) {
      var awaited = Tenancy.in(body.id(), () -> contracts.awaited(contract.id()));
      if (awaited.stream().anyMatch(party -> party.kind() == Party.Kind.COUNTERPARTY)) {
        return new TestRound(body, contract.id(), awaited.getFirst());
      }
      try {
        // The seal is made by a job.
        Thread.sleep(100);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    throw new AssertionError("the counterparty was not asked");
  }

  /** Where the counterparty's letters go. */
  public String mail() {
    return Objects.requireNonNull(counterparty.mail());
  }

  /** The contract as it stands. */
  public Particulars particulars(Contracts contracts) {
    return Tenancy.in(body.id(), () -> contracts.get(id));
  }

  /** The counterparty agrees to what it is shown. */
  public void agree(Contracts contracts) {
    accept(
        Tenancy.in(
            body.id(),
            () ->
                contracts.agree(
                    id,
                    counterparty,
                    contracts.get(id).shownFile(),
                    new Actor(
                        Actor.Kind.COUNTERPARTY,
                        counterparty.id().toString(),
                        counterparty.signature()),
                    MANNER)));
  }

  private static void accept(Decision decision) {
    if (decision instanceof Decision.Refused(var reason)) {
      throw new AssertionError(reason.toString());
    }
  }
}
