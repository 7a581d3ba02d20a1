package jp.musubi.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;
import jp.musubi.seal.key.KeyStoreSealKey;
import jp.musubi.seal.key.RsaPadding;
import jp.musubi.seal.remote.HttpTimestampAuthority;
import jp.musubi.testkit.KeyKind;
import jp.musubi.testkit.PkiServer;
import org.apache.pdfbox.Loader;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cms.CMSSignedData;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("RSASSA-PSSの署名と、SHA-512のタイムスタンプ")
class PssSealTest {
  @TempDir Path directory;

  @Test
  @DisplayName("自らも、EU DSS・pdfsig も認める")
  void satisfiesEveryValidator() throws Exception {
    try (var sealery = Sealery.open(directory, KeyKind.RSA_3072)) {
      var pki = sealery.server().pki();
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "seal", pki.sealKey(), new char[0], pki.sealPath().toArray(Certificate[]::new));
      var authority =
          new HttpTimestampAuthority(
              pki.tsaUrl(),
              ImprintAlgorithm.SHA_512,
              List.of(PkiServer.TSA_POLICY),
              pki.trustAnchors(),
              Optional.of(sealery.revocations(Sealery.DEADLINE)),
              Sealery.CLOCK,
              Sealery.DEADLINE);
      var engine =
          new SealEngine(
              KeyStoreSealKey.of(store, "seal", new char[0], RsaPadding.PSS),
              authority,
              sealery.revocations(Sealery.DEADLINE),
              pki.sealPath());
      var sealed = directory.resolve("sealed.pdf");
      var archived = directory.resolve("archived.pdf");
      engine.seal(sealery.prepared(), sealed, Sealery.request(1));
      engine.archive(sealed, archived);

      assertThat(signatureAlgorithm(archived))
          .isEqualTo(PKCSObjectIdentifiers.id_RSASSA_PSS.getId());
      Judged.valid(sealery, archived, 1, 1);
      var root = Files.writeString(directory.resolve("root.pem"), pki.rootPem());
      var pdfsig = Judges.installed("pdfsig", "-nocert", archived.toString());
      assertThat(pdfsig.text())
          .contains("Signature is Valid")
          .doesNotContain("Signature is Invalid");
      var dss = Judges.dss(root, archived);
      assertThat(dss.exit()).as(dss.text()).isZero();
      assertThat(dss.text()).contains("TOTAL_PASSED", "PAdES-BASELINE-LTA");
    }
  }

  private static String signatureAlgorithm(Path file) throws Exception {
    try (var document = Loader.loadPDF(file.toFile())) {
      var first = document.getSignatureDictionaries().getFirst();
      return new CMSSignedData(new ByteArrayInputStream(first.getContents()))
          .getSignerInfos()
          .iterator()
          .next()
          .getEncryptionAlgOID();
    }
  }
}
