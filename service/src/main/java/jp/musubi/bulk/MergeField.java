package jp.musubi.bulk;

import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.seal.appearance.Blank;
import jp.musubi.seal.appearance.Place;

/**
 * 差し込み欄. A box of a form that is filled from a list.
 *
 * @param name heading of the column whose text it takes; several boxes may take the same
 * @param most letters of a text
 * @param left tenths of a millimetre from the left edge of the page as it is seen
 * @param top tenths of a millimetre from its upper edge
 * @param width tenths of a millimetre
 * @param height tenths of a millimetre
 * @param size of the letters, in tenths of a point
 */
record MergeField(
    UUID id,
    String name,
    Type type,
    boolean mandatory,
    int most,
    int page,
    int left,
    int top,
    int width,
    int height,
    int size) {
  private static final float POINTS = 72 / 254f;

  /** How the column is read, and how it stands on the page. */
  enum Type {
    /** 文字: as typed. */
    TEXT,
    /** 日付: as 令和8年4月1日. */
    DAY,
    /** 金額: as ￥1,234,567. */
    MONEY
  }

  Blank blank() {
    return new Blank(
        id.toString(),
        new Place(page, left * POINTS, top * POINTS, width * POINTS, height * POINTS),
        size / 10f);
  }

  static String day(LocalDate day) {
    return JapaneseDates.era(day);
  }

  static String money(long yen) {
    return "￥" + String.format(Locale.ROOT, "%,d", yen);
  }
}
