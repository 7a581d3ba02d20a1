package jp.musubi.verification;

import java.util.List;
import jp.musubi.contract.Aside;
import jp.musubi.contract.Particulars;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;

/** 原本照合, on a concluded contract's page. */
@Component
class OriginalNotes implements Aside {

  @Override
  public List<Note> of(Particulars contract) {
    return contract.finalFile().isEmpty() || contract.wasConcludedElsewhere()
        ? List.of()
        : List.of(
            new Note(
                "info",
                Text.of("verify.title"),
                List.of(Text.of("original.aside")),
                "original.open",
                "/contracts/%s/original".formatted(contract.id()),
                false));
  }
}
