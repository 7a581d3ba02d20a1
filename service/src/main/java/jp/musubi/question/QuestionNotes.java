package jp.musubi.question;

import java.util.List;
import jp.musubi.contract.Aside;
import jp.musubi.contract.Particulars;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;

/** 質問, on a contract's page: how many there are, and how many wait. */
@Component
class QuestionNotes implements Aside {
  private final Questions questions;

  QuestionNotes(Questions questions) {
    this.questions = questions;
  }

  @Override
  public List<Note> of(Particulars contract) {
    var all = questions.of(contract.id());
    if (all.isEmpty()) {
      return List.of();
    }
    var open =
        questions.areOpen(contract.id())
            ? all.stream().filter(question -> question.answer().isEmpty()).count()
            : 0;
    return List.of(
        new Note(
            open > 0 ? "warning" : "info",
            open > 0
                ? Text.of("question.note.open", String.valueOf(open))
                : Text.of("question.heading"),
            List.of(Text.of("question.note.count", String.valueOf(all.size()))),
            open > 0 ? "question.note.answer" : "question.note.see",
            "/contracts/%s/questions".formatted(contract.id()),
            false));
  }
}
