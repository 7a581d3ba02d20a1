package jp.musubi.elsewhere;

import java.util.List;
import jp.musubi.contract.Aside;
import jp.musubi.contract.Particulars;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;

/** 他社サービスで締結, on the page of such a contract: what kept it, and what of it could be judged. */
@Component
class ElsewhereNotes implements Aside {
  private final Receiving receiving;

  ElsewhereNotes(Receiving receiving) {
    this.receiving = receiving;
  }

  @Override
  public List<Note> of(Particulars contract) {
    if (!contract.isFromElsewhere()) {
      return List.of();
    }
    return receiving.of(contract.id()).stream()
        .map(record ->
            new Note(
                record.standing() == Standing.SIGNED ? "info" : "warning",
                Text.of("elsewhere.note." + record.standing(), record.service()),
                List.of(
                    Text.of("elsewhere.note." + record.standing() + ".text"),
                    record
                        .verifiableUntil()
                        .map(at -> Text.of("elsewhere.note.until", JapaneseDates.date(at)))
                        .orElseGet(() -> Text.of("elsewhere.note.noEnd"))),
                "elsewhere.note.more",
                "/contracts/%s/elsewhere".formatted(contract.id()),
                false))
        .toList();
  }
}
