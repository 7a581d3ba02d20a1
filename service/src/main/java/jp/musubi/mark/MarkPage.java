package jp.musubi.mark;

import java.util.List;
import jp.musubi.input.Placing;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;

/**
 * 印影・氏名の表示の画面, as it is shown.
 *
 * @param path of this page
 * @param contract path of the contract
 * @param adding the inputs of one more
 * @param problems inputs that are wrong, for the summary
 */
record MarkPage(
    List<Crumb> crumbs,
    String path,
    String contract,
    String title,
    List<Row> rows,
    List<Field> adding,
    List<Placing.Sheet> sheets,
    List<Field> problems) {

  /**
   * A mark.
   *
   * @param number from 1
   * @param look message key of what it shows in a word, for the box on the page
   * @param places the inputs of its place: page, left, top, width, height
   * @param stale whether it must not be drawn
   */
  record Row(String id, int number, String label, String look, List<Field> places, boolean stale) {}
}
