package jp.musubi.staff;

import java.util.List;

/**
 * 異動の一行. One line of a list of transfers, as typed.
 *
 * @param line as a spreadsheet counts it; the heading is 1
 */
public record TransferRow(
    int line,
    String kind,
    String loginId,
    String name,
    String mail,
    String sectionCode,
    String post,
    String roles,
    String successor) {
  /** The columns by their headings, in the order of the template file. */
  public static final List<String> HEADINGS =
      List.of("区分", "ログインID", "氏名", "メール", "所属コード", "職", "権限", "後任");

  /** What a line does. */
  public enum Kind {
    /** 登録. */
    ADD("登録"),
    /** 変更: name or mail. */
    CHANGE("変更"),
    /** 異動: section, post, rights. */
    MOVE("異動"),
    /** 退職. */
    RETIRE("退職");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** The kind that a cell names. */
    static java.util.Optional<Kind> of(String cell) {
      return java.util.Arrays.stream(values()).filter(kind -> kind.word.equals(cell)).findFirst();
    }
  }

  static TransferRow of(int line, List<String> cells) {
    return new TransferRow(
        line,
        cells.get(0),
        cells.get(1),
        cells.get(2),
        cells.get(3),
        cells.get(4),
        cells.get(5),
        cells.get(6),
        cells.get(7));
  }

  List<String> cells() {
    return List.of(kind, loginId, name, mail, sectionCode, post, roles, successor);
  }
}
