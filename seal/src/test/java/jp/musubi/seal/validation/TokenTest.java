package jp.musubi.seal.validation;

import static jp.musubi.seal.validation.Hand.ISSUER;
import static jp.musubi.seal.validation.Hand.NOW;
import static jp.musubi.seal.validation.Hand.STAMPS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.OtherRevocationInfoFormat;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPResponse;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("タイムスタンプの検証")
class TokenTest {
  private static final ASN1ObjectIdentifier SHA_256 = NISTObjectIdentifiers.id_sha256;
  private static final byte[] IMPRINT = HandCms.digest("SHA-256", new byte[] {1});

  record Case(String name, Supplier<byte[]> token, String said) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> tokens() {
    var ended = ISSUER.issue("ended", Hand.FROM, NOW.minusSeconds(1), Hand::stamping);
    return Stream.of(
        new Case("right", () -> HandCms.token(IMPRINT, NOW, STAMPS), ""),
        new Case(
            "another imprint",
            () -> HandCms.token(new byte[32], NOW, STAMPS),
            "content-changed HASH_FAILURE"),
        new Case(
            "an unknown digest",
            () ->
                CmsTest.replaced(
                    HandCms.token(IMPRINT, NOW, STAMPS),
                    "300b06096086480165030402010420",
                    "300b060960864801650304027f0420"),
            "weak-algorithm CRYPTO_CONSTRAINTS_FAILURE"),
        new Case(
            "no certificate",
            () -> HandCms.token(IMPRINT, SHA_256, NOW, STAMPS, ISSUER),
            "timestamp-broken NO_SIGNING_CERTIFICATE_FOUND"),
        new Case(
            "another key",
            () -> HandCms.token(IMPRINT, NOW, new Hand(STAMPS.certificate(), ISSUER.key())),
            "timestamp-broken SIG_CRYPTO_FAILURE"),
        new Case(
            "after the certificate's end",
            () -> HandCms.token(IMPRINT, NOW, ended),
            "timestamp-broken SIG_CRYPTO_FAILURE"),
        new Case("no token", () -> HandSigned.NOTHING, "timestamp-broken SIG_CRYPTO_FAILURE"));
  }

  @ParameterizedTest
  @MethodSource("tokens")
  @DisplayName("時刻認証局が署名した、その要約値のタイムスタンプだけが成り立つ")
  void tellsWhatDoesNotHold(Case each) {
    var judgement = new Judgement();
    var token =
        Token.verified(
            each.token().get(), name -> name.equals("SHA-256") ? IMPRINT : new byte[0], judgement);
    assertThat(token.isPresent()).isEqualTo(each.said().isEmpty());
    assertThat(
            judgement.reasons().stream()
                .map(r -> r.what() + " " + r.subIndication())
                .findFirst()
                .orElse(""))
        .isEqualTo(each.said());
    token.ifPresent(held -> {
      assertThat(held.report())
          .isEqualTo(
              new ValidationReport.Timestamp(
                  NOW, "stamps", STAMPS.certificate().getNotAfter().toInstant()));
      assertThat(held.certificate()).isEqualTo(STAMPS.certificate());
      assertThat(held.known()).hasSize(2);
      assertThat(held.imprint()).isEqualTo(SHA_256.getId());
    });
  }

  private static TokenValidation.Judged judged(byte[] token, java.time.Instant at, boolean cover) {
    return new TokenValidation(Set.of(Hand.ROOT.certificate()), AlgorithmSunset.standard())
        .judge(token, IMPRINT, at, cover);
  }

  @Test
  @DisplayName("トークンが自ら運ぶ失効情報で、単独でも判定する")
  void judgesATokenByWhatItCarries() {
    var bare = judged(HandCms.token(IMPRINT, NOW, STAMPS), NOW, true);
    assertThat(bare.indication()).isEqualTo(Indication.INDETERMINATE);
    assertThat(bare.path())
        .containsExactly(STAMPS.certificate(), ISSUER.certificate(), Hand.ROOT.certificate());
    assertThat(bare.reasons())
        .extracting(Reason::what)
        .containsExactly("revocation-unknown", "revocation-unknown");

    var full = carrying(HandAnswer.about(STAMPS).response());
    var judged = judged(full, NOW, true);
    assertThat(judged.reasons()).isEmpty();
    assertThat(judged.warnings()).isEmpty();
    assertThat(judged.indication()).isEqualTo(Indication.TOTAL_PASSED);
    assertThat(judged.stamp())
        .contains(
            new ValidationReport.Timestamp(
                NOW, "stamps", STAMPS.certificate().getNotAfter().toInstant()));

    assertThat(judged(full, NOW.plusSeconds(90_000), true).indication())
        .isEqualTo(Indication.INDETERMINATE);
    assertThat(judged(full, NOW.plusSeconds(90_000), false).indication())
        .isEqualTo(Indication.TOTAL_PASSED);
    assertThat(judged(full, Hand.UNTIL.minusSeconds(90), false).warnings())
        .extracting(Reason::what)
        .contains("renewal-due");
    assertThat(judged(full, Hand.UNTIL.minusSeconds(90), true).warnings())
        .extracting(Reason::what)
        .doesNotContain("renewal-due");
    assertThat(judged(HandSigned.NOTHING, NOW, true).path()).isEmpty();
    assertThat(judged(carrying(HandSigned.NOTHING), NOW, true).indication())
        .isEqualTo(Indication.INDETERMINATE);
  }

  /** Adds an OCSP answer and the root's list to a right token. */
  private static byte[] carrying(byte[] answer) {
    try {
      var data = new org.bouncycastle.cms.CMSSignedData(HandCms.token(IMPRINT, NOW, STAMPS));
      var structure =
          org.bouncycastle.asn1.cms.SignedData.getInstance(data.toASN1Structure().getContent());
      var crls = new org.bouncycastle.asn1.ASN1EncodableVector();
      crls.add(
          org.bouncycastle.asn1.ASN1Primitive.fromByteArray(
              Hand.ROOT.list(NOW, b -> {}).getEncoded()));
      crls.add(
          new org.bouncycastle.asn1.DERTaggedObject(
              false,
              1,
              new OtherRevocationInfoFormat(
                  CMSObjectIdentifiers.id_ri_ocsp_response,
                  answer.length < 9
                      ? new org.bouncycastle.asn1.DERUTF8String("x")
                      : OCSPResponse.getInstance(answer))));
      return new org.bouncycastle.asn1.cms.ContentInfo(
              CMSObjectIdentifiers.signedData,
              new org.bouncycastle.asn1.cms.SignedData(
                  structure.getDigestAlgorithms(),
                  structure.getEncapContentInfo(),
                  structure.getCertificates(),
                  new org.bouncycastle.asn1.DERSet(crls),
                  structure.getSignerInfos()))
          .getEncoded("DER");
    } catch (Exception e) {
      // What cannot be made ends the test, whatever it is called.
      throw new IllegalStateException(e);
    }
  }
}
