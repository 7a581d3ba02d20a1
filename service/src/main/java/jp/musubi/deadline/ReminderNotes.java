package jp.musubi.deadline;

import java.util.ArrayList;
import java.util.List;
import jp.musubi.contract.Aside;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** 督促, on a contract's page: which went, and when the next goes. */
@Component
@Transactional(readOnly = true)
class ReminderNotes implements Aside {
  private final ReminderStore store;
  private final ReminderRegister register;
  private final Contracts contracts;

  ReminderNotes(ReminderStore store, ReminderRegister register, Contracts contracts) {
    this.store = store;
    this.register = register;
    this.contracts = contracts;
  }

  @Override
  public List<Note> of(Particulars contract) {
    var awaited =
        contracts.awaited(contract.id()).stream()
            .filter(party -> party.kind() == Party.Kind.COUNTERPARTY)
            .toList();
    var courses = store.of(contract.id());
    if (awaited.isEmpty() && courses.stream().allMatch(each -> each.course().sent() == 0)) {
      return List.of();
    }
    var stopped = store.isStopped(contract.id());
    var rules = register.current();
    var lines = new ArrayList<Text>();
    for (var asked : courses) {
      var party = contract.party(asked.party()).orElseThrow();
      if (awaited.contains(party) || asked.course().sent() > 0) {
        lines.add(went(party, asked));
      }
      if (awaited.contains(party)) {
        lines.add(goes(rules, asked, stopped));
      }
    }
    return lines.isEmpty()
        ? List.of()
        : List.of(
            new Note(
                "info",
                Text.of("deadline.reminders"),
                lines,
                awaited.isEmpty() ? null : "deadline.reminders.change",
                awaited.isEmpty() ? null : "/contracts/%s/reminders".formatted(contract.id()),
                true));
  }

  private static Text went(Party party, ReminderStore.Asked asked) {
    return asked
        .course()
        .last()
        .map(last ->
            Text.of(
                "deadline.reminders.went",
                party.signature(),
                String.valueOf(asked.course().sent()),
                JapaneseDates.date(last)))
        .orElseGet(() -> Text.of("deadline.reminders.none", party.signature()));
  }

  private static Text goes(ReminderRules rules, ReminderStore.Asked asked, boolean stopped) {
    return stopped
        ? Text.of("deadline.reminders.stopped")
        : rules
            .next(asked.course(), asked.deadline())
            .map(due -> Text.of("deadline.reminders.next", JapaneseDates.date(due)))
            .orElseGet(() -> Text.of("deadline.reminders.over"));
  }
}
