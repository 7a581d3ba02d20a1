package jp.musubi.renewal;

import java.time.Clock;
import java.util.List;
import jp.musubi.contract.Aside;
import jp.musubi.contract.Particulars;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** 検証ができる期間, on a concluded contract's page. */
@Component
class ProtectionNotes implements Aside {
  private final Versions versions;
  private final Clock clock;

  ProtectionNotes(Versions versions, Clock clock) {
    this.versions = versions;
    this.clock = clock;
  }

  @Override
  @Transactional(readOnly = true)
  public List<Note> of(Particulars contract) {
    if (!contract.state().equals("CONCLUDED")) {
      return List.of();
    }
    var standing = versions.standing(contract.id());
    var now = clock.instant();
    var over = standing.filter(known -> known.isOver(now)).isPresent();
    return List.of(
        new Note(
            over ? "warning" : "info",
            Text.of("protection.note"),
            List.of(
                standing
                    .map(known ->
                        Text.of(
                            over ? "protection.note.over" : "protection.note.until",
                            JapaneseDates.date(known.endsAt())))
                    .orElseGet(() -> Text.of("protection.note.unknown"))),
            "protection.note.more",
            "/contracts/%s/protection".formatted(contract.id()),
            false));
  }
}
