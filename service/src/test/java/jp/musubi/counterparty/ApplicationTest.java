package jp.musubi.counterparty;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import jp.musubi.seal.Sha256;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** 申出と承諾の一生、ドメインの決まり、数の限り. */
@DisplayName("利用申出と承諾")
class ApplicationTest {
  private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");
  private static final LocalDate TODAY = LocalDate.of(2026, 12, 1);
  private static final Sha256 DIGEST = Sha256.of(new byte[0]);
  private static final UUID SUPPLIER = UUID.randomUUID();

  @Test
  @DisplayName("確認待ちは期限の瞬間に終わり、受理した申出は有効期限の日の終わりまで生きる")
  void standsWhereItStands() {
    var open = proof(Optional.empty(), NOW.plusSeconds(1));
    var late = proof(Optional.empty(), NOW);
    var answered = proof(Optional.of(NOW.minusSeconds(9)), NOW);
    assertThat(standing(Application.State.SUBMITTED, TODAY, open, answered))
        .isEqualTo(Application.Standing.AWAITS_PROOF);
    assertThat(standing(Application.State.SUBMITTED, TODAY, late, answered))
        .isEqualTo(Application.Standing.LAPSED);
    assertThat(standing(Application.State.CONFIRMED, TODAY, answered))
        .isEqualTo(Application.Standing.TO_DECIDE);
    assertThat(standing(Application.State.CONFIRMED, TODAY.minusDays(1), answered))
        .isEqualTo(Application.Standing.EXPIRED);
    assertThat(standing(Application.State.ACCEPTED, TODAY, answered))
        .isEqualTo(Application.Standing.ACCEPTED);
    assertThat(standing(Application.State.ACCEPTED, TODAY.minusDays(1), answered))
        .isEqualTo(Application.Standing.EXPIRED);
    assertThat(standing(Application.State.REJECTED, TODAY.minusDays(1), answered))
        .isEqualTo(Application.Standing.REJECTED);
  }

  @Test
  @DisplayName("承諾は、答えがあれば生き、撤回で終わり、答えのないまま期限が来れば終わる")
  void livesFromAnswerToWithdrawal() {
    assertThat(consent(false, false, "").life(NOW)).isEqualTo(Consent.Life.ASKED);
    assertThat(consent(false, false, "").life(NOW.plus(Duration.ofDays(30))))
        .isEqualTo(Consent.Life.LAPSED);
    assertThat(consent(true, false, "").life(NOW.plus(Duration.ofDays(9999))))
        .isEqualTo(Consent.Life.LIVE);
    assertThat(consent(true, true, "").life(NOW)).isEqualTo(Consent.Life.WITHDRAWN);
  }

  @Test
  @DisplayName("承諾は、その組織の、その人か同じ相手方の人にだけ、対象の契約にだけ効く")
  void coversTheOrganisationThatGaveIt() {
    var live = consent(true, false, "");
    assertThat(covers(live, "（株）見本建設", "ICHIRO@mihon.example", Set.of(), "何の契約でも")).isTrue();
    assertThat(covers(live, "株式会社 見本建設", "jiro@mihon.example", Set.of(SUPPLIER), "")).isTrue();
    assertThat(covers(live, "株式会社 見本建設", "jiro@mihon.example", Set.of(), "")).isFalse();
    assertThat(covers(live, "赤城設計", "ichiro@mihon.example", Set.of(SUPPLIER), "")).isFalse();
    assertThat(covers(consent(true, true, ""), "株式会社 見本建設", "ichiro@mihon.example", Set.of(), ""))
        .isFalse();
    assertThat(covers(consent(false, false, ""), "株式会社 見本建設", "ichiro@mihon.example", Set.of(), ""))
        .isFalse();
    var one = consent(true, false, "市道1024号線 舗装修繕工事");
    assertThat(covers(one, "株式会社 見本建設", "ichiro@mihon.example", Set.of(), "市道1024号線 舗装修繕工事"))
        .isTrue();
    assertThat(covers(one, "株式会社 見本建設", "ichiro@mihon.example", Set.of(), "別の工事")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "ichiro@mihon.example, FITS",
    "ichiro@mail.Mihon.example, FITS",
    "ichiro@notmihon.example, NOT_ALLOWED",
    "ichiro@free-mail.example, DENIED",
    "ichiro@jp.free-mail.example, DENIED",
    "ichiro@bad.mihon.example, DENIED"
  })
  @DisplayName("ドメインの決まりはその下のドメインにも効き、送らないほうが強い")
  void judgesDomains(String mail, MailDomains.Verdict verdict) {
    var rules =
        new MailDomains(
            List.of("mihon.example"), List.of("free-mail.example", "bad.mihon.example"));
    assertThat(rules.of(mail)).isEqualTo(verdict);
    assertThat(MailDomains.ANY.of(mail)).isEqualTo(MailDomains.Verdict.FITS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example",
        "a b.example",
        "-a.example",
        "a..example",
        "a.example/x",
        "a@b.example",
        "<b>.example"
      })
  @DisplayName("ドメインでないものは受け取らない")
  void refusesWhatIsNoDomain(String typed) {
    assertThat(MailDomains.parse(typed)).isEmpty();
  }

  @Test
  @DisplayName("ドメインは幅と大文字を問わず、日本語のものも読む")
  void readsDomains() {
    assertThat(MailDomains.parse("＠Ｍｉｈｏｎ．example")).contains("mihon.example");
    assertThat(MailDomains.parse("見本.example"))
        .hasValueSatisfying(d -> assertThat(d).startsWith("xn--"));
  }

  @Test
  @DisplayName("一つの回線、一つの宛先、一つの団体のどれかが限りに達すれば断る")
  void isFullByEachOfTheThree() {
    assertThat(new Flood(9, 2, 299).isFull()).isFalse();
    assertThat(new Flood(10, 0, 0).isFull()).isTrue();
    assertThat(new Flood(0, 3, 0).isFull()).isTrue();
    assertThat(new Flood(0, 0, 300).isFull()).isTrue();
    assertThat(Applicant.of("2001:db8:1:2::1", null).network())
        .isEqualTo(Applicant.of("2001:db8:1:2:ffff::9", null).network())
        .isNotEqualTo(Applicant.of("2001:db8:1:3::1", null).network());
  }

  private static boolean covers(
      Consent consent, String organisation, String mail, Set<UUID> suppliers, String title) {
    return consent.covers(organisation, mail, suppliers, title, NOW);
  }

  private static Application.Standing standing(
      Application.State state, LocalDate until, Application.Proof... proofs) {
    return new Application(
            UUID.randomUUID(),
            new Application.Said(
                "株式会社 見本建設",
                Optional.empty(),
                "",
                "",
                new Application.Signatory("例田 一郎", "", "ichiro@mihon.example", false, ""),
                "",
                "",
                "",
                until,
                false),
            "",
            DIGEST,
            NOW,
            "192.0.2.1",
            "",
            state,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(proofs))
        .standing(TODAY, NOW);
  }

  private static Application.Proof proof(Optional<Instant> confirmed, Instant expires) {
    return new Application.Proof(
        UUID.randomUUID(), "a@mihon.example", DIGEST, expires, confirmed, Optional.empty());
  }

  private static Consent consent(boolean given, boolean withdrawn, String title) {
    return new Consent(
        UUID.randomUUID(),
        SUPPLIER,
        "株式会社 見本建設",
        "例田 一郎",
        "代表取締役",
        "ichiro@mihon.example",
        title,
        "",
        DIGEST,
        DIGEST,
        NOW.minusSeconds(60),
        NOW.plus(Duration.ofDays(30)),
        given ? Optional.of(new Consent.Given(NOW, "MAIL_LINK", "192.0.2.1")) : Optional.empty(),
        withdrawn ? Optional.of(NOW) : Optional.empty());
  }
}
