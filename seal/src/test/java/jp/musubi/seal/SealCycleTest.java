package jp.musubi.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import jp.musubi.testkit.KeyKind;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("三者の押印から長期保存まで")
class SealCycleTest {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(
      value = KeyKind.class,
      names = {"P_256", "P_384", "RSA_3072"})
  @DisplayName("前の版は次の版の先頭にそのまま残る")
  void keepsEveryEarlierByte(KeyKind kind) throws Exception {
    try (var sealery = Sealery.open(directory, kind)) {
      var engine = sealery.engine();
      var revisions = sealery.sealedThrice(engine);
      var archived = directory.resolve("archived.pdf");

      var result = engine.archive(revisions.getLast(), archived);

      assertThat(result.sha256()).isEqualTo(Sha256.of(archived));
      assertThat(result.bytes()).isEqualTo(Files.size(archived));
      var all = new ArrayList<>(revisions);
      all.add(archived);
      for (var n = 1; n < all.size(); n++) {
        var earlier = Files.readAllBytes(all.get(n - 1));
        var later = Files.readAllBytes(all.get(n));
        assertThat(later.length).isGreaterThan(earlier.length);
        assertThat(Arrays.mismatch(earlier, later)).isEqualTo(earlier.length);
      }
      assertThat(directory.resolve("archived.pdf.lt")).doesNotExist();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = KeyKind.class,
      names = {"P_256", "RSA_3072"})
  @DisplayName("qpdf・pdfsig・openssl・EU DSS のいずれも認める")
  void satisfiesOtherValidators(KeyKind kind) throws Exception {
    try (var sealery = Sealery.open(directory, kind)) {
      var archived = archive(sealery);
      var root = Files.writeString(directory.resolve("root.pem"), sealery.server().pki().rootPem());

      var qpdf = Judges.installed("qpdf", "--check", archived.toString());
      assertThat(qpdf.exit()).as(qpdf.text()).isZero();

      var pdfsig = Judges.installed("pdfsig", "-nocert", archived.toString());
      assertThat(pdfsig.text()).contains("Signature #3").doesNotContain("Signature is Invalid");
      assertThat(pdfsig.text().split("Signature is Valid", -1)).hasSizeGreaterThanOrEqualTo(4);

      var bytes = Files.readAllBytes(archived);
      var timestamp = documentTimestamp(bytes);
      var token = Files.write(directory.resolve("token.der"), timestamp.getContents(bytes));
      var stamped =
          Files.write(directory.resolve("stamped.bin"), timestamp.getSignedContent(bytes));
      var openssl =
          Judges.installed(
              "openssl",
              "ts",
              "-verify",
              "-token_in",
              "-in",
              token.toString(),
              "-data",
              stamped.toString(),
              "-CAfile",
              root.toString());
      assertThat(openssl.text()).contains("Verification: OK");

      var dss = Judges.dss(root, archived);
      assertThat(dss.exit()).as(dss.text()).isZero();
      assertThat(dss.text().split("TOTAL_PASSED", -1)).hasSize(4);
      assertThat(dss.text().split("PAdES-BASELINE-LTA", -1)).hasSize(4);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = KeyKind.class,
      names = {"P_256"})
  @DisplayName("封筒の外の一バイトでも変えれば pdfsig は認めない")
  void letsAFlippedByteBeSeen(KeyKind kind) throws Exception {
    try (var sealery = Sealery.open(directory, kind)) {
      var bytes = Files.readAllBytes(archive(sealery));
      bytes[bytes.length / 100] ^= 1;
      var bent = Files.write(directory.resolve("bent.pdf"), bytes);

      var pdfsig = Judges.installed("pdfsig", "-nocert", bent.toString());

      assertThat(pdfsig.text()).doesNotContain("Signature is Valid");
    }
  }

  private Path archive(Sealery sealery) throws Exception {
    var engine = sealery.engine();
    var archived = directory.resolve("archived.pdf");
    engine.archive(sealery.sealedThrice(engine).getLast(), archived);
    return archived;
  }

  private static PDSignature documentTimestamp(byte[] pdf) throws Exception {
    try (var document = Loader.loadPDF(pdf)) {
      var last =
          document.getSignatureDictionaries().stream()
              .max(Comparator.comparingInt(s -> s.getByteRange()[2] + s.getByteRange()[3]))
              .orElseThrow();
      assertThat(last.getSubFilter()).isEqualTo("ETSI.RFC3161");
      return last;
    }
  }
}
