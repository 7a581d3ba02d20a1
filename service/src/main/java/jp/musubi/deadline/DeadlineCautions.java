package jp.musubi.deadline;

import java.time.LocalDate;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.SendingCaution;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Holidays;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;

/**
 * 日付から見た注意. A deadline on a day when nobody is at work to help, a 契約日 that lies far from the day of
 * sending (C-16).
 */
@Component
class DeadlineCautions implements SendingCaution {
  private final ReminderRegister register;
  private final Organisations organisations;
  private final Book book;

  DeadlineCautions(ReminderRegister register, Organisations organisations, Book book) {
    this.register = register;
    this.organisations = organisations;
    this.book = book;
  }

  @Override
  public List<Text> of(Particulars draft) {
    var cautions = new ArrayList<Text>();
    draft
        .deadline()
        .map(deadline -> LocalDate.ofInstant(deadline, JapaneseDates.ZONE))
        .filter(day -> Holidays.knows(day) && Holidays.isClosed(day))
        .ifPresent(day ->
            cautions.add(
                Text.of("deadline.caution.closed", JapaneseDates.date(day), whyClosed(day))));
    var tolerance = register.current().dateTolerance();
    var today = organisations.today();
    draft
        .contractDate()
        .filter(day -> Math.abs(ChronoUnit.DAYS.between(today, day)) > tolerance)
        .ifPresent(day ->
            cautions.add(
                Text.of(
                    day.isBefore(today)
                        ? "deadline.caution.dateBefore"
                        : "deadline.caution.dateAfter",
                    JapaneseDates.date(day),
                    String.valueOf(Math.abs(ChronoUnit.DAYS.between(today, day))),
                    String.valueOf(tolerance))));
    return cautions;
  }

  private String whyClosed(LocalDate day) {
    return Holidays.nameOf(day)
        .orElseGet(() ->
            Holidays.isTurnOfTheYear(day)
                ? book.of("deadline.turnOfTheYear")
                : day.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.JAPAN));
  }
}
