package jp.musubi.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import jp.musubi.seal.Sha256;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("承認")
class ApprovalTest {
  static final Instant NOW = Instant.parse("2026-04-01T00:00:00Z");
  static final LocalDate TODAY = LocalDate.of(2026, 4, 1);

  private static final UUID CLERK = person(1);
  private static final UUID CHIEF = person(2);
  private static final UUID DEPUTY = person(3);
  private static final UUID FINANCE = person(4);
  private static final UUID CHIEF_POST = person(12);
  private static final UUID DEPUTY_POST = person(13);
  private static final UUID FINANCE_POST = person(14);

  private static final Subject SUBJECT = new Subject(7, digest("prepared"), digest("terms"));
  private static final Decided PLAIN = decided(Optional.empty());

  static UUID person(int number) {
    return new UUID(0, number);
  }

  static Sha256 digest(String of) {
    return Sha256.of(of.getBytes(StandardCharsets.UTF_8));
  }

  private static Decided decided(Optional<Sha256> digest) {
    return new Decided(
        "建道第12号", Optional.of(TODAY), digest, Set.of(digest("original"), digest("rebuilt")));
  }

  private static Approval.UnderWay asked(Decided decided, Step... steps) {
    return new Approval.UnderWay(
        new Approval.Asked(person(99), CLERK, SUBJECT, decided, List.of(steps)), List.of());
  }

  private static Approval.House house(boolean ownAllowed, StandIn... standIns) {
    return new Approval.House(
        new Seats(
            Map.of(
                CHIEF_POST, Set.of(CHIEF),
                DEPUTY_POST, Set.of(DEPUTY),
                FINANCE_POST, Set.of(FINANCE)),
            List.of(standIns)),
        Set.of(CLERK),
        ownAllowed);
  }

  private static StandIn standIn(UUID principal, UUID deputy) {
    return new StandIn(UUID.randomUUID(), principal, deputy, TODAY, TODAY.plusDays(3));
  }

  private static Approval taken(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Taken.class);
    return ((Outcome.Taken) outcome).next();
  }

  private static void refused(Outcome outcome, Objection why) {
    assertThat(outcome).isEqualTo(new Outcome.Refused(why));
  }

  @Test
  @DisplayName("段階の順に進み、最後の段階がそろうと承認済になる")
  void goesStepByStep() {
    var first =
        asked(
            PLAIN,
            new Step(List.of(CHIEF_POST, DEPUTY_POST), true),
            new Step(List.of(FINANCE_POST), true));
    refused(first.approve(FINANCE, house(false), NOW), Objection.NOT_YOUR_TURN);
    var second = (Approval.UnderWay) taken(first.approve(CHIEF, house(false), NOW));
    assertThat(second.awaited()).containsExactly(DEPUTY_POST);
    refused(second.approve(CHIEF, house(false), NOW), Objection.GIVEN_ALREADY);
    var third = (Approval.UnderWay) taken(second.approve(DEPUTY, house(false), NOW));
    assertThat(third.current()).isOne();
    var over = taken(third.approve(FINANCE, house(false), NOW));
    assertThat(over).isInstanceOf(Approval.Approved.class);
    assertThat(over.given()).extracting(Consent::by).containsExactly(CHIEF, DEPUTY, FINANCE);
  }

  @Test
  @DisplayName("「いずれか」の段階は一人の承認で済む")
  void isTakenByAnyWhereOneIsEnough() {
    var any = asked(PLAIN, new Step(List.of(CHIEF_POST, DEPUTY_POST), false));
    assertThat(taken(any.approve(DEPUTY, house(false), NOW))).isInstanceOf(Approval.Approved.class);
  }

  @Test
  @DisplayName("作った人は自分の契約を承認できない。団体が認めていれば、その職にある人としてだけできる")
  void keepsAClerkFromTheirOwnContract() {
    var mine =
        new Approval.UnderWay(
            new Approval.Asked(
                person(99),
                CHIEF,
                SUBJECT,
                PLAIN,
                List.of(new Step(List.of(CHIEF_POST, DEPUTY_POST), false))),
            List.of());
    var strict = new Approval.House(house(false).seats(), Set.of(CHIEF), false);
    refused(mine.approve(CHIEF, strict, NOW), Objection.OWN_CONTRACT);
    refused(mine.sendBack(CHIEF, "誤り", strict, NOW), Objection.OWN_CONTRACT);
    var lax = new Approval.House(house(false).seats(), Set.of(CHIEF), true);
    assertThat(taken(mine.approve(CHIEF, lax, NOW))).isInstanceOf(Approval.Approved.class);
  }

  @Test
  @DisplayName("代理の人は代決として承認でき、だれの代わりかが残る")
  void recordsForWhomADeputyApproves() {
    var waiting = asked(PLAIN, new Step(List.of(CHIEF_POST), true));
    var over = taken(waiting.approve(FINANCE, house(false, standIn(CHIEF, FINANCE)), NOW));
    assertThat(over.given())
        .containsExactly(new Consent(0, CHIEF_POST, FINANCE, Optional.of(CHIEF), NOW));
  }

  @Test
  @DisplayName("作った人は代理としても承認できず、作った人の代理も承認できない")
  void letsNoDeputyRoundTheRuleAgainstOnesOwn() {
    var waiting = asked(PLAIN, new Step(List.of(CHIEF_POST), true));
    for (var ownAllowed : List.of(true, false)) {
      refused(
          waiting.approve(CLERK, house(ownAllowed, standIn(CHIEF, CLERK)), NOW),
          Objection.OWN_CONTRACT);
    }
    var made =
        new Approval.House(house(false, standIn(CHIEF, FINANCE)).seats(), Set.of(CHIEF), false);
    refused(waiting.approve(FINANCE, made, NOW), Objection.OWN_CONTRACT);
  }

  @Test
  @DisplayName("決裁した文書と違えば承認できず、差し戻すことだけができる")
  void isBlockedByAnotherDocumentThanWasDecided() {
    var step = new Step(List.of(CHIEF_POST), true);
    var other = asked(decided(Optional.of(digest("another"))), step);
    assertThat(other.asked().decided().comparison()).isEqualTo(Decided.Comparison.DIFFERENT);
    refused(other.approve(CHIEF, house(false), NOW), Objection.DIFFERS_FROM_DECIDED);
    assertThat(taken(other.sendBack(CHIEF, "決裁した文書と違います", house(false), NOW)))
        .isInstanceOf(Approval.Returned.class);
    for (var same : List.of("original", "rebuilt")) {
      assertThat(
              taken(
                  asked(decided(Optional.of(digest(same))), step)
                      .approve(CHIEF, house(false), NOW)))
          .isInstanceOf(Approval.Approved.class);
    }
  }
}
