package jp.musubi.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jp.musubi.testkit.KeyKind;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.apache.pdfbox.pdmodel.interactive.form.PDSignatureField;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("署名の構造（ETSI EN 319 142-1）")
class SealStructureTest {
  @TempDir Path directory;

  @Test
  @DisplayName("署名辞書・署名属性・権限・保存情報が規格のとおりである")
  void isAsTheStandardSays() throws Exception {
    try (var sealery = Sealery.open(directory, KeyKind.P_256)) {
      var engine = sealery.engine();
      var sealed = directory.resolve("sealed.pdf");
      var archived = directory.resolve("archived.pdf");
      var request = Sealery.request(1);
      var result = engine.seal(sealery.prepared(), sealed, request);
      var bytes = Files.readAllBytes(sealed);

      assertThat(result.sha256()).isEqualTo(Sha256.of(bytes));
      assertThat(result.certificateSerial()).isEqualTo(engine.certificate().getSerialNumber());
      try (var document = Loader.loadPDF(bytes)) {
        var signature = document.getSignatureDictionaries().getFirst();
        assertDictionary(signature, request);
        assertRange(signature, bytes);
        assertAttributes(signature);
        assertCertified(document);
        assertThat(document.getSignatureFields()).hasSize(Sealery.FIELDS.size());
        assertThat(document.getSignatureFields()).allSatisfy(SealStructureTest::assertInvisible);
      }

      engine.archive(sealed, archived);

      try (var document = Loader.loadPDF(archived.toFile())) {
        var store = catalog(document).getCOSDictionary(COSName.getPDFName("DSS"));
        assertThat(store.containsKey(COSName.getPDFName("VRI"))).isFalse();
        // Seal, TSA and two responders; their two authorities; the root.
        assertThat(store.getCOSArray(COSName.getPDFName("Certs"))).hasSize(7);
        assertThat(store.getCOSArray(COSName.getPDFName("OCSPs"))).hasSize(2);
        assertThat(store.getCOSArray(COSName.getPDFName("CRLs"))).isNotEmpty();
        assertThat(document.getSignatureFields()).hasSize(Sealery.FIELDS.size() + 1);
        assertThat(document.getSignatureFields()).allSatisfy(SealStructureTest::assertInvisible);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  @DisplayName("鍵の入れ物が証明書を何枚持っていても同じ水準になる")
  void knowsChainsOfAnyLength(int length) throws Exception {
    try (var sealery = Sealery.open(directory, KeyKind.P_256)) {
      var path = sealery.server().pki().sealPath();
      var engine = sealery.engine(path.subList(0, length), Sealery.DEADLINE);
      var sealed = directory.resolve("sealed.pdf");
      var archived = directory.resolve("archived.pdf");
      engine.seal(sealery.prepared(), sealed, Sealery.request(1));
      engine.archive(sealed, archived);
      var root = Files.writeString(directory.resolve("root.pem"), sealery.server().pki().rootPem());

      var dss = Judges.dss(root, archived);

      assertThat(dss.exit()).as(dss.text()).isZero();
      assertThat(dss.text()).contains("TOTAL_PASSED").contains("PAdES-BASELINE-LTA");
    }
  }

  @Test
  @DisplayName("同じ入力の準備は同じバイト列になる")
  void preparesTheSameBytesAgain() throws Exception {
    var drawn = directory.resolve("drawn.pdf");
    Sealery.draw(drawn);
    Preparation.prepare(drawn, directory.resolve("a.pdf"), Sealery.FIELDS);
    Preparation.prepare(drawn, directory.resolve("b.pdf"), Sealery.FIELDS);

    assertThat(Sha256.of(directory.resolve("a.pdf")))
        .isEqualTo(Sha256.of(directory.resolve("b.pdf")));
  }

  @Test
  @DisplayName("制御文字や書字方向の文字を除き、四百字で切り、異体字は残す")
  void cleansWhatPeopleWrote() {
    var request =
        new SealRequest(
            "musubi-1",
            "葛\uDB40\uDD00城 𠮷田\u202E花子\u061C\u2028",
            "あ".repeat(500),
            "日本\r\n国",
            "窓口\u0000",
            Sealery.now(),
            false);

    assertThat(request.name()).isEqualTo("葛\uDB40\uDD00城 𠮷田 花子");
    assertThat(request.reason()).hasSize(400);
    assertThat(request.location()).doesNotContain("\r", "\n");
    assertThat(request.contactInfo()).isEqualTo("窓口");
  }

  private static void assertDictionary(PDSignature signature, SealRequest request) {
    assertThat(signature.getSubFilter()).isEqualTo("ETSI.CAdES.detached");
    assertThat(signature.getFilter()).isEqualTo("Adobe.PPKLite");
    assertThat(signature.getName()).isEqualTo(request.name());
    assertThat(signature.getReason()).isEqualTo(request.reason());
    assertThat(signature.getLocation()).isEqualTo(request.location());
    assertThat(signature.getContactInfo()).isEqualTo(request.contactInfo());
    assertThat(signature.getSignDate().toInstant()).isEqualTo(request.signingTime());
    assertThat(signature.getCOSObject().containsKey(COSName.getPDFName("Cert"))).isFalse();
    var name = (COSString) signature.getCOSObject().getDictionaryObject(COSName.NAME);
    assertThat(name.toHexString()).startsWith("FEFF");
  }

  /** All but the slot itself, up to the last byte. */
  private static void assertRange(PDSignature signature, byte[] pdf) {
    var range = signature.getByteRange();
    assertThat(range[0]).isZero();
    assertThat(range[2] + range[3]).isEqualTo(pdf.length);
    assertThat(pdf[range[1]]).isEqualTo((byte) '<');
    assertThat(pdf[range[2] - 1]).isEqualTo((byte) '>');
    var slot =
        IntStream.range(range[1] + 1, range[2] - 1)
            .mapToObj(n -> String.valueOf((char) pdf[n]))
            .collect(Collectors.joining());
    assertThat(slot).matches("[0-9A-Fa-f]+");
  }

  private static void assertAttributes(PDSignature signature) {
    var cms = SealCms.read(signature.getContents());
    assertThat(cms.getSignerInfos().size()).isEqualTo(1);
    assertThat(cms.isDetachedSignature()).isTrue();
    var signer = cms.getSignerInfos().iterator().next();
    assertThat(signer.getSignedAttributes().toASN1Structure().getAttributes())
        .extracting(Attribute::getAttrType)
        .containsExactlyInAnyOrder(
            CMSAttributes.contentType,
            CMSAttributes.messageDigest,
            PKCSObjectIdentifiers.id_aa_signingCertificateV2);
    assertThat(
            signer.getUnsignedAttributes().get(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken))
        .isNotNull();
  }

  private static void assertCertified(PDDocument document) {
    var certifying =
        catalog(document).getCOSDictionary(COSName.PERMS).getCOSDictionary(COSName.DOCMDP);
    var reference = (COSDictionary) array(certifying, "Reference").getObject(0);
    assertThat(reference.getNameAsString("TransformMethod")).isEqualTo("DocMDP");
    var parameters = reference.getCOSDictionary(COSName.getPDFName("TransformParams"));
    assertThat(parameters.getInt(COSName.P)).isEqualTo(2);
    assertThat(parameters.getNameAsString(COSName.V)).isEqualTo("1.2");
    assertThat(parameters.getNameAsString(COSName.TYPE)).isEqualTo("TransformParams");
    assertThat(document.getDocumentCatalog().getAcroForm(null).isSignaturesExist()).isTrue();
    assertThat(document.getDocumentCatalog().getAcroForm(null).isAppendOnly()).isTrue();
  }

  private static void assertInvisible(PDSignatureField field) {
    var widget = field.getWidgets().getFirst();
    assertThat(widget.getRectangle().getWidth()).isZero();
    assertThat(widget.getRectangle().getHeight()).isZero();
    assertThat(widget.isPrinted()).isTrue();
  }

  private static COSArray array(COSDictionary dictionary, String key) {
    return dictionary.getCOSArray(COSName.getPDFName(key));
  }

  private static COSDictionary catalog(PDDocument document) {
    return document.getDocumentCatalog().getCOSObject();
  }
}
