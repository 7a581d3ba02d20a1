package jp.musubi.input;

import java.util.List;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;

/**
 * 入力項目の画面, as it is shown.
 *
 * @param path of this page
 * @param contract path of the contract
 * @param own whether the body has something to fill in itself
 * @param problems inputs of places that are wrong, for the summary
 */
record InputPage(
    String path,
    String contract,
    String title,
    List<Row> rows,
    List<Placing.Sheet> sheets,
    List<Asked> asked,
    boolean own,
    List<Field> problems) {

  /**
   * A field.
   *
   * @param kind message key
   * @param filler as printed; empty when no party fills it any more
   * @param places the inputs of its place: page, left, top, width, height
   * @param value what stands in it; null when nothing does
   * @param by who filled it, and when
   * @param stale whether that is no party any more
   */
  record Row(
      String id,
      int number,
      String label,
      String kind,
      String filler,
      boolean mandatory,
      List<Field> places,
      @Nullable String value,
      @Nullable String by,
      boolean stale) {}

  /**
   * Whom of the counterparties to ask.
   *
   * @param state what was asked and answered
   * @param left how many of its fields have to be filled still
   */
  record Asked(int filler, String name, String mail, Text state, int left) {}
}
