package jp.musubi.arrangement;

import java.util.List;
import jp.musubi.contract.Arrangements;
import jp.musubi.contract.Aside;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;

/** 当事者の並び, on the page of a contract that stands on one, or whose parties stand in an own way. */
@Component
class ArrangementNotes implements Aside {
  private final Arrangements arrangements;

  ArrangementNotes(Arrangements arrangements) {
    this.arrangements = arrangements;
  }

  @Override
  public List<Note> of(Particulars contract) {
    var chosen = arrangements.chosenFor(contract.id());
    if (contract.isDisposed() || (chosen.isEmpty() && isOrdinary(contract))) {
      return List.of();
    }
    return List.of(
        new Note(
            "info",
            Text.of("arrangement.title"),
            List.of(
                chosen
                    .map(each -> Text.of("arrangement.note", each.name()))
                    .orElseGet(() -> Text.of("arrangement.note.own"))),
            "arrangement.keep",
            "/contracts/%s/arrangement".formatted(contract.id()),
            true));
  }

  /** One counterparty at most: what the form begins with, which nobody has to keep. */
  private static boolean isOrdinary(Particulars contract) {
    return contract.parties(Party.Kind.COUNTERPARTY).size() < 2;
  }
}
