package jp.musubi.seal.appearance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import jp.musubi.seal.Preparation;
import jp.musubi.seal.Sealery;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.SignatureField;
import jp.musubi.seal.pages.PageImages;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("印を描くとき")
class ImprinterTest {
  private static final Imprint WORDS = new Imprint.Words(Imprints.LINES);
  private static final Imprint PICTURE = new Imprint.Picture(Imprints.seal(), "上毛市長之印");

  @TempDir Path folder;
  private Path drawn;
  private Path target;

  @BeforeEach
  void draw() throws IOException {
    drawn = folder.resolve("drawn.pdf");
    target = folder.resolve("target.pdf");
    Sealery.draw(drawn);
  }

  @ParameterizedTest(name = "{0}度、UserUnit {1}")
  @CsvSource({"0,1", "90,1", "180,1", "270,1", "-90,1", "0,2", "90,2"})
  @DisplayName("回転・切り抜き・単位のあるページでも、見たままの場所に、正しい向きで描く")
  void standsUprightWhereThePersonMeant(int rotation, float unit) throws IOException {
    try (var document = new PDDocument()) {
      var page = new PDPage(new PDRectangle(600, 400));
      page.setCropBox(new PDRectangle(50, 30, 400, 300));
      page.setRotation(rotation);
      page.setUserUnit(unit);
      document.addPage(page);
      document.save(drawn.toFile());
    }
    var outcome =
        prepare(new SignatureField("a", new VisibleSeal(PICTURE, new Place(1, 20, 40, 60, 90))));
    assertThat(outcome).isInstanceOf(Imprinting.Done.class);

    try (var document = Loader.loadPDF(target.toFile())) {
      var shown = Place.shown(document.getPage(0));
      assertThat(shown.getWidth())
          .isEqualTo((Math.floorMod(rotation, 180) == 0 ? 400 : 300) * unit);
      var image =
          ImageIO.read(
              new ByteArrayInputStream(PageImages.render(target, 1, Math.round(shown.getWidth()))));
      // The seal is 60 points wide and stands in the middle of 90.
      assertThat(new Rectangle(21, 56, 58, 58).contains(inked(image))).isTrue();
      assertThat(inked(image).width).isBetween(55, 58);
      assertThat(inked(image).height).isBetween(55, 58);
      // Its horizontal stroke is above the middle.
      assertThat(image.getRGB(20 + 18, 55 + 22) & 0xFF).isLessThan(0x80);
      assertThat(image.getRGB(20 + 18, 55 + 38) & 0xFF).isGreaterThan(0xF0);
    }
  }

  @ParameterizedTest
  @EnumSource(Position.class)
  @DisplayName("九つの位置のどれもページに収まる")
  void hasNinePlacesOnAPage(Position position) {
    var place = Place.at(position, 1, PDRectangle.A4, 180, 60, 36);

    assertThat(place.refusedBy(new PDPage(PDRectangle.A4))).isEmpty();
    assertThat(place.left()).isGreaterThanOrEqualTo(36);
    assertThat(place.top() + 60).isLessThanOrEqualTo(PDRectangle.A4.getHeight() - 35.9f);
  }

  @Test
  @DisplayName("本文と重なれば描いたうえで知らせる")
  void tellsThatItCoversContent() throws IOException {
    // The line of text begins at 60 points, about 100 below the upper edge.
    var done = done(field("a", WORDS, new Place(1, 55, 85, 180, 60)));

    assertThat(done.imprints().getFirst().notes())
        .singleElement()
        .isInstanceOfSatisfying(
            Note.CoversContent.class, note -> assertThat(note.permille()).isBetween(10, 300));
    assertThat(
            done(field("a", WORDS, new Place(1, 55, 300, 180, 60))).imprints().getFirst().notes())
        .isEmpty();
  }

  @Test
  @DisplayName("できないことは理由を返し、ファイルを書かない")
  void refusesWithAReason() throws IOException {
    refused(new ImprintRefusal.NoSuchPage(3, 2), field("a", WORDS, new Place(3, 0, 0, 180, 60)));
    refused(
        new ImprintRefusal.OutsideThePage(PDRectangle.A4.getWidth(), PDRectangle.A4.getHeight()),
        field("a", WORDS, new Place(1, 500, 0, 180, 60)));
    refused(new ImprintRefusal.UnfitSize(11, 60), field("a", WORDS, new Place(1, 0, 0, 11, 60)));
    refused(
        new ImprintRefusal.UnfitSize(180, 321), field("a", WORDS, new Place(1, 0, 0, 180, 321)));
    refused(
        new ImprintRefusal.OverAnotherSeal("a"),
        field("a", WORDS, new Place(1, 100, 300, 180, 60)),
        field("b", PICTURE, new Place(1, 270, 350, 60, 60)));
    refused(
        new ImprintRefusal.TextDoesNotFit(5),
        field("a", new Imprint.Words(List.of("あ".repeat(200))), new Place(1, 0, 0, 60, 40)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "上毛市\u202E長", "a\u0000", "\uD842", "上毛\n市"})
  @DisplayName("空の行や、読む人を惑わす文字を断る")
  void refusesUnfitText(String line) {
    refused(
        new ImprintRefusal.UnfitText(),
        field("a", new Imprint.Words(List.of(line)), new Place(1, 0, 0, 180, 60)));
  }

  @Test
  @DisplayName("画像でないもの、壊れた画像、大きすぎる画像を断る")
  void refusesUnfitImages() {
    var place = new Place(1, 0, 0, 60, 60);
    refused(new ImprintRefusal.UnreadableImage(), picture(new byte[] {1, 2, 3}, place));
    refused(
        new ImprintRefusal.UnreadableImage(), picture("%PDF-1.7 GIF89a".getBytes(US_ASCII), place));
    refused(
        new ImprintRefusal.ImageTooLarge(ImageFile.MOST_BYTES, ImageFile.MOST_PIXELS),
        picture(new byte[ImageFile.MOST_BYTES + 1], place));
    refused(
        new ImprintRefusal.ImageTooLarge(ImageFile.MOST_BYTES, ImageFile.MOST_PIXELS),
        new SignatureField(
            "a", new VisibleSeal(new Imprint.Picture(Imprints.blank(2001, 2000), "印"), place)));
  }

  @Test
  @DisplayName("JPEGも、透明のないPNGも描く")
  void drawsOtherImages() throws IOException {
    for (var file :
        List.of(
            Imprints.seal(BufferedImage.TYPE_INT_RGB, "jpg"),
            Imprints.seal(BufferedImage.TYPE_INT_RGB, "png"),
            Imprints.seal(BufferedImage.TYPE_BYTE_INDEXED, "png"))) {
      done(field("a", new Imprint.Picture(file, "印"), new Place(1, 100, 300, 60, 60)));
      assertThat(read(target, 130, 300 + 22)).isNotEqualTo(0xFFFFFF);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.1 0 0 0.1 5 5 cm",
        "q 2 0 0 2 0 0 cm",
        "Q Q 3 0 0 3 9 9 cm q",
        "Q q Q Q q q 2 0 0 2 9 9 cm"
      })
  @DisplayName("本文が座標や状態を戻さずに終わっていても、場所はずれない")
  void isNotLedAstrayByTheContent(String content) throws IOException {
    try (var document = new PDDocument()) {
      var page = new PDPage(PDRectangle.A4);
      var stream = document.getDocument().createCOSStream();
      try (var out = stream.createOutputStream()) {
        out.write(content.getBytes(US_ASCII));
      }
      page.getCOSObject().setItem(COSName.CONTENTS, stream);
      document.addPage(page);
      document.save(drawn.toFile());
    }
    done(field("a", PICTURE, new Place(1, 100, 300, 60, 60)));

    assertThat(read(target, 130, 300 + 22)).isNotEqualTo(0xFFFFFF);
    assertThat(
            inked(ImageIO.read(new ByteArrayInputStream(PageImages.render(target, 1, 595)))).width)
        .isBetween(54, 59);
  }

  @Test
  @DisplayName("同じ画像は一度だけ入れる")
  void embedsAnImageOnce() throws IOException {
    done(
        field("a", PICTURE, new Place(1, 100, 300, 60, 60)),
        field("b", new Imprint.Picture(Imprints.seal(), "印"), new Place(2, 100, 300, 60, 60)));

    try (var document = Loader.loadPDF(target.toFile())) {
      // The picture and its soft mask.
      assertThat(
              document.getDocument().getObjectsByType(COSName.XOBJECT).stream()
                  .filter(each ->
                      each.getObject() instanceof org.apache.pdfbox.cos.COSStream stream
                          && COSName.IMAGE.equals(stream.getCOSName(COSName.SUBTYPE))))
          .hasSize(2);
    }
  }

  @Test
  @DisplayName("長い名前は縮め、折り返し、切らない")
  void neverClipsALongName() throws IOException {
    var name = "榛名広域組合立見本総合福祉センター指定管理者代表者　髙﨑 𠮷太郎" + Imprints.VARIANT;
    var place = new Place(1, 100, 300, 120, 40);
    var done = done(field("a", new Imprint.Words(List.of(name)), place));

    assertThat(done.imprints().getFirst().notes()).contains(new Note.Shrunk(7.5f));
    try (var document = Loader.loadPDF(target.toFile())) {
      var form =
          (PDFormXObject)
              document.getPage(0).getResources().getXObject(COSName.getPDFName("Seal-a"));
      assertThat(text(form)).isEqualTo(name);
    }
    var image = ImageIO.read(new ByteArrayInputStream(PageImages.render(target, 1, 1190)));
    // Nothing but the frame touches the edge.
    for (var x = 206; x < 434; x++) {
      assertThat(image.getRGB(x, 604) & 0xFFFFFF).isEqualTo(0xFFFFFF);
      assertThat(image.getRGB(x, 674) & 0xFFFFFF).isEqualTo(0xFFFFFF);
    }
  }

  @Test
  @DisplayName("同じ入力からは同じバイト列になる")
  void isReproducible() throws IOException {
    var fields =
        new SignatureField[] {
          field("a", WORDS, new Place(1, 100, 300, 180, 60)),
          field("b", PICTURE, new Place(2, 100, 300, 60, 60))
        };
    done(fields);
    var first = Sha256.of(target);
    done(fields);

    assertThat(Sha256.of(target)).isEqualTo(first);
  }

  @Test
  @DisplayName("断りと知らせには日本語と英語の文がある")
  void saysItInWords() {
    assertThat(ImprintMessages.of(new ImprintRefusal.NoSuchPage(3, 2), Locale.JAPAN))
        .isEqualTo("3ページはありません（全2ページ）。ページを選び直してください。");
    assertThat(
            ImprintMessages.of(new ImprintRefusal.OutsideThePage(595.28f, 841.89f), Locale.JAPAN))
        .contains("横210mm、縦297mm");
    for (var locale : List.of(Locale.JAPAN, Locale.ENGLISH)) {
      for (var note :
          List.of(
              new Note.DrawnAsBase("葛"),
              new Note.NotDrawn("葛"),
              new Note.CoversContent(15),
              new Note.Shrunk(6.5f),
              new Note.EdgeHardened())) {
        assertThat(ImprintMessages.of(note, locale)).isNotBlank().doesNotContain("{", "''");
      }
      for (var refusal :
          List.of(
              new ImprintRefusal.UnfitSize(1, 1),
              new ImprintRefusal.OverAnotherSeal("a"),
              new ImprintRefusal.TextDoesNotFit(5),
              new ImprintRefusal.UnfitText(),
              new ImprintRefusal.UnreadableImage(),
              new ImprintRefusal.ImageTooLarge(5_000_000, 4_000_000))) {
        assertThat(ImprintMessages.of(refusal, locale)).isNotBlank().doesNotContain("{", "''");
      }
    }
  }

  private Imprinting prepare(SignatureField... fields) {
    return Preparation.prepare(drawn, target, List.of(fields), Imprints.NOTO);
  }

  private Imprinting.Done done(SignatureField... fields) {
    return (Imprinting.Done) prepare(fields);
  }

  private void refused(ImprintRefusal reason, SignatureField... fields) {
    assertThat(prepare(fields))
        .isEqualTo(new Imprinting.Refused(fields[fields.length - 1].name(), reason));
    assertThat(target).doesNotExist();
  }

  private static SignatureField field(String name, Imprint imprint, Place place) {
    return new SignatureField(name, new VisibleSeal(imprint, place));
  }

  private static SignatureField picture(byte[] file, Place place) {
    return field("a", new Imprint.Picture(ImageFile.of(file), "印"), place);
  }

  private static int read(Path pdf, int x, int y) throws IOException {
    var image = ImageIO.read(new ByteArrayInputStream(PageImages.render(pdf, 1, 595)));
    return image.getRGB(x, y) & 0xFFFFFF;
  }

  private static Rectangle inked(BufferedImage image) {
    var found = new Rectangle(-1, -1);
    for (var y = 0; y < image.getHeight(); y++) {
      for (var x = 0; x < image.getWidth(); x++) {
        if ((image.getRGB(x, y) & 0xFF) < 0x80) {
          found.add(x, y);
          found.add(x + 1, y + 1);
        }
      }
    }
    return found;
  }

  private static String text(PDFormXObject form) throws IOException {
    try (var document = new PDDocument()) {
      var page = new PDPage(form.getBBox());
      page.setResources(form.getResources());
      page.getCOSObject().setItem(COSName.CONTENTS, form.getCOSObject());
      document.addPage(page);
      return new PDFTextStripper().getText(document).replaceAll("\\R", "");
    }
  }
}
