package jp.musubi.seal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import jp.musubi.testkit.KeyKind;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("他の道具が書いたファイルへの押印")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForeignFilesTest {
  private Path directory;
  private Sealery sealery;
  private SealEngine engine;
  private Path prepared;

  @BeforeAll
  void prepare(@TempDir Path shared) throws Exception {
    directory = shared;
    sealery = Sealery.open(directory, KeyKind.P_256);
    engine = sealery.engine();
    prepared = sealery.prepared();
  }

  @AfterAll
  void close() {
    sealery.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--object-streams=generate",
        "--object-streams=disable",
        "--linearize",
        "--linearize --object-streams=generate",
        "--qdf"
      })
  @DisplayName("相互参照ストリーム、オブジェクトストリーム、線形化のいずれにも、同じ形で追記する")
  void goesOnInTheFormTheFileHas(String options) throws Exception {
    assumeTrue(Judges.has("qpdf"), "qpdf is not installed");
    var foreign = directory.resolve("foreign" + options.hashCode() + ".pdf");
    var command = new java.util.ArrayList<>(Arrays.asList(options.split(" ")));
    command.add(prepared.toString());
    command.add(foreign.toString());
    Judges.installed("qpdf", command.toArray(String[]::new));

    assertSealsTwiceAndRenews(foreign);
  }

  static Stream<String> ends() {
    return Stream.of("%%EOF", "%%EOF\n", "%%EOF\r", "%%EOF\r\n");
  }

  @ParameterizedTest
  @MethodSource("ends")
  @DisplayName("行末がどうであれ、前のバイトを変えずに追記する")
  void appendsAfterAnyEndOfLine(String end) throws Exception {
    var text = Files.readString(prepared, ISO_8859_1).stripTrailing();
    var foreign = directory.resolve("end" + end.hashCode() + ".pdf");
    Files.writeString(foreign, text.substring(0, text.length() - 5) + end, ISO_8859_1);

    assertSealsTwiceAndRenews(foreign);
  }

  @Test
  @DisplayName("署名欄の旗がなければ立て、直接置かれたフォームでも押印する")
  void setsTheSignatureFlags() throws Exception {
    for (var indirect : new boolean[] {true, false}) {
      var foreign = directory.resolve("flags-" + indirect + ".pdf");
      try (var document = Loader.loadPDF(prepared.toFile())) {
        var form = document.getDocumentCatalog().getAcroForm(null).getCOSObject();
        form.removeItem(org.apache.pdfbox.cos.COSName.SIG_FLAGS);
        form.setDirect(!indirect);
        document.save(
            foreign.toFile(),
            org.apache.pdfbox.pdfwriter.compress.CompressParameters.NO_COMPRESSION);
      }

      assertSealsTwiceAndRenews(foreign);

      try (var document =
          Loader.loadPDF(directory.resolve("renewed-" + foreign.getFileName()).toFile())) {
        var form = document.getDocumentCatalog().getAcroForm(null);
        assertThat(form.isSignaturesExist()).isTrue();
        assertThat(form.isAppendOnly()).isTrue();
      }
    }
  }

  @Test
  @DisplayName("読み手が推し量るしかないファイルには、理由を言って押印しない")
  void refusesWhatAReaderWouldHaveToGuess() throws Exception {
    var good = Files.readString(prepared, ISO_8859_1);
    assertUnsealable(good + "and more", "end");
    assertUnsealable("more and " + good, "begin");
    assertUnsealable(good.substring(0, good.length() - 40), "end");
    assertUnsealable(good.substring(0, good.length() / 2) + "\nstartxref\n7\n%%EOF\n", "");
    assertUnsealable(good.replaceFirst("startxref\\s+\\d+", "startxref\n999999999"), "");
    assertUnsealable(good.replace("/AcroForm", "/AcroFarm"), "no form");
    assertUnsealable(good.replace("/Root", "/Rout"), "");
    assertUnsealable("", "");
    assertUnsealable("%PDF-1.7\n%%EOF\n", "end");

    var encrypted = directory.resolve("encrypted.pdf");
    try (var document = Loader.loadPDF(prepared.toFile())) {
      var policy = new StandardProtectionPolicy("owner", "", new AccessPermission());
      policy.setEncryptionKeyLength(128);
      document.protect(policy);
      document.save(encrypted.toFile());
    }
    assertUnsealable(Files.readString(encrypted, ISO_8859_1), "encrypted");
  }

  private void assertUnsealable(String pdf, String why) throws IOException {
    var bad = Files.writeString(directory.resolve("bad.pdf"), pdf, ISO_8859_1);
    var target = directory.resolve("never.pdf");

    var refused =
        catchThrowableOfType(
            UnsealablePdf.class, () -> engine.seal(bad, target, Sealery.request(1)));

    assertThat(refused).as(why).isNotNull();
    var cause = refused.getCause();
    assertThat(refused.getMessage() + (cause == null ? "" : cause.getMessage())).contains(why);
    assertThat(target).doesNotExist();
  }

  private void assertSealsTwiceAndRenews(Path foreign) throws IOException {
    var name = foreign.getFileName();
    var first = directory.resolve("first-" + name);
    var second = directory.resolve("second-" + name);
    var archived = directory.resolve("archived-" + name);
    var renewed = directory.resolve("renewed-" + name);
    engine.seal(foreign, first, Sealery.request(1));
    engine.seal(first, second, Sealery.request(2));
    engine.archive(second, archived);
    engine.renew(archived, renewed);

    assertThat(Arrays.mismatch(Files.readAllBytes(foreign), Files.readAllBytes(renewed)))
        .isEqualTo((int) Files.size(foreign));
    Judged.valid(sealery, renewed, 2, 2);
  }
}
