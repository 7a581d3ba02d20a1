package jp.musubi.mapping;

/**
 * ファイルの形. How the other system writes its list.
 *
 * @param skipped lines before the heading, or before the first line where there is none
 * @param headed whether a line of headings stands before the others
 */
public record Layout(Encoding encoding, Separator separator, int skipped, boolean headed) {
  /** Most lines before the heading. */
  public static final int MOST_SKIPPED = 100;

  /** As most systems write. */
  public static final Layout USUAL = new Layout(Encoding.FOUND_OUT, Separator.COMMA, 0, true);

  /** 文字コード. */
  public enum Encoding {
    /** UTF-8 where it is that, else CP932. */
    FOUND_OUT,
    /** UTF-8, with or without a byte order mark. */
    UTF_8,
    /** Shift_JIS as Windows has it. */
    CP932
  }

  /** 区切り. */
  public enum Separator {
    /** コンマ. */
    COMMA(','),
    /** タブ. */
    TAB('\t');

    private final char letter;

    Separator(char letter) {
      this.letter = letter;
    }

    char letter() {
      return letter;
    }
  }
}
