package jp.musubi.seal.validation;

import static jp.musubi.seal.validation.Hand.ISSUER;
import static jp.musubi.seal.validation.Hand.NOW;
import static jp.musubi.seal.validation.Hand.RESPONDER;
import static jp.musubi.seal.validation.Hand.ROOT;
import static jp.musubi.seal.validation.Hand.SEAL;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.ReasonFlags;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("失効の判定")
class RevocationsTest {
  private static final String UNKNOWN = "revocation-unknown";
  private static final String REVOKED = "certificate-revoked";
  private static final Instant END = Instant.parse("2026-06-01T00:00:00Z");
  private static final Hand ENDED = ISSUER.issue("ended", Hand.FROM, END, Hand::nothing);

  /** What is at hand, about whom and when, and what is said of it; nothing is good. */
  record Case(
      String name, Hand about, List<Object> evidence, Instant at, boolean mustCover, String said) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case said(String name, String said, Object... evidence) {
    return new Case(name, SEAL, List.of(evidence), NOW, true, said);
  }

  private static Case at(
      String name, Instant at, boolean mustCover, String said, Object... evidence) {
    return new Case(name, SEAL, List.of(evidence), at, mustCover, said);
  }

  private static Case ended(String name, String said, Object... evidence) {
    return new Case(name, ENDED, List.of(evidence), END.minusSeconds(60), true, said);
  }

  private static HandAnswer good() {
    return HandAnswer.about(SEAL);
  }

  private static Hand responder(Instant from, Instant until) {
    return ISSUER.issue("responder of a time", from, until, Hand::responding);
  }

  static Stream<Case> answers() {
    var day = Duration.ofDays(1);
    var checked =
        ISSUER.issue("to be checked", b -> Hand.purpose(b, false, KeyPurposeId.id_kp_OCSPSigning));
    var purposeless =
        ISSUER.issue(
            "without purpose",
            b ->
                b.addExtension(
                    OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, false, new DERUTF8String("")));
    var other =
        ISSUER.issue(
            "for mail",
            b -> {
              Hand.purpose(b, false, KeyPurposeId.id_kp_emailProtection);
              b.addExtension(
                  OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, false, new DERUTF8String(""));
            });
    var stranger = ROOT.issue("stranger", Hand::responding);
    var pretender = Hand.root("issuer").issue("pretender", Hand::responding);
    return Stream.of(
        said("no answer", UNKNOWN),
        said("good", "", good()),
        said("good, the responder named by its key", "", good().byKey()),
        said("good, said by the issuer itself", "", good().signedBy(ISSUER)),
        said("good, the responder's certificate in the store", "", good().carrying(), RESPONDER),
        said("the responder's certificate nowhere", UNKNOWN, good().carrying()),
        said("another certificate", UNKNOWN, HandAnswer.about(RESPONDER)),
        said("another issuer", UNKNOWN, good().issuedBy(ROOT)),
        said("unknown", UNKNOWN, good().unknown()),
        said("revoked", REVOKED, good().revoked(NOW.minusSeconds(1))),
        said("revoked this moment", REVOKED, good().revoked(NOW)),
        said("revoked later", "", good().revoked(NOW.plusSeconds(1))),
        said("good and revoked", REVOKED, good(), good().revoked(NOW)),
        said("unknown and good", "", good().unknown(), good()),
        said("revoked, says a stranger", UNKNOWN, good().signedBy(stranger).revoked(NOW)),
        said(
            "good, says a responder that may itself be revoked", UNKNOWN, good().signedBy(checked)),
        said("good, says a responder without purpose", UNKNOWN, good().signedBy(purposeless)),
        said("good, says one for mail", UNKNOWN, good().signedBy(other)),
        said("good, says another authority's responder", UNKNOWN, good().signedBy(stranger)),
        said("good, says a namesake's responder", UNKNOWN, good().signedBy(pretender)),
        said(
            "good, says another key",
            UNKNOWN,
            good().signedBy(new Hand(RESPONDER.certificate(), SEAL.key()))),
        said("good, by RSASSA-PSS", "", good().signedBy(Hand.OF_RSA).by("RSASSA-PSS")),
        said("good, by SHA-1", UNKNOWN, good().by("SHA1withECDSA")),
        said("good, by SHA-1 and the issuer", UNKNOWN, good().signedBy(ISSUER).by("SHA1withECDSA")),
        said(
            "a responder that begins this moment",
            "",
            good().signedBy(responder(NOW, NOW.plus(day)))),
        said(
            "a responder that begins later",
            UNKNOWN,
            good().signedBy(responder(NOW.plusSeconds(1), NOW.plus(day)))),
        said(
            "a responder that ends this moment",
            "",
            good().signedBy(responder(NOW.minus(day), NOW))),
        said(
            "a responder that has ended",
            UNKNOWN,
            good().signedBy(responder(NOW.minus(day), NOW.minusSeconds(1)))),
        said(
            "a responder that has ended, after its answer",
            "",
            good()
                .produced(NOW.minus(day))
                .signedBy(responder(NOW.minus(day), NOW.minusSeconds(1)))),
        at("current to the second", NOW.plus(day), true, "", good()),
        at("not current any more", NOW.plus(day).plusSeconds(1), true, UNKNOWN, good()),
        at("not current, and none can be", NOW.plus(day).plusSeconds(1), false, "", good()),
        at("without next update", NOW.minusSeconds(60), true, "", good().until(null)),
        at("without next update, later", NOW.minusSeconds(59), true, UNKNOWN, good().until(null)),
        ended(
            "of an ended certificate, while it was",
            "",
            HandAnswer.about(ENDED).from(END).produced(END)),
        ended(
            "of an ended certificate, afterwards",
            UNKNOWN,
            HandAnswer.about(ENDED).from(END.plusSeconds(1))),
        ended(
            "of an ended certificate, remembered",
            "",
            HandAnswer.about(ENDED).from(NOW).remembering(END)),
        ended(
            "of an ended certificate, forgotten",
            UNKNOWN,
            HandAnswer.about(ENDED).from(NOW).remembering(END.plusSeconds(1))),
        ended(
            "of an ended certificate, revoked",
            REVOKED,
            HandAnswer.about(ENDED).from(NOW).revoked(END.minusSeconds(60))));
  }

  private static X509CRL scoped(
      boolean user, boolean authority, boolean some, boolean indirect, boolean attributes) {
    var at =
        new DistributionPointName(
            new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, "http://x/")));
    return ISSUER.list(
        NOW,
        b ->
            b.addExtension(
                Extension.issuingDistributionPoint,
                true,
                new IssuingDistributionPoint(
                    at,
                    user,
                    authority,
                    some ? new ReasonFlags(ReasonFlags.keyCompromise) : null,
                    indirect,
                    attributes)));
  }

  private static X509CRL revoking(Hand about, Instant since) {
    return ISSUER.list(
        NOW, b -> b.addCRLEntry(about.certificate().getSerialNumber(), Date.from(since), 1));
  }

  static Stream<Case> lists() {
    var week = Duration.ofDays(7);
    var unable = ROOT.issue("unable", b -> Hand.usage(b, KeyUsage.keyCertSign));
    var unableSeal = unable.issue("seal of unable", Hand::nothing);
    var open = ROOT.issue("open", Hand::nothing);
    var openSeal = open.issue("seal of open", Hand::nothing);
    var list = ISSUER.list(NOW, b -> {});
    return Stream.of(
        said("a list", "", list),
        said("another authority's list", UNKNOWN, ROOT.list(NOW, b -> {})),
        said("a namesake's list", UNKNOWN, Hand.root("issuer").list(NOW, b -> {})),
        said("on the list", REVOKED, revoking(SEAL, NOW)),
        said("on the list from later on", "", revoking(SEAL, NOW.plusSeconds(1))),
        said("another on the list", "", revoking(RESPONDER, NOW)),
        said("a list by SHA-1", UNKNOWN, ISSUER.list(NOW, b -> {}, "SHA1withECDSA")),
        said(
            "a delta list",
            UNKNOWN,
            ISSUER.list(
                NOW,
                b ->
                    b.addExtension(
                        Extension.deltaCRLIndicator, true, new CRLNumber(BigInteger.ONE)))),
        said(
            "a delta list, not critical",
            UNKNOWN,
            ISSUER.list(
                NOW,
                b ->
                    b.addExtension(
                        Extension.deltaCRLIndicator, false, new CRLNumber(BigInteger.ONE)))),
        said(
            "an unknown critical extension",
            UNKNOWN,
            ISSUER.list(
                NOW,
                b ->
                    b.addExtension(
                        new org.bouncycastle.asn1.ASN1ObjectIdentifier("2.999.1"),
                        true,
                        new DERUTF8String("x")))),
        said("an indirect list", UNKNOWN, scoped(false, false, false, true, false)),
        said("a list of attribute certificates", UNKNOWN, scoped(false, false, false, false, true)),
        said("a list of some reasons", UNKNOWN, scoped(false, false, true, false, false)),
        said("a list of all", "", scoped(false, false, false, false, false)),
        said("a list of users", "", scoped(true, false, false, false, false)),
        said("a list of authorities", UNKNOWN, scoped(false, true, false, false, false)),
        at("current to the second", NOW.plus(week), true, "", list),
        at("not current any more", NOW.plus(week).plusSeconds(1), true, UNKNOWN, list),
        at("not current, and none can be", NOW.plus(week).plusSeconds(1), false, "", list),
        at(
            "without next update",
            NOW,
            true,
            "",
            ISSUER.list(NOW, null, b -> {}, "SHA256withECDSA")),
        at(
            "without next update, later",
            NOW.plusSeconds(1),
            true,
            UNKNOWN,
            ISSUER.list(NOW, null, b -> {}, "SHA256withECDSA")),
        ended("of the last moment of an ended certificate", "", ISSUER.list(END, b -> {})),
        ended(
            "of later than an ended certificate",
            UNKNOWN,
            ISSUER.list(END.plusSeconds(1), b -> {})),
        new Case(
            "an authority that may sign no lists",
            unableSeal,
            List.of(unable.list(NOW, b -> {}), unable),
            NOW,
            true,
            UNKNOWN),
        new Case(
            "an authority whose key usage is not limited",
            openSeal,
            List.of(open.list(NOW, b -> {}), open),
            NOW,
            true,
            ""));
  }

  @ParameterizedTest
  @MethodSource({"answers", "lists"})
  @DisplayName("証明書に結び付き、しかるべき者が署名した、その時に有効な答えだけを数える")
  void countsWhatIsBoundSignedAndCurrent(Case each) {
    var issuer =
        each.about()
                .certificate()
                .getIssuerX500Principal()
                .equals(ISSUER.certificate().getSubjectX500Principal())
            ? ISSUER.certificate()
            : ((Hand) each.evidence().getLast()).certificate();
    assertThat(
            said(
                List.of(each.about().certificate(), issuer),
                each.evidence(),
                each.at(),
                each.mustCover(),
                NOW))
        .isEqualTo(each.said());
  }

  @Test
  @DisplayName("認証局の失効は、署名者の失効と違う言葉になる")
  void tellsWhoIsRevoked() {
    var path = List.of(SEAL.certificate(), ISSUER.certificate(), ROOT.certificate());
    var list =
        ROOT.list(
            NOW, b -> b.addCRLEntry(ISSUER.certificate().getSerialNumber(), Date.from(NOW), 1));
    var judgement = new Judgement();
    revocations(List.of(HandAnswer.about(SEAL), list), NOW).judge(path, NOW, true, judgement);
    assertThat(judgement.reasons())
        .containsExactly(new Reason(REVOKED, "REVOKED_CA", "CN=issuer since " + NOW));
    var own = new Judgement();
    revocations(List.of(HandAnswer.about(SEAL).revoked(NOW)), NOW).judge(path, NOW, true, own);
    assertThat(own.reasons())
        .containsExactly(
            new Reason(REVOKED, "REVOKED", "CN=seal since " + NOW),
            new Reason(UNKNOWN, "TRY_LATER", "no answer about CN=issuer"));
  }

  @Test
  @DisplayName("認証局の証明書については、利用者だけの一覧は何も言わず、認証局だけの一覧が言う")
  void knowsTheScopeOfLists() {
    var below = ISSUER.issue("below", Hand::authority);
    var path = List.of(below.certificate(), ISSUER.certificate());
    assertThat(said(path, List.of(scoped(true, false, false, false, false)), NOW, true, NOW))
        .isEqualTo(UNKNOWN);
    assertThat(said(path, List.of(scoped(false, true, false, false, false)), NOW, true, NOW))
        .isEmpty();
  }

  @Test
  @DisplayName("今は頼れない方式の答えも、頼れた時に在ったと分かれば数える")
  void countsWhatExistedInTime() {
    var old = Instant.parse("2011-01-01T00:00:00Z");
    var path = List.of(SEAL.certificate(), ISSUER.certificate());
    assertThat(said(path, List.of(good().by("SHA1withECDSA")), NOW, true, old)).isEmpty();
    assertThat(said(path, List.of(ISSUER.list(NOW, b -> {}, "SHA1withECDSA")), NOW, true, old))
        .isEmpty();
  }

  private static String said(
      List<X509Certificate> path,
      List<?> evidence,
      Instant at,
      boolean mustCover,
      Instant existed) {
    var judgement = new Judgement();
    revocations(evidence, existed).judge(path, at, mustCover, judgement);
    return judgement.reasons().isEmpty() ? "" : judgement.reasons().getFirst().what();
  }

  private static Revocations revocations(List<?> evidence, Instant existed) {
    var certificates =
        evidence.stream()
            .filter(Hand.class::isInstance)
            .map(e -> ((Hand) e).certificate())
            .toList();
    var answers =
        evidence.stream()
            .filter(HandAnswer.class::isInstance)
            .<BasicOCSPResp>map(e -> ((HandAnswer) e).made())
            .toList();
    var lists =
        evidence.stream().filter(X509CRL.class::isInstance).map(X509CRL.class::cast).toList();
    return new Revocations(
        Evidence.of(certificates, answers, lists),
        new Algorithms(AlgorithmSunset.standard()),
        end -> existed);
  }
}
