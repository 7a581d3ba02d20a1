package jp.musubi.verification;

import java.util.List;
import jp.musubi.contract.Aside;
import jp.musubi.contract.Particulars;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;

/** 参照用の写し, on a concluded contract's page; of a long one, what to do instead. */
@Component
class ReferenceNotes implements Aside {

  @Override
  public List<Note> of(Particulars contract) {
    if (contract.finalFile().isEmpty() || contract.isDisposed()) {
      return List.of();
    }
    var note =
        new Note(
            "info",
            Text.of("reference.title"),
            List.of(
                ReferenceCopies.canBeMade(contract)
                    ? Text.of("reference.aside")
                    : Text.of("reference.long", String.valueOf(ReferenceCopies.MOST_PAGES))),
            "reference.open",
            "/contracts/%s/reference.pdf".formatted(contract.id()),
            false);
    return List.of(ReferenceCopies.canBeMade(contract) ? note : note.withoutLink());
  }
}
