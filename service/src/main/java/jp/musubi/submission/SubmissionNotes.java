package jp.musubi.submission;

import java.util.ArrayList;
import java.util.List;
import jp.musubi.contract.Aside;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;

/** 提出の依頼, on a contract's page: what is asked for, and what came. */
@Component
class SubmissionNotes implements Aside {
  private final Submissions submissions;

  SubmissionNotes(Submissions submissions) {
    this.submissions = submissions;
  }

  @Override
  public List<Note> of(Particulars contract) {
    var draft = contract.state().equals("DRAFT");
    var slots =
        submissions.of(contract.id()).stream().flatMap(sheet -> sheet.slots().stream()).toList();
    if (slots.isEmpty() && !(draft && !contract.parties(Party.Kind.COUNTERPARTY).isEmpty())) {
      return List.of();
    }
    var lines = new ArrayList<Text>();
    slots.forEach(slot -> lines.add(line(slot)));
    if (slots.isEmpty()) {
      lines.add(Text.of("submission.note.none"));
    }
    var waits = draft && slots.stream().anyMatch(slot -> slot.state() == Slot.State.HANDED_IN);
    return List.of(
        new Note(
            waits ? "warning" : "info",
            Text.of(waits ? "submission.note.waits" : "submission.heading"),
            lines,
            draft ? "submission.note.link" : null,
            draft ? "/contracts/" + contract.id() + "/submissions" : null,
            true));
  }

  private static Text line(Slot slot) {
    var name = slot.wanted().name();
    return slot.standing()
        .map(file ->
            Text.of(
                file.isAccepted() ? "submission.note.accepted" : "submission.note.in",
                name,
                file.name(),
                file.by(),
                JapaneseDates.time(file.at())))
        .orElseGet(() ->
            Text.of(
                slot.state() == Slot.State.RETURNED
                    ? "submission.note.returned"
                    : "submission.note.open",
                name));
  }
}
