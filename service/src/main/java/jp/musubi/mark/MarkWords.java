package jp.musubi.mark;

import jp.musubi.contract.Party;
import jp.musubi.platform.web.Book;

/** What a mark is called. */
final class MarkWords {
  private MarkWords() {}

  /** 上毛市長 見本 太郎（印影）. */
  static String label(MarkSheet sheet, Mark mark, Book book) {
    return book.of(
        mark.imprint().isPresent() ? "mark.label.picture" : "mark.label.name",
        sheet
            .party(mark)
            .map(Party::signature)
            .orElseGet(() -> book.of("mark.nobody", mark.ordinal())));
  }
}
