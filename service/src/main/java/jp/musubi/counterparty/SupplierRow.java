package jp.musubi.counterparty;

import java.util.List;
import java.util.stream.Stream;

/**
 * 一括登録の一行. One line of a list of suppliers, as typed: a supplier, perhaps with somebody who acts
 * for it. An empty cell leaves what is registered as it is.
 *
 * @param line as a spreadsheet counts it; the heading is 1
 */
public record SupplierRow(
    int line,
    String organisation,
    String number,
    String address,
    String phone,
    String notes,
    String person,
    String title,
    String mail,
    String capacity,
    String until,
    String code) {
  /** The columns by their headings, in the order of the template file. */
  public static final List<String> HEADINGS =
      List.of("名称", "法人番号", "所在地", "電話番号", "備考", "氏名", "職名", "メール", "立場", "いつまで");

  /** Heading of the column that a list may do without. */
  public static final String CODE = "業者番号";

  /** The columns with that one behind the others. */
  public static final List<String> ALL_HEADINGS =
      Stream.concat(HEADINGS.stream(), Stream.of(CODE)).toList();

  static SupplierRow of(int line, List<String> cells) {
    return new SupplierRow(
        line,
        cells.get(0),
        cells.get(1),
        cells.get(2),
        cells.get(3),
        cells.get(4),
        cells.get(5),
        cells.get(6),
        cells.get(7),
        cells.get(8),
        cells.get(9),
        // Lists without the column, and those of before it was there.
        cells.size() > HEADINGS.size() ? cells.get(10) : "");
  }
}
