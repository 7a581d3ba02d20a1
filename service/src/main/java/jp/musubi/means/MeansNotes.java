package jp.musubi.means;

import java.util.List;
import java.util.Objects;
import jp.musubi.contract.Aside;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;

/** 登録された手段, on a contract's page. */
@Component
class MeansNotes implements Aside {
  private final RegisteredMeans means;

  MeansNotes(RegisteredMeans means) {
    this.means = means;
  }

  static List<String> mails(Particulars contract) {
    return contract.parties(Party.Kind.COUNTERPARTY).stream()
        .map(Party::mail)
        .filter(Objects::nonNull)
        .toList();
  }

  @Override
  public List<Note> of(Particulars contract) {
    if (contract.endedAt().isPresent() || contract.concludedAt().isPresent()) {
      return List.of();
    }
    var live = means.live(mails(contract));
    return live.isEmpty()
        ? List.of()
        : List.of(
            new Note(
                "info",
                Text.of("means.heading"),
                live.stream()
                    .map(each -> Text.of("means.note." + each.kind(), each.holder(), each.mail()))
                    .toList(),
                "means.manage",
                "/contracts/%s/means".formatted(contract.id()),
                true));
  }
}
