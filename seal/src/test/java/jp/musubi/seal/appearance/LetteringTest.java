package jp.musubi.seal.appearance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jp.musubi.seal.Judges;
import jp.musubi.seal.pages.PageImages;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("文字の組み")
class LetteringTest {
  /** Debian package fonts-ipamj-mincho: 11,474 variants of the collection Moji_Joho. */
  private static final Path IPAMJ = Path.of("/usr/share/fonts/truetype/ipamj/ipamjm.ttf");

  private static final String HANYO = "\u8FBB\uDB40\uDD02";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "髙﨑 𠮷田",
        "葛\uDB40\uDD00城と葛城",
        "葛\uDB40\uDD01城",
        "辻\uDB40\uDD00辻",
        "か\u3099くふ\u3099ち（半角ｶﾞｷﾞ）",
        "\uFA19\uFA10\uF9DC",
        "上毛市長 A-1 令和8年"
      })
  @DisplayName("書いたとおりに読み取れる（PDFBoxとpdftotext）")
  void readsBackAsWritten(String text) throws Exception {
    var file = write(Imprints.NOTO, text);

    try (var document = Loader.loadPDF(file.toFile())) {
      assertThat(new PDFTextStripper().getText(document).strip()).isEqualTo(text);
    }
    var other = Judges.installed("pdftotext", "-enc", "UTF-8", file.toString(), "-");
    assertThat(other.text().strip()).isEqualTo(text);
  }

  @Test
  @DisplayName("異体字は、もとの字と違う形で描く")
  void drawsAVariantAsItself() throws Exception {
    assertThat(picture(Imprints.NOTO, Imprints.VARIANT)).isNotEqualTo(picture(Imprints.NOTO, "葛"));
    // This font says that its ordinary glyph is this variant.
    assertThat(picture(Imprints.NOTO, "邉\uDB40\uDD00")).isEqualTo(picture(Imprints.NOTO, "邉"));
  }

  @Test
  @DisplayName("書体にない異体字はもとの字で、ない文字は〓で描き、どちらも知らせる")
  void tellsWhatItCannotDraw() throws Exception {
    var unknown = "\u8FBB\uDB40\uDDEF";
    var nothing = "\uDBFF\uDFFD";
    try (var document = new PDDocument()) {
      var lettering = new Lettering(document, Imprints.NOTO);
      lettering.draw(unknown + nothing + unknown);
      assertThat(lettering.substitutions())
          .containsExactly(new Note.DrawnAsBase(unknown), new Note.NotDrawn(nothing));
    }
    assertThat(picture(Imprints.NOTO, unknown)).isEqualTo(picture(Imprints.NOTO, "\u8FBB"));
    assertThat(picture(Imprints.NOTO, nothing)).isEqualTo(picture(Imprints.NOTO, Lettering.GETA));
  }

  @Test
  @DisplayName("次の書体が持つ異体字は、その書体で描く")
  void takesAVariantFromTheNextTypeface() throws Exception {
    assumeTrue(Files.exists(IPAMJ), "fonts-ipamj-mincho is not installed: skipped");
    var both = new Typefaces(List.of(Imprints.NOTO.inOrder().getFirst(), Typeface.read(IPAMJ)));
    try (var document = new PDDocument()) {
      var lettering = new Lettering(document, both);
      var drawn = lettering.draw("\u8FBB" + HANYO);
      assertThat(drawn).extracting(Lettering.Drawn::font).containsExactly(0, 1);
      assertThat(lettering.substitutions()).isEmpty();
    }
    assertThat(picture(both, HANYO)).isNotEqualTo(picture(both, "\u8FBB"));
    try (var document = Loader.loadPDF(write(both, "\u8FBB" + HANYO + "様").toFile())) {
      assertThat(new PDFTextStripper().getText(document).strip()).isEqualTo("\u8FBB" + HANYO + "様");
    }
  }

  @Test
  @DisplayName("行の頭に句読点を、行の末にかぎ括弧を置かず、幅を超えない")
  void breaksLinesAsJapaneseDoes() throws IOException {
    try (var document = new PDDocument()) {
      var lettering = new Lettering(document, Imprints.NOTO);

      assertThat(lettering.wrap("あいうえお、かき", 10, 50)).containsExactly("あいうえ", "お、かき");
      assertThat(lettering.wrap("あいうえ「かき」", 10, 50)).containsExactly("あいうえ", "「かき」");
      assertThat(lettering.wrap(Imprints.VARIANT.repeat(3), 10, 20))
          .containsExactly(Imprints.VARIANT.repeat(2), Imprints.VARIANT);
      assertThat(lettering.wrap("", 10, 50)).containsExactly("");
    }
  }

  @Test
  @DisplayName("分けた文字をつなげれば元の文になる")
  void cutsBetweenLettersOnly() {
    var text = "葛\uDB40\uDD00城𠮷か\u3099\uDB40\uDD00e\u0301";
    assertThat(Letters.of(text))
        .containsExactly("葛\uDB40\uDD00", "城", "𠮷", "か\u3099", "\uDB40\uDD00", "e\u0301");
    assertThat(String.join("", Letters.of(text))).isEqualTo(text);
    assertThat(Letters.base("か\u3099")).isEqualTo('が');
    assertThat(Letters.base("\uFA19")).isEqualTo(0xFA19);
  }

  @Test
  @DisplayName("書体でないものや、表の外を指す書体を断る")
  void refusesWhatIsNoFont() {
    assertThatThrownBy(() -> Typeface.read(new byte[] {1, 2, 3}))
        .isInstanceOf(IllegalArgumentException.class);
    var cmap = new byte[30];
    cmap[3] = 1;
    cmap[7] = 5;
    cmap[11] = 12;
    cmap[13] = 14;
    cmap[18] = 100;
    assertThatThrownBy(() -> VariationSequences.read(cmap))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private byte[] picture(Typefaces typefaces, String text) throws IOException {
    return PageImages.render(write(typefaces, text), 1, 800);
  }

  private Path write(Typefaces typefaces, String text) throws IOException {
    var file = Files.createTempFile(folder, "text", ".pdf");
    try (var document = new PDDocument()) {
      var page = new PDPage(new PDRectangle(300, 60));
      document.addPage(page);
      var lettering = new Lettering(document, typefaces);
      var canvas = new Canvas().text(lettering, 24, 10, 20, Ink.of(0), text);
      var content = document.getDocument().createCOSStream();
      canvas.writeTo(content);
      page.getCOSObject().setItem(COSName.CONTENTS, content);
      page.getCOSObject().setItem(COSName.RESOURCES, canvas.resources());
      lettering.finish();
      document.save(file.toFile());
    }
    return file;
  }
}
