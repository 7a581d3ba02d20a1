package jp.musubi.operations;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.vault.Growth;

/**
 * 容量の見通し. What the stored files will take if they go on growing as they did in the last twelve
 * months, which have one April; of a younger service, in the months that there were.
 *
 * @param held bytes now
 * @param grown bytes that came and stayed in those months; less than nothing where more went
 * @param months how many months they were, 1 to 12
 * @param left bytes for which there is room
 */
record Outlook(long held, long grown, int months, long left) {
  static final int MONTHS = 12;

  /** Fewer say more of the month than of the year. */
  private static final int TOO_FEW = 3;

  /** Nobody plans further. */
  private static final int FARTHEST = 12 * 30;

  private static final int SOON = 6;

  /** Since when growth counts. */
  static Instant since(Instant now) {
    return today(now).minusMonths(MONTHS).atStartOfDay(JapaneseDates.ZONE).toInstant();
  }

  /** Of all bodies together. */
  static Outlook of(long held, List<Growth> growths, long left, Instant now) {
    var oldest = growths.stream().flatMap(each -> each.first().stream()).min(Instant::compareTo);
    var months =
        oldest
            .map(first ->
                YearMonth.from(today(first)).until(YearMonth.from(today(now)), ChronoUnit.MONTHS))
            .map(passed -> Math.clamp(passed, 1, MONTHS))
            .orElse(1);
    var grown = growths.stream().mapToLong(each -> each.stored() - each.erased()).sum();
    return new Outlook(held, grown, months, left);
  }

  /** Whether there were months enough to tell. */
  boolean tells() {
    return months >= TOO_FEW;
  }

  /** What the files will take after so many years. */
  long after(int years) {
    return Math.max(0, held + perMonth() * 12 * years);
  }

  /** The month in which nothing fits any more; empty where that is not to be seen. */
  Optional<YearMonth> full(Instant now) {
    var pace = perMonth();
    if (!tells() || pace <= 0 || left / pace > FARTHEST) {
      return Optional.empty();
    }
    return Optional.of(YearMonth.from(today(now)).plusMonths(left / pace));
  }

  /** Whether somebody has to see to it now: a new device takes a budget and a tender. */
  boolean isNear(Instant now) {
    return full(now)
        .filter(month -> month.isBefore(YearMonth.from(today(now)).plusMonths(SOON)))
        .isPresent();
  }

  private long perMonth() {
    return Math.ceilDiv(grown, months);
  }

  private static LocalDate today(Instant now) {
    return LocalDate.ofInstant(now, JapaneseDates.ZONE);
  }
}
