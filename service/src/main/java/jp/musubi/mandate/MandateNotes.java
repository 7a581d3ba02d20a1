package jp.musubi.mandate;

import java.util.ArrayList;
import java.util.List;
import jp.musubi.contract.Aside;
import jp.musubi.contract.Mandates;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;

/** 委任, on a contract's page: who acts for whom by which 委任状. */
@Component
class MandateNotes implements Aside {
  private final Mandates mandates;

  MandateNotes(Mandates mandates) {
    this.mandates = mandates;
  }

  @Override
  public List<Note> of(Particulars contract) {
    var stated = mandates.statedOf(contract.id());
    if (stated.isEmpty() || contract.isDisposed()) {
      return List.of();
    }
    var lines = new ArrayList<Text>();
    var passedOn = false;
    for (var each : stated) {
      lines.add(
          Text.of(
              each.number().isEmpty() ? "mandate.note.unnumbered" : "mandate.note",
              each.principal(),
              each.agent(),
              JapaneseDates.date(each.from()),
              JapaneseDates.date(each.until()),
              each.number(),
              JapaneseDates.date(each.on()),
              each.sha256().hex()));
      lines.add(Text.of("mandate.note.scope", each.scope()));
    }
    // Of a draft the form says so; afterwards only a party itself can have passed it on.
    var left = contract.dispatchedAt().isPresent();
    for (var party : contract.parties(Party.Kind.COUNTERPARTY)) {
      var own = stated.stream().filter(each -> each.ordinal() == party.ordinal()).toList();
      if (left && !own.isEmpty() && !own.getLast().agent().endsWith(party.name())) {
        lines.add(Text.of("mandate.note.passedOn", party.signature()));
        passedOn = true;
      }
    }
    return List.of(
        new Note(
            passedOn ? "warning" : "info",
            Text.of("mandate.note.heading"),
            List.copyOf(lines),
            null,
            null,
            false));
  }
}
