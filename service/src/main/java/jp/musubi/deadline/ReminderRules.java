package jp.musubi.deadline;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import jp.musubi.platform.Holidays;
import jp.musubi.platform.JapaneseDates;

/**
 * 督促の決まり. When a body reminds counterparties, and when its own staff hear of a deadline: on days on
 * which its offices are open, in office hours.
 *
 * @param automatic whether counterparties are reminded without somebody doing it
 * @param firstAfter days from being asked to the first reminder, 1 to 60
 * @param every days from one reminder to the next, 1 to 60
 * @param most how many reminders one person gets, 1 to 10
 * @param daysLeft how many days have to be left until the deadline's; with fewer nobody is reminded
 *     any more, 0 to 30
 * @param noticeBefore days before the deadline that the clerk hears of it, 1 to 30
 * @param endingBefore days before the end of a contract's period that its clerk hears of it, 0 for
 *     never, to 366
 * @param dateTolerance days by which 契約日 may differ from the day of sending without a word, 0 to
 *     366
 */
record ReminderRules(
    boolean automatic,
    int firstAfter,
    int every,
    int most,
    int daysLeft,
    int noticeBefore,
    int endingBefore,
    int dateTolerance) {
  /** Of a body that has said nothing. */
  static final ReminderRules DEFAULT = new ReminderRules(true, 5, 3, 3, 1, 3, 60, 7);

  private static final LocalTime OPENS = LocalTime.of(9, 0);
  private static final LocalTime CLOSES = LocalTime.of(17, 0);

  /**
   * How far a person has been reminded.
   *
   * @param asked when they were last given a link otherwise than by a reminder
   * @param sent how many reminders they had
   * @param last when the last of these went
   */
  record Course(Instant asked, int sent, Optional<Instant> last) {}

  /** When somebody is to be reminded next; empty when they will not be any more. */
  Optional<Instant> next(Course course, Instant deadline) {
    if (!automatic || course.sent() >= most) {
      return Optional.empty();
    }
    var from = course.last().filter(course.asked()::isBefore).orElse(course.asked());
    var planned = day(from).plusDays(course.sent() == 0 ? firstAfter : every);
    if (!Holidays.knows(planned)) {
      return Optional.empty();
    }
    var day = Holidays.openFrom(planned);
    var due = opening(day);
    return day.isAfter(day(deadline).minusDays(daysLeft)) || !due.isBefore(deadline)
        ? Optional.empty()
        : Optional.of(due);
  }

  /**
   * From when the clerk is to hear that the deadline is near: so many days before, or on the last
   * open day before that.
   */
  Optional<Instant> notice(Instant deadline) {
    var day = day(deadline).minusDays(noticeBefore);
    return Holidays.knows(day) ? Optional.of(opening(Holidays.openUntil(day))) : Optional.empty();
  }

  /** Whether a contract that ends on this day is near its end (満了). */
  boolean isEnding(LocalDate until, LocalDate today) {
    return endingBefore > 0
        && !until.isBefore(today)
        && !until.minusDays(endingBefore).isAfter(today);
  }

  /** Whether letters of this kind may go now. Who was missed at nine is written to until five. */
  static boolean isOfficeHour(Instant now) {
    var there = now.atZone(JapaneseDates.ZONE);
    var time = there.toLocalTime();
    return Holidays.knows(there.toLocalDate())
        && !Holidays.isClosed(there.toLocalDate())
        && !time.isBefore(OPENS)
        && time.isBefore(CLOSES);
  }

  private static LocalDate day(Instant moment) {
    return LocalDate.ofInstant(moment, JapaneseDates.ZONE);
  }

  private static Instant opening(LocalDate day) {
    return day.atTime(OPENS).atZone(JapaneseDates.ZONE).toInstant();
  }
}
