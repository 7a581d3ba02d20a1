package jp.musubi.register;

import java.util.ArrayList;
import java.util.List;
import jp.musubi.contract.Aside;
import jp.musubi.contract.Particulars;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;

/** 台帳の項目, on a contract's page. */
@Component
class EntryNotes implements Aside {
  private final Entries entries;
  private final Items items;
  private final EntryWords words;

  EntryNotes(Entries entries, Items items, EntryWords words) {
    this.entries = entries;
    this.items = items;
    this.words = words;
  }

  @Override
  public List<Note> of(Particulars contract) {
    var entry = entries.find(contract.id()).entry();
    var approved = entries.approved(contract.id());
    var year = EntryWords.fiscalYear(entry, contract.contractDate());
    var lines = new ArrayList<Text>();
    for (var line : words.of(entry, items.all())) {
      var value =
          switch (line.key()) {
            case "fiscalYear" -> year.map(FiscalYear::toString).orElse("");
            case "decision" -> approved.orElse(line.value());
            default -> line.value();
          };
      if (!value.isEmpty()) {
        lines.add(Text.of("register.line", line.what(), value));
      }
    }
    if (lines.isEmpty()) {
      lines.add(Text.of("register.nothing"));
    }
    var draft = contract.state().equals("DRAFT");
    var path = "/contracts/" + contract.id();
    return List.of(
        new Note(
            "info",
            Text.of("register.heading"),
            lines,
            draft ? "register.enter" : "register.correct",
            draft ? path + "/terms" : path + "/register",
            true));
  }
}
