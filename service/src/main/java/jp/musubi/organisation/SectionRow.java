package jp.musubi.organisation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * 所属の一覧の一行. One line of a list of sections, as typed.
 *
 * @param line as a spreadsheet counts it; the heading is 1
 * @param parent 所属コード of the section above; empty at the top
 */
public record SectionRow(
    int line,
    String kind,
    String code,
    String name,
    String parent,
    String phone,
    String mail,
    String successor) {
  /** The columns by their headings, in the order of the template file. */
  public static final List<String> HEADINGS =
      List.of("区分", "所属コード", "名称", "上位の所属コード", "電話番号", "共有メール", "引き継ぐ所属コード");

  /** What a line does. */
  public enum Kind {
    /** 新設. */
    OPEN("新設"),
    /** 変更: name, telephone or mailbox; it hangs where it did. */
    CHANGE("変更"),
    /** 移動: it hangs below another, and may be called otherwise. */
    MOVE("移動"),
    /** 廃止. */
    CLOSE("廃止");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** As a list writes it. */
    public String word() {
      return word;
    }

    static Optional<Kind> of(String word) {
      return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }
  }

  static SectionRow of(int line, List<String> cells) {
    return new SectionRow(
        line,
        cells.get(0),
        cells.get(1),
        cells.get(2),
        cells.get(3),
        cells.get(4),
        cells.get(5),
        cells.get(6));
  }
}
