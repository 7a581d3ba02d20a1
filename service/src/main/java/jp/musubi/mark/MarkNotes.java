package jp.musubi.mark;

import java.util.List;
import jp.musubi.contract.Aside;
import jp.musubi.contract.Particulars;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;

/** 表示, on a contract's page: what is seen of whose seal, and on which page. */
@Component
class MarkNotes implements Aside {
  private final Marks marks;
  private final Book book;

  MarkNotes(Marks marks, Book book) {
    this.marks = marks;
    this.book = book;
  }

  @Override
  public List<Note> of(Particulars contract) {
    var sheet = marks.of(contract.id());
    var draft = contract.state().equals("DRAFT");
    if (sheet.marks().isEmpty() && !(draft && !contract.parties().isEmpty())) {
      return List.of();
    }
    var lines =
        sheet.marks().isEmpty()
            ? List.of(Text.of("mark.note.none"))
            : sheet.marks().stream()
                .map(mark ->
                    Text.of(
                        "mark.note.one",
                        MarkWords.label(sheet, mark, book),
                        String.valueOf(mark.box().page())))
                .toList();
    return List.of(
        new Note(
            "info",
            Text.of("mark.title"),
            lines,
            draft ? "mark.note.link" : null,
            draft ? "/contracts/" + contract.id() + "/marks" : null,
            true));
  }
}
