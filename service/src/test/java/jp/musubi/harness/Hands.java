package jp.musubi.harness;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import jp.musubi.TestBody;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Decision;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.evidence.Actor;
import jp.musubi.platform.Tenancy;

/** What people do with one contract. */
public record Hands(Contracts contracts, Clock clock, TestBody body, ContractId id) {
  private static final Actor ACTOR = new Actor(Actor.Kind.STAFF, "1", "見本 花子");
  private static final Agreement.Manner MANNER =
      new Agreement.Manner("PASSWORD", "L3", "同意して電子署名します。", "192.0.2.1", "test");

  /** The contract as it stands. */
  public Particulars look() {
    return Tenancy.in(body.id(), () -> contracts.get(id));
  }

  boolean is(String state) {
    return look().state().equals(state);
  }

  boolean hasAgreed(int ordinal) {
    var party = look().parties().get(ordinal).id();
    return Tenancy.in(body.id(), () -> contracts.agreements(id)).stream()
        .anyMatch(agreement -> agreement.party().equals(party));
  }

  /** 送信. */
  public boolean dispatch() {
    return accepted(
        Tenancy.in(
            body.id(),
            () ->
                contracts.dispatch(
                    id,
                    Objects.requireNonNull(contracts.get(id).currentFile()),
                    clock.instant().plus(Duration.ofDays(14)),
                    ACTOR,
                    MANNER)));
  }

  /** 同意 of the party at this place. */
  public boolean agree(int ordinal) {
    return accepted(
        Tenancy.in(
            body.id(),
            () ->
                contracts.agree(id, party(ordinal), contracts.get(id).shownFile(), ACTOR, MANNER)));
  }

  boolean decline(int ordinal) {
    return accepted(
        Tenancy.in(body.id(), () -> contracts.decline(id, party(ordinal), "都合により", ACTOR, MANNER)));
  }

  /** 取消; whether it was still possible. */
  public boolean withdraw() {
    return Tenancy.in(body.id(), () -> contracts.withdraw(id, "誤送信のため", ACTOR, MANNER))
        instanceof Decision.Accepted;
  }

  void dispatchIn(Case each) throws Exception {
    each.step("dispatch", this::dispatch, () -> hasAgreed(0));
  }

  void agreeIn(Case each, int ordinal) throws Exception {
    each.step("agree " + ordinal, () -> agree(ordinal), () -> hasAgreed(ordinal));
  }

  private Party party(int ordinal) {
    return contracts.get(id).parties().get(ordinal);
  }

  private static boolean accepted(Decision decision) {
    if (decision instanceof Decision.Refused(var reason)) {
      throw new AssertionError("refused: " + reason);
    }
    return true;
  }
}
