package jp.musubi.seal.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("署名値の検証")
class CmsTest {
  record Case(String name, HandCms cms, boolean held, String said) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case holds(String name, HandCms cms) {
    return new Case(name, cms, true, "");
  }

  private static Case fails(String name, HandCms cms, String said) {
    return new Case(name, cms, false, said);
  }

  private static Hand used(int usage) {
    return Hand.ISSUER.issue("used", builder -> Hand.usage(builder, usage));
  }

  static Stream<Case> signatures() {
    var twin = new Hand(Hand.ISSUER.issue("twin", Hand::nothing).certificate(), Hand.SEAL.key());
    return Stream.of(
        holds("ECDSA on P-256", HandCms.right()),
        holds(
            "ECDSA on P-384 with SHA-384",
            HandCms.right().by(Hand.OF_P_384).algorithm("SHA384withECDSA")),
        holds("RSA with SHA-512", HandCms.right().by(Hand.OF_RSA).algorithm("SHA512withRSA")),
        holds("RSASSA-PSS", HandCms.right().by(Hand.OF_RSA).algorithm("RSASSA-PSS")),
        holds("a key that may sign", HandCms.right().by(used(KeyUsage.digitalSignature))),
        holds("a key that may commit", HandCms.right().by(used(KeyUsage.nonRepudiation))),
        fails(
            "a key that may encipher",
            HandCms.right().by(used(KeyUsage.keyEncipherment)),
            "signature-malformed CHAIN_CONSTRAINTS_FAILURE key usage"),
        fails(
            "another key",
            HandCms.right().keyOf(Hand.STAMPS),
            "signature-broken SIG_CRYPTO_FAILURE the signature value is wrong"),
        fails(
            "another digest",
            HandCms.right().otherDigest(),
            "content-changed HASH_FAILURE the message digest differs"),
        fails(
            "no signed attributes",
            HandCms.right().bare(),
            "content-changed HASH_FAILURE the message digest differs"),
        fails(
            "two signers",
            HandCms.right().signers(2),
            "signature-malformed FORMAT_FAILURE 2 SignerInfos"),
        fails(
            "no signer",
            HandCms.right().signers(0),
            "signature-malformed FORMAT_FAILURE 0 SignerInfos"),
        fails(
            "content within",
            HandCms.right().attached(),
            "signature-malformed FORMAT_FAILURE the signature is not detached"),
        fails(
            "no certificate",
            HandCms.right().carrying(Hand.ISSUER),
            "signing-certificate-unknown NO_SIGNING_CERTIFICATE_FOUND the signature does not carry its certificate"),
        new Case(
            "no signing-certificate-v2",
            HandCms.right().naming(null),
            true,
            "signing-certificate-unknown NO_SIGNING_CERTIFICATE_FOUND no signing-certificate-v2"),
        fails(
            "a twin named",
            HandCms.right().naming(twin).carrying(twin, Hand.SEAL),
            "signature-malformed NO_SIGNING_CERTIFICATE_FOUND signing-certificate-v2 names another certificate"),
        fails(
            "a certificate named that is not there",
            HandCms.right().naming(twin),
            "signature-malformed NO_SIGNING_CERTIFICATE_FOUND signing-certificate-v2 names another certificate"),
        fails(
            "named by an unknown digest",
            HandCms.right().namedBy("2.999.2"),
            "signature-malformed NO_SIGNING_CERTIFICATE_FOUND signing-certificate-v2 names another certificate"),
        fails(
            "named by SHA-384 wrongly",
            HandCms.right().namedBy("2.16.840.1.101.3.4.2.2"),
            "signature-malformed NO_SIGNING_CERTIFICATE_FOUND signing-certificate-v2 names another certificate"));
  }

  @ParameterizedTest
  @MethodSource("signatures")
  @DisplayName("署名した人の証明書と値と要約値が合わなければ、理由を言う")
  void tellsWhatDoesNotHold(Case each) throws Exception {
    var judgement = new Judgement();
    var cms = judged(each.cms(), judgement);
    assertThat(
            judgement.reasons().stream()
                .map(r -> r.what() + " " + r.subIndication() + " " + r.detail())
                .toList())
        .isEqualTo(each.said().isEmpty() ? List.of() : List.of(each.said()));
    assertThat(cms.isPresent()).isEqualTo(each.held());
    cms.ifPresent(held -> {
      assertThat(held.known()).contains(held.certificate()).hasSize(2);
      assertThat(held.timestamp()).isPresent();
    });
  }

  @Test
  @DisplayName("読めない署名は形の誤り、知らない方式は判定できない")
  void tellsUnreadableFromUnknown() throws Exception {
    var judgement = new Judgement();
    assertThat(judged(covered -> HandSigned.NOTHING, judgement)).isEmpty();
    assertThat(judgement.indication()).isEqualTo(Indication.TOTAL_FAILED);
    assertThat(judgement.reasons().getFirst().what()).isEqualTo("signature-malformed");

    var unknown = new Judgement();
    assertThat(
            judged(
                covered ->
                    signedBy(HandCms.right().of(covered), "2a8648ce3d040302", "2a811ccf55018375"),
                unknown))
        .isEmpty();
    assertThat(unknown.reasons())
        .as(unknown.reasons().toString())
        .extracting(Reason::what)
        .containsExactly("weak-algorithm");
    assertThat(unknown.indication()).isEqualTo(Indication.INDETERMINATE);

    var digest = new Judgement();
    assertThat(
            judged(
                covered ->
                    replaced(
                        HandCms.right().of(covered),
                        "0609608648016503040201",
                        "060960864801650304027f"),
                digest))
        .isEmpty();
    assertThat(digest.reasons())
        .extracting(Reason::detail)
        .containsExactly("digest 2.16.840.1.101.3.4.2.127");
  }

  @Test
  @DisplayName("タイムスタンプが二つある署名は、どちらも数えない")
  void countsOneTimestampOnly() throws Exception {
    var token = HandCms.token(new byte[32], Hand.NOW, Hand.STAMPS);
    var other = HandCms.token(new byte[32], Hand.NOW.plusSeconds(1), Hand.STAMPS);
    assertThat(
            judged(HandCms.right().tokens(token, other), new Judgement()).orElseThrow().timestamp())
        .isEmpty();
    assertThat(judged(HandCms.right().stamped(null), new Judgement()).orElseThrow().timestamp())
        .isEmpty();
  }

  /** The last algorithm identifier of a CMS is its signer's. */
  private static byte[] signedBy(byte[] der, String what, String by) {
    var hex = java.util.HexFormat.of().formatHex(der);
    var at = hex.indexOf(what, hex.indexOf("06092a864886f70d010904"));
    return java.util.HexFormat.of()
        .parseHex(hex.substring(0, at) + by + hex.substring(at + what.length()));
  }

  static byte[] replaced(byte[] der, String what, String by) {
    var hex = java.util.HexFormat.of().formatHex(der);
    assertThat(hex).contains(what);
    return java.util.HexFormat.of().parseHex(hex.replace(what, by));
  }

  private static java.util.Optional<Cms> judged(HandCms cms, Judgement judgement) throws Exception {
    return judged(cms::of, judgement);
  }

  private static java.util.Optional<Cms> judged(
      java.util.function.Function<byte[], byte[]> value, Judgement judgement) throws IOException {
    var content =
        Content.of(HandSigned.filled(HandSigned.contract(HandSigned.seal("")).bytes(), value));
    try (var document = Validator.parse(content, content.length())) {
      var structure = new Structure(content, document);
      assertThat(structure.judgement().reasons()).isEmpty();
      var range = structure.placed().getFirst().range();
      return Cms.verified(range, new Digests(content, List.of(range)), judgement);
    }
  }
}
