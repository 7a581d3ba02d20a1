package jp.musubi.deadline;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import jp.musubi.contract.Aside;
import jp.musubi.contract.Particulars;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;

/** 満了, on the page of a contract that is near its end. */
@Component
class EndingNotes implements Aside {
  private static final Set<String> IN_FORCE = Set.of("CONCLUDED", "ELSEWHERE", "ON_PAPER");

  private final ReminderRegister register;
  private final Clock clock;

  EndingNotes(ReminderRegister register, Clock clock) {
    this.register = register;
    this.clock = clock;
  }

  @Override
  public List<Note> of(Particulars contract) {
    var today = LocalDate.ofInstant(clock.instant(), JapaneseDates.ZONE);
    return contract
        .periodUntil()
        .filter(_ -> IN_FORCE.contains(contract.state()))
        .filter(until -> register.current().isEnding(until, today))
        .map(until ->
            List.of(
                new Note(
                    "warning",
                    Text.of("deadline.ending", JapaneseDates.date(until)),
                    List.of(Text.of("deadline.ending.text")),
                    "contract.copy",
                    "/contracts/%s/copy".formatted(contract.id()),
                    true)))
        .orElseGet(List::of);
  }
}
