package jp.musubi.seal.validation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static jp.musubi.seal.validation.Hand.ISSUER;
import static jp.musubi.seal.validation.Hand.NOW;
import static jp.musubi.seal.validation.Hand.ROOT;
import static jp.musubi.seal.validation.Hand.SEAL;
import static jp.musubi.seal.validation.Hand.STAMPS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import jp.musubi.seal.Sha256;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Signed on the 24th of November 2026, preserved and archived in the same hour, all in memory. */
@DisplayName("ファイル全体の判定")
class ValidationTest {
  private static final Instant ARCHIVED = NOW.plusSeconds(600);
  private static final Instant LATER = NOW.plusSeconds(3_600);
  private static final AlgorithmSunset ENDING = table("2026-11-24\t2040-01-01");
  private static final AlgorithmSunset RETIRED = table("2026-01-01\t2026-11-24");

  private static AlgorithmSunset table(String ofDigest) {
    try {
      return AlgorithmSunset.read(
          new StringReader(
              "digest\tSHA-256\t0\t%s\tx\nsignature\tECDSA\t256\t-\t-\tx\n".formatted(ofDigest)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] signed(HandCms cms) {
    return HandSigned.filled(
        HandSigned.contract(
                HandSigned.seal("/Name (上) /Reason (r) /M (D:20261124000000Z)".replace("上", "n")))
            .bytes(),
        cms::of);
  }

  /** A store in objects from {@code number} on: certificates, OCSP answers and lists. */
  private static byte[] preserved(
      byte[] pdf, int number, List<Hand> certificates, List<byte[]> answers, List<byte[]> lists) {
    var all = new ArrayList<byte[]>();
    certificates.forEach(each -> all.add(HandCms.encoded(each)));
    all.addAll(answers);
    all.addAll(lists);
    var appending = Appending.to(pdf);
    var references = new ArrayList<String>();
    for (var i = 0; i < all.size(); i++) {
      appending.object(number + i, SmallPdf.stream(new String(all.get(i), ISO_8859_1)));
      references.add("%d 0 R".formatted(number + i));
    }
    var a = certificates.size();
    var b = a + answers.size();
    return appending
        .with(
            1,
            "/DSS << /Certs %s /OCSPs %s /CRLs %s >>"
                .formatted(
                    references.subList(0, a),
                    references.subList(a, b),
                    references.subList(b, all.size()))
                .replace(",", ""))
        .done();
  }

  private static List<byte[]> answers() {
    return List.of(HandAnswer.about(SEAL).response(), HandAnswer.about(STAMPS).response());
  }

  private static List<byte[]> lists() {
    try {
      return List.of(ROOT.list(NOW, b -> {}).getEncoded());
    } catch (java.security.cert.CRLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] preserved(byte[] pdf) {
    return preserved(pdf, 60, List.of(), answers(), lists());
  }

  private static byte[] archived(byte[] pdf, int number, Instant at) {
    return HandSigned.stamped(
        pdf, number, covered -> HandCms.token(HandCms.digest("SHA-256", covered), at, STAMPS));
  }

  private static byte[] whole(HandCms cms) {
    return archived(preserved(signed(cms)), 100, ARCHIVED);
  }

  private static ValidationPolicy policy(Instant at) {
    return new ValidationPolicy(Set.of(ROOT.certificate()), at);
  }

  private static ValidationReport judged(byte[] pdf, ValidationPolicy policy) {
    try {
      return Validator.validate(Content.of(pdf), policy);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A file and a policy, and what is said: verdict, level and the reasons' keys. */
  record Case(
      String name,
      Supplier<ValidationReport> report,
      Verdict verdict,
      String level,
      List<String> said) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case said(
      String name,
      byte[] pdf,
      ValidationPolicy policy,
      Verdict verdict,
      String level,
      String... said) {
    return new Case(name, () -> judged(pdf, policy), verdict, level, List.of(said));
  }

  private static Case at(
      String name, byte[] pdf, Instant at, Verdict verdict, String level, String... said) {
    return said(name, pdf, policy(at), verdict, level, said);
  }

  private static ValidationPolicy by(AlgorithmSunset table, Instant at) {
    return new ValidationPolicy(Set.of(ROOT.certificate()), Set.of(), table, at);
  }

  static Stream<Case> files() {
    var whole = whole(HandCms.right());
    var stranger = Hand.root("stranger");
    var strangers = stranger.issue("stamps", Hand::stamping);
    var old = ISSUER.issue("old", Hand.FROM, NOW.plusSeconds(60), Hand::nothing);
    return Stream.of(
        at("whole", whole, LATER, Verdict.VALID, "LTA"),
        at("whole, years later", whole, Hand.UNTIL.minusSeconds(91 * 86_400), Verdict.VALID, "LTA"),
        at(
            "due for renewal",
            whole,
            Hand.UNTIL.minusSeconds(89 * 86_400),
            Verdict.VALID_WITH_WARNINGS,
            "LTA",
            "renewal-due"),
        at(
            "too late for renewal",
            whole,
            Hand.UNTIL.plusSeconds(1),
            Verdict.INDETERMINATE,
            "T",
            "certificate-expired"),
        at(
            "before the archive timestamp",
            whole,
            ARCHIVED.minusSeconds(1),
            Verdict.INDETERMINATE,
            "LT",
            "from-the-future"),
        at("at the archive timestamp", whole, ARCHIVED, Verdict.VALID, "LTA"),
        at(
            "preserved only",
            preserved(signed(HandCms.right())),
            LATER,
            Verdict.VALID_WITH_WARNINGS,
            "LT",
            "no-archive-timestamp"),
        at(
            "sealed only",
            signed(HandCms.right()),
            LATER,
            Verdict.INDETERMINATE,
            "T",
            "revocation-unknown"),
        at(
            "without timestamp",
            signed(HandCms.right().stamped(null)),
            LATER,
            Verdict.INDETERMINATE,
            "B",
            "revocation-unknown"),
        at(
            "without timestamp, archived",
            archived(preserved(signed(HandCms.right().stamped(null))), 100, ARCHIVED),
            LATER,
            Verdict.VALID,
            "LTA"),
        at("nothing signed", SmallPdf.contract().bytes(), LATER, Verdict.NO_SIGNATURE, ""),
        said(
            "nobody trusted",
            whole,
            new ValidationPolicy(Set.of(), LATER),
            Verdict.INDETERMINATE,
            "T",
            "no-trust-anchor"),
        said(
            "another trusted",
            whole,
            new ValidationPolicy(Set.of(stranger.certificate()), LATER),
            Verdict.INDETERMINATE,
            "T",
            "not-trusted"),
        said(
            "the seal itself trusted",
            preserved(signed(HandCms.right())),
            new ValidationPolicy(Set.of(SEAL.certificate(), ROOT.certificate()), LATER),
            Verdict.VALID_WITH_WARNINGS,
            "LT",
            "no-archive-timestamp"),
        said(
            "ours",
            whole,
            policy(LATER).withOurs(Set.of(ISSUER.certificate())),
            Verdict.VALID,
            "LTA"),
        said(
            "ours itself",
            whole,
            policy(LATER).withOurs(Set.of(SEAL.certificate())),
            Verdict.VALID,
            "LTA"),
        said(
            "another's",
            whole,
            policy(LATER).withOurs(Set.of(STAMPS.certificate())),
            Verdict.INDETERMINATE,
            "LTA",
            "external-signature"),
        said(
            "an algorithm that ends",
            whole,
            by(ENDING, LATER),
            Verdict.VALID_WITH_WARNINGS,
            "LTA",
            "algorithm-ending"),
        said(
            "an algorithm that has ended",
            whole,
            by(RETIRED, LATER),
            Verdict.INDETERMINATE,
            "T",
            "weak-algorithm",
            "revocation-unknown"),
        at(
            "a timestamp that is another's",
            whole(HandCms.right().stampedBy(strangers)),
            LATER,
            Verdict.INDETERMINATE,
            "T",
            "not-trusted"),
        at(
            "a timestamp of other bytes",
            whole(HandCms.right().tokens(HandCms.token(new byte[32], NOW, STAMPS))),
            LATER,
            Verdict.INVALID,
            "T",
            "content-changed"),
        at(
            "a timestamp that is none",
            whole(HandCms.right().tokens(HandSigned.NOTHING)),
            LATER,
            Verdict.INVALID,
            "T",
            "timestamp-broken"),
        at(
            "a timestamp after the archive's",
            whole(HandCms.right().stamped(ARCHIVED.plusSeconds(6))),
            LATER,
            Verdict.INVALID,
            "T",
            "timestamp-order"),
        at(
            "a timestamp hardly after the archive's",
            whole(HandCms.right().stamped(ARCHIVED.plusSeconds(5))),
            LATER,
            Verdict.VALID,
            "LTA"),
        at(
            "a wrong signature",
            whole(HandCms.right().keyOf(STAMPS)),
            LATER,
            Verdict.INVALID,
            "T",
            "signature-broken"),
        at(
            "revoked",
            archived(
                preserved(
                    signed(HandCms.right()),
                    60,
                    List.of(),
                    List.of(
                        HandAnswer.about(SEAL).revoked(NOW.minusSeconds(7200)).response(),
                        answers().get(1)),
                    lists()),
                100,
                ARCHIVED),
            LATER,
            Verdict.INVALID,
            "T",
            "certificate-revoked"),
        at(
            "revoked after the timestamp",
            archived(
                preserved(
                    signed(HandCms.right()),
                    60,
                    List.of(),
                    List.of(
                        HandAnswer.about(SEAL).revoked(NOW.minusSeconds(60)).response(),
                        answers().get(1)),
                    lists()),
                100,
                ARCHIVED),
            LATER,
            Verdict.VALID,
            "LTA"),
        at(
            "the issuer only in the store",
            archived(
                preserved(
                    signed(HandCms.right().carrying(SEAL)),
                    60,
                    List.of(ISSUER),
                    answers(),
                    lists()),
                100,
                ARCHIVED),
            LATER,
            Verdict.VALID,
            "LTA"),
        at(
            "the issuer nowhere",
            archived(
                preserved(signed(HandCms.right().stamped(null).carrying(SEAL))), 100, ARCHIVED),
            LATER,
            Verdict.INDETERMINATE,
            "T",
            "not-trusted"),
        at(
            "ended since, but archived in time",
            archived(
                preserved(
                    signed(HandCms.right().by(old)),
                    60,
                    List.of(),
                    List.of(HandAnswer.about(old).response(), answers().get(1)),
                    lists()),
                100,
                ARCHIVED),
            LATER,
            Verdict.VALID,
            "LTA"),
        at(
            "ended before",
            archived(
                preserved(signed(HandCms.right().by(old).stamped(NOW.plusSeconds(61)))),
                100,
                ARCHIVED),
            LATER,
            Verdict.INDETERMINATE,
            "T",
            "certificate-expired"),
        at(
            "data that cannot be read beside",
            archived(
                preserved(
                    signed(HandCms.right()),
                    60,
                    List.of(),
                    List.of(new byte[] {1}, answers().get(0), answers().get(1)),
                    List.of(lists().getFirst(), new byte[] {1})),
                100,
                ARCHIVED),
            LATER,
            Verdict.VALID,
            "LTA"),
        at("two archive timestamps", archived(whole, 110, LATER), LATER, Verdict.VALID, "LTA"),
        at(
            "two archive timestamps, the second five seconds younger",
            archived(whole, 110, ARCHIVED.minusSeconds(5)),
            LATER,
            Verdict.VALID,
            "LTA"),
        at(
            "two archive timestamps, the second younger",
            archived(whole, 110, ARCHIVED.minusSeconds(6)),
            LATER,
            Verdict.INVALID,
            "LTA",
            "timestamp-order"),
        at(
            "an archive timestamp of nothing",
            HandSigned.stamped(
                preserved(signed(HandCms.right())),
                100,
                covered -> HandCms.token(new byte[32], ARCHIVED, STAMPS)),
            LATER,
            Verdict.INVALID,
            "LT",
            "content-changed"),
        at(
            "changed behind",
            Appending.to(whole).object(4, SmallPdf.stream("")).done(),
            LATER,
            Verdict.INVALID,
            "LTA",
            "changed-after-signing"));
  }

  @ParameterizedTest
  @MethodSource("files")
  @DisplayName("署名・タイムスタンプ・失効情報・時刻から、一つの判定と理由が出る")
  void judgesTheWhole(Case each) {
    var report = each.report().get();
    assertThat(report.reasons())
        .as(report.toString())
        .extracting(Reason::what)
        .containsOnly(each.said().toArray(String[]::new));
    assertThat(report.verdict()).isEqualTo(each.verdict());
    assertThat(report.signatures().stream().map(ValidationReport.Signature::level).toList())
        .isEqualTo(each.level().isEmpty() ? List.of() : List.of("PAdES-BASELINE-" + each.level()));
  }

  private static ValidationReport.Timestamp stamp(Instant at) {
    return new ValidationReport.Timestamp(
        at, "stamps", STAMPS.certificate().getNotAfter().toInstant());
  }

  @Test
  @DisplayName("報告は、署名者・理由・時刻・指紋を伝える")
  void reportsWhoAndWhen() {
    var pdf = whole(HandCms.right());
    var report = judged(pdf, policy(LATER));
    assertThat(report.sha256()).isEqualTo(Sha256.of(pdf));
    var stamp = stamp(NOW.minusSeconds(3600));
    assertThat(report.signatures())
        .containsExactly(
            new ValidationReport.Signature(
                "a",
                "n",
                "CN=seal",
                "r",
                Optional.of(NOW),
                Optional.of(stamp),
                "PAdES-BASELINE-LTA",
                Indication.TOTAL_PASSED,
                "",
                true,
                false));
    assertThat(report.documentTimestamps()).containsExactly(stamp(ARCHIVED));
    assertThat(report.modificationsAfterSigning()).isEmpty();
    var changed = judged(Appending.to(pdf).object(4, SmallPdf.stream("")).done(), policy(LATER));
    assertThat(changed.modificationsAfterSigning()).containsExactly("object 4 changed");
    assertThat(
            judged(pdf, policy(LATER).withOurs(Set.of(STAMPS.certificate())))
                .signatures()
                .getFirst()
                .external())
        .isTrue();
    var late = judged(signed(HandCms.right()), policy(LATER)).signatures().getFirst();
    assertThat(late.subIndication()).isEqualTo("TRY_LATER");
    assertThat(late.indication()).isEqualTo(Indication.INDETERMINATE);
    assertThat(judged(SmallPdf.contract().bytes(), policy(LATER)).sha256())
        .isEqualTo(Sha256.of(SmallPdf.contract().bytes()));
    var two = judged(archived(pdf, 110, LATER), policy(LATER));
    assertThat(two.documentTimestamps())
        .extracting(ValidationReport.Timestamp::time)
        .containsExactly(ARCHIVED, LATER);
  }

  @Test
  @DisplayName("壊れていて署名を名乗るものは無効、名乗らないものはPDFでない")
  void tellsBrokenFromNoPdf() {
    var broken = "%PDF-2.0\n/ByteRange [0 1 2 3]\n".getBytes(ISO_8859_1);
    var report = judged(broken, policy(LATER));
    assertThat(report.verdict()).isEqualTo(Verdict.INVALID);
    assertThat(report.sha256()).isEqualTo(Sha256.of(broken));
    assertThat(report.reasons())
        .singleElement()
        .satisfies(reason -> {
          assertThat(reason.what()).isEqualTo("broken");
          assertThat(reason.detail()).isNotEmpty();
        });
    assertThatThrownBy(() ->
            Validator.validate(
                Content.of("%PDF-2.0 /ByteRange of mine".getBytes(ISO_8859_1)), policy(LATER)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("not a readable PDF: ");
    assertThat(
            Validator.claims(
                Content.of(
                    "/ByteRange[ /ByteRange \n[ /ByteRange 1 /ByteRange".getBytes(ISO_8859_1))))
        .containsExactly(0, 12);
  }

  @Test
  @DisplayName("判定と理由は、日本語と英語の文になる")
  void speaksBothLanguages() {
    var reason = new Reason("changed-after-signing", "", "");
    assertThat(ValidationMessages.of(Verdict.VALID, List.of(reason), Locale.JAPAN)).isEqualTo("有効");
    assertThat(ValidationMessages.of(Verdict.INVALID, List.of(reason), Locale.JAPAN))
        .startsWith("無効（")
        .contains(ValidationMessages.of(reason, Locale.JAPAN));
    assertThat(ValidationMessages.of(Verdict.INDETERMINATE, List.of(), Locale.JAPAN))
        .isEqualTo("判定できません（）");
    assertThat(ValidationMessages.of(reason, Locale.ENGLISH))
        .isNotEqualTo(ValidationMessages.of(reason, Locale.JAPAN))
        .isNotEmpty();
    assertThat(
            ValidationMessages.of(judged(SmallPdf.contract().bytes(), policy(LATER)), Locale.JAPAN))
        .isEqualTo("署名なし");
    assertThat(Stream.of(Verdict.values()).map(Verdict::code))
        .containsExactly(
            "valid", "valid-with-warnings", "indeterminate", "invalid", "no-signature");
  }

  @Test
  @DisplayName("失敗は判定不能より重く、初めの理由になる")
  void countsTheGravest() {
    var judgement = new Judgement();
    assertThat(judgement.passed()).isTrue();
    assertThat(judgement.subIndication()).isEmpty();
    judgement.undecided("a", "A", "");
    assertThat(judgement.indication()).isEqualTo(Indication.INDETERMINATE);
    judgement.failed("b", "B", "");
    judgement.undecided("c", "C", "");
    assertThat(judgement.indication()).isEqualTo(Indication.TOTAL_FAILED);
    assertThat(judgement.subIndication()).isEqualTo("B");
    judgement.warned("w", "x");
    var other = new Judgement();
    other.restsOn(judgement);
    assertThat(other.indication()).isEqualTo(Indication.TOTAL_FAILED);
    assertThat(other.reasons()).extracting(Reason::what).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(other.warnings()).containsExactly(new Reason("w", "", "x"));
    assertThat(other.passed()).isFalse();
  }
}
