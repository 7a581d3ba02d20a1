package jp.musubi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import jp.musubi.seal.Sha256;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("契約")
class ContractTest {
  static final ContractId ID = new ContractId(new UUID(0, 1));
  static final Instant NOW = Instant.parse("2026-11-24T00:05:00Z");
  static final Instant DEADLINE = NOW.plus(Duration.ofDays(14));
  static final Sha256 PREPARED = digest("prepared");
  static final Party SENDER = party(0, Party.Kind.SENDER, "上毛市 建設部", "", "見本 花子");
  static final Party COUNTERPARTY =
      party(1, Party.Kind.COUNTERPARTY, "株式会社 見本建設", "代表取締役", "例田 一郎");
  static final Party OFFICE = party(2, Party.Kind.OFFICE, "上毛市", "上毛市長", "見本 太郎");
  static final List<Party> PARTIES = List.of(SENDER, COUNTERPARTY, OFFICE);

  static Sha256 digest(String text) {
    return Sha256.of(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  static Party party(int ordinal, Party.Kind kind, String organisation, String title, String name) {
    return new Party(
        new PartyId(new UUID(1, ordinal)),
        ordinal,
        ordinal,
        kind,
        kind == Party.Kind.COUNTERPARTY ? Party.Capacity.AUTHORITY : null,
        "",
        organisation,
        title,
        name,
        null,
        null);
  }

  static Contract accepted(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Accepted.class);
    return ((Decision.Accepted) decision).next();
  }

  static Refusal refused(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Refused.class);
    return ((Decision.Refused) decision).reason();
  }

  static AwaitingAgreements dispatched() {
    return (AwaitingAgreements)
        accepted(new Contract.Draft(ID, PREPARED).dispatch(PARTIES, PREPARED, DEADLINE, NOW));
  }

  static AwaitingAgreements atTheCounterparty() {
    return (AwaitingAgreements) accepted(dispatched().advance(0, digest("sealed-0")));
  }

  static AwaitingAgreements atTheOffice() {
    var agreed =
        (AwaitingAgreements)
            accepted(atTheCounterparty().agree(COUNTERPARTY.id(), digest("sealed-0"), NOW));
    return (AwaitingAgreements) accepted(agreed.advance(1, digest("sealed-1")));
  }

  @Nested
  @DisplayName("送信")
  class Dispatch {
    private final Contract.Draft draft = new Contract.Draft(ID, PREPARED);

    @Test
    @DisplayName("送信は送信者自身の同意になる")
    void isTheSendersOwnAgreement() {
      var decision = (Decision.Accepted) draft.dispatch(PARTIES, PREPARED, DEADLINE, NOW);

      assertThat(decision.events()).containsExactly(new ContractEvent.Agreed(ID, SENDER));
      assertThat(((AwaitingAgreements) decision.next()).turn()).isEmpty();
    }

    @Test
    @DisplayName("確認した画面と違う文書は送信されない")
    void isRefusedForOtherBytesThanShown() {
      assertThat(refused(draft.dispatch(PARTIES, digest("other"), DEADLINE, NOW)))
          .isEqualTo(new Refusal.DocumentChanged(digest("other"), PREPARED));
    }

    @Test
    @DisplayName("期限ちょうどからは送信できない")
    void isRefusedFromTheDeadlineOn() {
      assertThat(refused(draft.dispatch(PARTIES, PREPARED, NOW, NOW)))
          .isEqualTo(new Refusal.DeadlinePassed(NOW));
      accepted(draft.dispatch(PARTIES, PREPARED, NOW.plusNanos(1000), NOW));
    }

    @Test
    @DisplayName("当事者が足りないとき、送信者が先頭でないときは送信できない")
    void isRefusedWithoutTwoPartiesAndTheSenderFirst() {
      assertThat(refused(draft.dispatch(List.of(SENDER), PREPARED, DEADLINE, NOW)))
          .isEqualTo(new Refusal.PartiesIncomplete());
      assertThat(refused(draft.dispatch(List.of(COUNTERPARTY, OFFICE), PREPARED, DEADLINE, NOW)))
          .isEqualTo(new Refusal.PartiesIncomplete());
    }
  }

  @Nested
  @DisplayName("同意")
  class Agree {

    @Test
    @DisplayName("前の署名が付くまで次の人は同意できない")
    void waitsForTheSealBefore() {
      assertThat(refused(dispatched().agree(COUNTERPARTY.id(), PREPARED, NOW)))
          .isEqualTo(new Refusal.SealPending());
    }

    @Test
    @DisplayName("順番を飛ばして同意できない")
    void keepsTheOrder() {
      assertThat(refused(atTheCounterparty().agree(OFFICE.id(), digest("sealed-0"), NOW)))
          .isEqualTo(new Refusal.NotYourTurn(OFFICE.id()));
    }

    @Test
    @DisplayName("見せた文書と署名される文書が違えば同意は受け付けない")
    void isRefusedForOtherBytesThanShown() {
      assertThat(refused(atTheCounterparty().agree(COUNTERPARTY.id(), PREPARED, NOW)))
          .isEqualTo(new Refusal.DocumentChanged(PREPARED, digest("sealed-0")));
    }

    @Test
    @DisplayName("期限ちょうどからは同意できない")
    void isRefusedFromTheDeadlineOn() {
      var contract = atTheCounterparty();
      assertThat(refused(contract.agree(COUNTERPARTY.id(), digest("sealed-0"), DEADLINE)))
          .isEqualTo(new Refusal.DeadlinePassed(DEADLINE));
      accepted(contract.agree(COUNTERPARTY.id(), digest("sealed-0"), DEADLINE.minusNanos(1)));
    }

    @Test
    @DisplayName("同じ人は二度同意できない。期限の後でも「同意済み」と答える")
    void isGivenOnce() {
      assertThat(refused(atTheOffice().agree(COUNTERPARTY.id(), digest("sealed-1"), DEADLINE)))
          .isEqualTo(new Refusal.AlreadyAgreed(COUNTERPARTY.id()));
    }

    @Test
    @DisplayName("最後の人の同意で締結処理が始まり、それより前には始まらない")
    void ofTheLastPartyBeginsConcluding() {
      assertThat(accepted(atTheOffice().agree(OFFICE.id(), digest("sealed-1"), NOW)))
          .isEqualTo(new Contract.Concluding(ID, 3, 2));
      assertThat(accepted(atTheCounterparty().agree(COUNTERPARTY.id(), digest("sealed-0"), NOW)))
          .isInstanceOf(AwaitingAgreements.class);
    }
  }

  @Nested
  @DisplayName("署名の進み")
  class Advance {

    @Test
    @DisplayName("署名が付いたら次の人に声がかかる")
    void callsTheNextParty() {
      var decision = (Decision.Accepted) dispatched().advance(0, digest("sealed-0"));
      assertThat(decision.events()).containsExactly(new ContractEvent.TurnCame(ID, COUNTERPARTY));
    }

    @Test
    @DisplayName("同意のない署名、二度目の署名は記録されない")
    void isRefusedWithoutAnAgreementWaiting() {
      assertThat(refused(atTheCounterparty().advance(0, digest("again"))))
          .isEqualTo(new Refusal.SealNotAwaited(0));
      assertThat(refused(atTheCounterparty().advance(1, digest("early"))))
          .isEqualTo(new Refusal.SealNotAwaited(1));
    }
  }

  @Nested
  @DisplayName("締結せずに終わる")
  class End {

    @Test
    @DisplayName("順番の来た相手方だけが辞退できる")
    void byDeclineIsTheCounterpartysInItsTurn() {
      assertThat(accepted(atTheCounterparty().decline(COUNTERPARTY.id(), "条件が異なるため", NOW)))
          .isEqualTo(new Contract.Declined(ID, NOW, "条件が異なるため"));
      assertThat(refused(atTheOffice().decline(OFFICE.id(), "", NOW)))
          .isEqualTo(new Refusal.NotYourTurn(OFFICE.id()));
      assertThat(refused(atTheOffice().decline(COUNTERPARTY.id(), "", NOW)))
          .isEqualTo(new Refusal.AlreadyAgreed(COUNTERPARTY.id()));
    }

    @Test
    @DisplayName("団体は締結処理の前ならいつでも取り消せる")
    void byWithdrawalIsTheBodysUntilAllHaveAgreed() {
      for (var contract : List.of(dispatched(), atTheCounterparty(), atTheOffice())) {
        assertThat(accepted(contract.withdraw("内訳の誤り", NOW)))
            .isEqualTo(new Contract.Withdrawn(ID, NOW, "内訳の誤り"));
      }
    }

    @Test
    @DisplayName("期限切れは期限ちょうどから")
    void byExpiryComesWithTheDeadline() {
      assertThat(refused(atTheOffice().expire(DEADLINE.minusNanos(1))))
          .isEqualTo(new Refusal.NotYetDue(DEADLINE));
      assertThat(accepted(atTheOffice().expire(DEADLINE)))
          .isEqualTo(new Contract.Expired(ID, DEADLINE));
    }
  }

  @Test
  @DisplayName("締結には保存した最終ファイルと締結証明書が要る")
  void isConcludedWithTheFinalFileAndItsCertificate() {
    var at = NOW.plusSeconds(5);
    assertThat(
            accepted(
                new Contract.Concluding(ID, 3, 2)
                    .conclude(2, digest("final"), digest("certificate"), digest("copy"), at)))
        .isEqualTo(
            new Contract.Concluded(ID, at, digest("final"), digest("certificate"), digest("copy")));
  }
}
