package jp.musubi.seal.pages;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;

/** ページの文字 — the text of a page, in reading order by position. */
public final class PageText {
  private PageText() {}

  /**
   * Reads line by line. Fonts for Japanese say of themselves that they are higher than their lines;
   * taken at their word, lines that stand close would be read as one, letter by letter.
   */
  private static final class ByLine extends PDFTextStripper {
    /** Of an em; the height of a Latin capital. */
    private static final float MOST_HEIGHT = 0.7f;

    ByLine() {
      setSortByPosition(true);
      setLineSeparator("\n");
    }

    @Override
    protected float computeFontHeight(PDFont font) throws IOException {
      return Math.min(super.computeFontHeight(font), MOST_HEIGHT);
    }
  }

  /**
   * 本文. The text of a file from its first page on, as far as it was read.
   *
   * @param pages how many were read
   * @param complete whether that is all of it
   */
  public record Whole(String text, int pages, boolean complete) {}

  /**
   * The plain text of all pages, until one of the limits is met; empty for a scanned file.
   *
   * @param mostPages how many pages at most
   * @param mostCharacters how many UTF-16 units of text at most
   * @throws IOException when the file cannot be read
   */
  public static Whole extractAll(Path pdf, int mostPages, int mostCharacters) throws IOException {
    try (var document = PageImages.open(pdf)) {
      var stripper = new ByLine();
      var text = new StringBuilder();
      var all = document.getNumberOfPages();
      var page = 0;
      while (page < Math.min(all, mostPages) && text.length() < mostCharacters) {
        page++;
        stripper.setStartPage(page);
        stripper.setEndPage(page);
        text.append(stripper.getText(document));
      }
      var cut = text.length() > mostCharacters;
      if (cut) {
        // Never within a character of two units.
        text.setLength(
            Character.isHighSurrogate(text.charAt(mostCharacters - 1))
                ? mostCharacters - 1
                : mostCharacters);
      }
      return new Whole(text.toString(), page, page == all && !cut);
    }
  }

  /**
   * The plain text of one page with {@code \n} between lines; empty for a scanned page.
   *
   * @param page from 1
   * @throws IndexOutOfBoundsException when there is no such page
   * @throws IOException when the file cannot be read
   */
  public static String extract(Path pdf, int page) throws IOException {
    try (var document = PageImages.open(pdf)) {
      if (page < 1 || page > document.getNumberOfPages()) {
        throw new IndexOutOfBoundsException("page " + page);
      }
      var stripper = new ByLine();
      stripper.setStartPage(page);
      stripper.setEndPage(page);
      return stripper.getText(document);
    }
  }
}
