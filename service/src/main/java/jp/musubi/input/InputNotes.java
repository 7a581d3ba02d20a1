package jp.musubi.input;

import java.util.List;
import jp.musubi.contract.Aside;
import jp.musubi.contract.Particulars;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;

/** 入力項目, on a contract's page: what was filled in, and by whom. */
@Component
class InputNotes implements Aside {
  private final Inputs inputs;

  InputNotes(Inputs inputs) {
    this.inputs = inputs;
  }

  @Override
  public List<Note> of(Particulars contract) {
    var sheet = inputs.of(contract.id());
    var draft = contract.state().equals("DRAFT");
    if (sheet.fields().isEmpty() && !(draft && !contract.parties().isEmpty())) {
      return List.of();
    }
    var lines =
        sheet.fields().isEmpty()
            ? List.of(Text.of("input.note.none"))
            : sheet.fields().stream()
                .map(field ->
                    sheet
                        .value(field)
                        .map(value ->
                            Text.of(
                                "input.note.filled",
                                field.label(),
                                field.drawn(value.text()),
                                value.by(),
                                JapaneseDates.time(value.at())))
                        .orElseGet(() -> Text.of("input.note.open", field.label())))
                .toList();
    return List.of(
        new Note(
            "info",
            Text.of("input.fields"),
            lines,
            draft ? "input.note.link" : null,
            draft ? "/contracts/" + contract.id() + "/fields" : null,
            true));
  }
}
