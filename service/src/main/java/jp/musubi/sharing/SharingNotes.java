package jp.musubi.sharing;

import java.util.List;
import java.util.stream.Collectors;
import jp.musubi.contract.Aside;
import jp.musubi.contract.Particulars;
import jp.musubi.organisation.Section;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;

/** 共有先, on a contract's page. */
@Component
class SharingNotes implements Aside {
  private final Sharing sharing;

  SharingNotes(Sharing sharing) {
    this.sharing = sharing;
  }

  @Override
  public List<Note> of(Particulars contract) {
    var open = contract.concludedAt().isEmpty() && contract.endedAt().isEmpty();
    var named =
        sharing.of(contract.id()).stream().map(Section::name).collect(Collectors.joining("、"));
    if (named.isEmpty() && !open) {
      return List.of();
    }
    return List.of(
        new Note(
            "info",
            Text.of("sharing.heading"),
            List.of(named.isEmpty() ? Text.of("sharing.none") : Text.of("sharing.with", named)),
            open ? "sharing.change" : null,
            open ? "/contracts/%s/sharing".formatted(contract.id()) : null,
            true));
  }
}
