package jp.musubi.seal.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.Area;
import java.awt.geom.Rectangle2D;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("見える文字")
class VisibleTextTest {
  private static final Rectangle2D PAGE = box(0, 0, 100, 100);
  private static final Rectangle2D LETTER = box(10, 10, 6, 6);
  private static final int BLACK = 0;
  private static final int WHITE = 0xffffff;

  private final VisibleText text = new VisibleText(PAGE);

  private static Rectangle2D box(double x, double y, double width, double height) {
    return new Rectangle2D.Double(x, y, width, height);
  }

  private static VisibleText.Look look(int mode, int colour, double opacity, boolean drawn) {
    return new VisibleText.Look(mode, colour, opacity, drawn);
  }

  private void letter(int colour) {
    text.character(LETTER, look(0, colour, 1, true), PAGE);
  }

  private void fill(Rectangle2D where, int colour) {
    text.painted(where, PAGE, colour, true);
  }

  private Map<VisibleText.Why, Integer> hidden() {
    return text.found().hidden();
  }

  @Test
  @DisplayName("紙の上の黒い文字は見える")
  void isSeenOnPaper() {
    letter(BLACK);
    var found = text.found();
    assertThat(found.hidden()).isEmpty();
    assertThat(found.characters()).isEqualTo(1);
    assertThat(found.layer()).isZero();
    assertThat(found.veiled()).isFalse();
    assertThat(found.inPage()).isZero();
  }

  @Test
  @DisplayName("塗らない文字は見えない")
  void isHiddenWithoutPaint() {
    text.character(LETTER, look(3, BLACK, 1, true), PAGE);
    text.character(LETTER, look(7, BLACK, 1, true), PAGE);
    assertThat(text.found().by(VisibleText.Why.INVISIBLE_MODE)).isEqualTo(2);
  }

  @Test
  @DisplayName("文字の形に塗れば見える")
  void isSeenWhenPaintedThrough() {
    text.character(LETTER, look(7, BLACK, 1, true), PAGE);
    fill(box(50, 50, 1, 1), BLACK);
    assertThat(hidden()).isEmpty();
  }

  @Test
  @DisplayName("画像に重ねた塗らない文字は、スキャンの文字である")
  void isALayerOverAnImage() {
    text.character(LETTER, look(3, BLACK, 1, true), PAGE);
    text.character(box(80, 80, 6, 6), look(3, BLACK, 1, true), PAGE);
    text.image(box(0, 0, 50, 50), PAGE, true);
    var found = text.found();
    assertThat(found.layer()).isEqualTo(1);
    assertThat(found.hidden()).containsOnly(Map.entry(VisibleText.Why.INVISIBLE_MODE, 1));
  }

  @Test
  @DisplayName("紙の外、透明、形のない文字は見えない")
  void isHiddenForEachReason() {
    text.character(box(101, 10, 6, 6), look(0, BLACK, 1, true), PAGE);
    text.character(LETTER, look(0, BLACK, 0.049, true), PAGE);
    text.character(LETTER, look(0, BLACK, 1, false), PAGE);
    text.character(LETTER, look(0, BLACK, 1, true), box(50, 50, 9, 9));
    text.character(LETTER, look(0, BLACK, 0.05, true), PAGE);
    var found = text.found();
    assertThat(found.hidden())
        .containsOnly(
            Map.entry(VisibleText.Why.OUTSIDE_PAGE, 1),
            Map.entry(VisibleText.Why.TRANSPARENT, 1),
            Map.entry(VisibleText.Why.NO_SHAPE, 1),
            Map.entry(VisibleText.Why.CLIPPED, 1));
    assertThat(found.inPage()).isEqualTo(4);
    assertThat(found.characters()).isEqualTo(5);
  }

  @Test
  @DisplayName("一部でも切り抜きの中なら見える")
  void isSeenThroughASmallWindow() {
    text.character(LETTER, look(0, BLACK, 1, true), box(10, 10, 2, 2));
    assertThat(hidden()).isEmpty();
  }

  @Test
  @DisplayName("下地と同じ色の文字は見えない")
  void isHiddenInTheColourOfItsGround() {
    letter(WHITE);
    letter(0xf7f7f7);
    assertThat(text.found().by(VisibleText.Why.SAME_COLOUR)).isEqualTo(2);
  }

  @Test
  @DisplayName("どの色の成分でも、違えば見える")
  void isSeenByADifferenceInOneColour() {
    letter(0xf6ffff);
    letter(0xfff6ff);
    letter(0xfffff6);
    assertThat(hidden()).isEmpty();
  }

  @Test
  @DisplayName("いちばん上の下地だけが下地である")
  void isJudgedByTheTopmostGround() {
    fill(box(0, 0, 50, 50), BLACK);
    letter(WHITE);
    fill(box(60, 60, 30, 30), BLACK);
    text.character(box(70, 70, 6, 6), look(0, BLACK, 1, true), PAGE);
    fill(box(60, 60, 30, 30), WHITE);
    text.character(box(70, 70, 6, 6), look(0, BLACK, 1, true), PAGE);
    assertThat(hidden()).containsOnly(Map.entry(VisibleText.Why.SAME_COLOUR, 1));
  }

  @Test
  @DisplayName("切り抜かれた下地は、切り抜きの中だけにある")
  void isJudgedByWhatIsPaintedInsideOfTheClip() {
    text.painted(box(0, 0, 50, 50), box(0, 0, 5, 50), BLACK, true);
    letter(BLACK);
    assertThat(hidden()).isEmpty();
  }

  @Test
  @DisplayName("下地の形の外の文字には関わらない")
  void isJudgedByTheShapeAndNotItsBounds() {
    var frame = new Area(box(5, 5, 20, 20));
    frame.subtract(new Area(box(8, 8, 12, 12)));
    text.painted(frame, PAGE, BLACK, true);
    letter(BLACK);
    text.painted(frame, PAGE, BLACK, true);
    assertThat(hidden()).isEmpty();
  }

  @Test
  @DisplayName("画像や透けたものの上では、どの色も見える")
  void isSeenOnManyColours() {
    text.painted(box(0, 0, 50, 50), PAGE, WHITE, false);
    letter(WHITE);
    assertThat(hidden()).isEmpty();
    text.character(LETTER, look(0, VisibleText.MANY_COLOURS, 1, true), PAGE);
    assertThat(hidden()).isEmpty();
  }

  @Test
  @DisplayName("塗りつぶされた文字は見えない")
  void isHiddenWhenPaintedOver() {
    letter(BLACK);
    fill(box(9, 9, 8, 8), WHITE);
    letter(BLACK);
    assertThat(hidden()).containsOnly(Map.entry(VisibleText.Why.COVERED, 1));
  }

  @Test
  @DisplayName("少しずつ塗りつぶしても見えない")
  void isHiddenWhenPaintedOverInParts() {
    letter(BLACK);
    fill(box(9, 9, 4.5, 8), WHITE);
    assertThat(hidden()).isEmpty();
    fill(box(13.4, 9, 4, 8), WHITE);
    assertThat(hidden()).containsOnly(Map.entry(VisibleText.Why.COVERED, 1));
  }

  @Test
  @DisplayName("切り抜かれた塗りは、その中だけを隠す")
  void isSeenBesideAClippedCover() {
    letter(BLACK);
    text.painted(PAGE, box(0, 0, 12, 100), WHITE, true);
    assertThat(hidden()).isEmpty();
  }

  @Test
  @DisplayName("細い線は隠さない")
  void isSeenUnderThinLines() {
    letter(BLACK);
    for (var x = 9.0; x < 18; x++) {
      fill(box(x, 9, 1.9, 8), WHITE);
      fill(box(9, x, 8, 1.9), WHITE);
    }
    assertThat(hidden()).isEmpty();
    text.character(box(50, 50, 1, 1), look(0, BLACK, 1, true), PAGE);
    fill(box(49, 49, 2, 2), WHITE);
    assertThat(hidden()).containsOnly(Map.entry(VisibleText.Why.COVERED, 1));
  }

  @Test
  @DisplayName("透けたものが重なれば、それを告げる")
  void isVeiled() {
    letter(BLACK);
    text.painted(box(60, 60, 8, 8), PAGE, WHITE, false);
    assertThat(text.found().veiled()).isFalse();
    text.painted(box(9, 9, 8, 8), PAGE, WHITE, false);
    assertThat(text.found().veiled()).isTrue();
    assertThat(hidden()).isEmpty();
  }

  @Test
  @DisplayName("注釈に隠された文字は、ページの隠した文字とは別である")
  void isHiddenByAnAnnotation() {
    letter(BLACK);
    letter(BLACK);
    text.annotations();
    text.image(box(9, 9, 8, 8), PAGE, true);
    var found = text.found();
    assertThat(found.hidden()).containsOnly(Map.entry(VisibleText.Why.COVERED_BY_ANNOTATION, 2));
    assertThat(found.inPage()).isZero();
  }
}
