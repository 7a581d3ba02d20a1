package jp.musubi.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.MultiFormatReader;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.musubi.seal.Preparation;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.SignatureField;
import jp.musubi.seal.appearance.Imprint;
import jp.musubi.seal.appearance.Imprinting;
import jp.musubi.seal.appearance.Place;
import jp.musubi.seal.appearance.Typeface;
import jp.musubi.seal.appearance.Typefaces;
import jp.musubi.seal.appearance.VisibleSeal;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

@DisplayName("締結証明書は")
class CertificatePdfTest {
  @TempDir Path folder;

  @Test
  @DisplayName("法が求める事実をすべて日本語で載せる")
  void statesEveryFact() throws IOException {
    var text = text(certificate(true));

    assertThat(text)
        .contains("締結証明書", "R8-000012", "市道1024号線", "工事請負契約書.pdf")
        .contains("上毛市長", "見本 太郎", "例田 一郎", "代表取締役")
        .contains("令和8年11月24日（2026年11月24日） 10:00:05（日本時間）")
        .contains("登録のメールアドレスに届いたリンクとメールとは別の方法で伝えたアクセスコード")
        .contains("水準L2", "水準L3", "192.0.2.15", "198.51.100.7", "ichiro@kensetsu.example")
        .contains("1a2b3c", "4d5e6f", "777", "PAdES-BASELINE-LTA")
        .contains(Sha256.of(new byte[] {2}).hex());
  }

  @Test
  @DisplayName("原本照合のページの場所を、文字とQRコードで示す")
  void leadsToTheOriginalCheck() throws IOException, NotFoundException {
    var certificate = certificate(true);
    var file = folder.resolve("code.pdf");
    CertificatePdf.write(certificate, Instant.parse("2026-11-24T01:00:09Z"), file);
    assertThat(text(certificate)).contains("原本照合のページ", "https://keiyaku.musubi.example/verify");
    try (var document = Loader.loadPDF(file.toFile())) {
      var last = document.getNumberOfPages() - 1;
      var image = new PDFRenderer(document).renderImageWithDPI(last, 150);
      var pixels =
          image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
      var source = new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels);
      var read =
          new MultiFormatReader()
              .decode(
                  new BinaryBitmap(new HybridBinarizer(source)),
                  Map.of(
                      DecodeHintType.TRY_HARDER,
                      true,
                      DecodeHintType.POSSIBLE_FORMATS,
                      List.of(BarcodeFormat.QR_CODE)));
      assertThat(read.getText()).isEqualTo(certificate.originalCheck().toString());
    }
  }

  @Test
  @DisplayName("試用の署名なら試用と大きく書き、本番なら書かない")
  void saysTrialOnlyOfATrial() throws IOException {
    assertThat(text(certificate(true))).contains("試用", "法的な効力はありません");
    assertThat(text(certificate(false))).doesNotContain("試用");
  }

  @Test
  @DisplayName("相手方の控えではほかの人の接続元を伏せる")
  void masksTheAddressesOfOthers() throws IOException {
    var text = text(certificate(false).withMasked(Set.of(0, 2)));

    assertThat(text).contains("192.0.2.***", "198.51.100.7", "ichiro@kensetsu.example", "伏せています");
    assertThat(text).doesNotContain("192.0.2.15");
  }

  @Test
  @DisplayName("IPv6とメールアドレスも伏せられる")
  void masksOtherKindsOfAddresses() {
    assertThat(Certificate.maskAddress("2001:db8:1:2::3")).isEqualTo("2001:db8:***");
    assertThat(Certificate.maskAddress("::1")).isEqualTo("::***");
    assertThat(Certificate.maskMail("hanako@example.jp")).isEqualTo("h***@example.jp");
  }

  @Test
  @DisplayName("だれがだれの代理として、どの委任状で同意したかを書き、受任者でない方が同意したらそう書く")
  void saysByWhichMandateSomebodySigned() throws IOException {
    var plain = certificate(false);
    var paper = Sha256.of(new byte[] {9});
    assertThat(text(acting(plain, "例田 一郎", paper)).replaceAll("\\s", ""))
        .contains("代表取締役例田太郎から高崎支店支店長例田一郎への委任", "契約の締結。すべての種別", "総委第12号（令和8年3月20日", paper.hex())
        .doesNotContain("同意したのは");
    assertThat(text(acting(plain, "例田 次郎", paper)).replaceAll("\\s", ""))
        .contains("受任者は高崎支店支店長例田次郎ですが、同意したのは例田一郎です");
  }

  private static Certificate acting(Certificate plain, String agent, Sha256 paper) {
    return new Certificate(
        plain.body(),
        plain.number(),
        plain.title(),
        plain.fileName(),
        plain.pages(),
        plain.contractDate(),
        plain.shown(),
        plain.concluded(),
        plain.concludedAt(),
        plain.archiveTimestampSerial(),
        plain.signers(),
        plain.originalCheck(),
        plain.trial(),
        plain.masked(),
        plain.papers(),
        plain.filled(),
        List.of(
            new Certificate.Mandate(
                1,
                "代表取締役 例田 太郎",
                "高崎支店 支店長 " + agent,
                "契約の締結。すべての種別",
                LocalDate.of(2026, 4, 1),
                LocalDate.of(2027, 3, 31),
                "総委第12号",
                LocalDate.of(2026, 3, 20),
                paper)));
  }

  @Test
  @DisplayName("書体にない文字は〓にして落ちない")
  void drawsWhatTheFontsLackAsGeta() throws IOException {
    var odd = certificate(false);
    var signer = odd.signers().getFirst();
    var file = folder.resolve("odd.pdf");
    CertificatePdf.write(
        new Certificate(
            "上毛市",
            odd.number(),
            "葛\uDB40\uDD00城と\uDBFF\uDFFD橋\r\n",
            odd.fileName(),
            3,
            odd.contractDate(),
            odd.shown(),
            odd.concluded(),
            odd.concludedAt(),
            "777",
            List.of(signer),
            odd.originalCheck(),
            false,
            false,
            List.of(),
            List.of(),
            List.of()),
        Instant.EPOCH,
        file);

    try (var document = Loader.loadPDF(file.toFile())) {
      assertThat(new PDFTextStripper().getText(document))
          .contains("葛\uDB40\uDD00城と〓橋")
          .contains("文字の表示について", "U+10FFFD");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2u", "ua1"})
  @DisplayName("veraPDFがPDF/A-2uともPDF/UA-1とも認める")
  void isWhatItClaimsToBe(String flavour) throws Exception {
    var file = folder.resolve("certificate.pdf");
    CertificatePdf.write(certificate(true), Instant.parse("2026-11-24T01:00:09Z"), file);

    assertThat(complaints(file, flavour)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2u", "ua1"})
  @DisplayName("封緘のための準備をしたあともそうである")
  void staysSoWhenPreparedForItsSeal(String flavour) throws Exception {
    var file = folder.resolve("certificate.pdf");
    var prepared = folder.resolve("prepared.pdf");
    CertificatePdf.write(certificate(true), Instant.parse("2026-11-24T01:00:09Z"), file);

    var outcome =
        Preparation.prepare(
            file,
            prepared,
            List.of(
                new SignatureField("musubi-certificate"),
                new SignatureField(
                    "musubi-seen",
                    new VisibleSeal(
                        new Imprint.Words(List.of("上毛市長　髙﨑 𠮷")), new Place(1, 360, 20, 180, 30)))),
            Typefaces.of(typeface()));
    assertThat(outcome).isInstanceOf(Imprinting.Done.class);

    assertThat(complaints(prepared, flavour)).isEmpty();
  }

  private static Typeface typeface() throws IOException {
    try (var file = CertificatePdfTest.class.getResourceAsStream("/fonts/NotoSansJP-Bold.ttf")) {
      return Typeface.read(file.readAllBytes());
    }
  }

  private static List<String> complaints(Path pdf, String flavour) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    var chosen = PDFAFlavour.fromString(flavour);
    try (var parser = Foundries.defaultInstance().createParser(pdf.toFile(), chosen);
        var validator = Foundries.defaultInstance().createValidator(chosen, false)) {
      var result = validator.validate(parser);
      assertThat(result.getTotalAssertions()).isPositive();
      return result.getTestAssertions().stream()
          .filter(each -> each.getStatus() == TestAssertion.Status.FAILED)
          .map(each -> each.getRuleId().getClause() + " " + each.getMessage())
          .distinct()
          .toList();
    }
  }

  @Test
  @DisplayName("タグ付きで、言語と題名を持ち、書体を埋め込む")
  void isAccessible() throws IOException {
    var file = folder.resolve("certificate.pdf");
    CertificatePdf.write(certificate(true), Instant.parse("2026-11-24T01:00:09Z"), file);

    try (var document = Loader.loadPDF(file.toFile())) {
      var catalog = document.getDocumentCatalog();
      assertThat(catalog.getLanguage()).isEqualTo("ja-JP");
      assertThat(catalog.getMarkInfo().isMarked()).isTrue();
      assertThat(catalog.getStructureTreeRoot().getKids()).isNotEmpty();
      assertThat(document.getDocumentInformation().getTitle()).startsWith("締結証明書 R8-000012");
      for (var page : document.getPages()) {
        for (var name : page.getResources().getFontNames()) {
          assertThat(page.getResources().getFont(name)).isInstanceOf(PDType0Font.class);
          assertThat(page.getResources().getFont(name).isEmbedded()).isTrue();
        }
      }
    }
    assertThat(file.toFile().length()).isLessThan(400_000);
  }

  private String text(Certificate certificate) throws IOException {
    var file = folder.resolve("text.pdf");
    CertificatePdf.write(certificate, Instant.parse("2026-11-24T01:00:09Z"), file);
    try (var document = Loader.loadPDF(file.toFile())) {
      return new PDFTextStripper().getText(document).replaceAll("\\R", "");
    }
  }

  private static Certificate certificate(boolean trial) {
    return new Certificate(
        "上毛市",
        "R8-000012",
        "市道1024号線 舗装修繕工事",
        "工事請負契約書.pdf",
        3,
        Optional.of(LocalDate.of(2026, 12, 4)),
        Sha256.of(new byte[] {1}),
        Sha256.of(new byte[] {2}),
        Instant.parse("2026-11-24T01:00:05Z"),
        "777",
        List.of(
            signer(0, "SENDER", "上毛市 建設部", "主事", "見本 花子", "PASSWORD", "L3", "192.0.2.15"),
            signer(
                1,
                "COUNTERPARTY",
                "株式会社 見本建設",
                "代表取締役",
                "例田 一郎",
                "MAIL_LINK+ACCESS_CODE",
                "L2",
                "198.51.100.7"),
            signer(2, "OFFICE", "上毛市", "上毛市長", "見本 太郎", "PASSWORD", "L3", "192.0.2.16")),
        java.net.URI.create("https://keiyaku.musubi.example/verify?body=102024&number=R8-000012"),
        trial,
        false,
        List.of(),
        List.of(),
        List.of());
  }

  private static Certificate.Signer signer(
      int ordinal,
      String role,
      String organisation,
      String title,
      String name,
      String authentication,
      String level,
      String ip) {
    return new Certificate.Signer(
        ordinal,
        role,
        organisation,
        title,
        name,
        role.equals("COUNTERPARTY") ? Optional.of("ichiro@kensetsu.example") : Optional.empty(),
        authentication,
        level,
        "この契約書の内容を確認し、同意して電子署名します。",
        Instant.parse("2026-11-24T01:00:00Z").plusSeconds(ordinal),
        ip,
        Sha256.of(new byte[] {1}),
        Instant.parse("2026-11-24T01:00:03Z").plusSeconds(ordinal),
        "1a2b3c",
        "4d5e6f");
  }
}
