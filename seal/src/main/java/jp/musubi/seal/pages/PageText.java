package jp.musubi.seal.pages;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.pdfbox.text.PDFTextStripper;

/** ページの文字 — the text of a page, in reading order by position. */
public final class PageText {
  private PageText() {}

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
      var stripper = new PDFTextStripper();
      stripper.setSortByPosition(true);
      stripper.setLineSeparator("\n");
      stripper.setStartPage(page);
      stripper.setEndPage(page);
      return stripper.getText(document);
    }
  }
}
