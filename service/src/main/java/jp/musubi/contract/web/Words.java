package jp.musubi.contract.web;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.Yen;
import jp.musubi.platform.web.Text;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Amounts, days and times as pages print them (UI-6): in Japanese time, by both calendars. */
@Component
class Words {
  static final ZoneId TOKYO = JapaneseDates.ZONE;
  private static final DateTimeFormatter MONTH_DAY_TIME =
      DateTimeFormatter.ofPattern("M月d日 H:mm", Locale.JAPAN).withZone(TOKYO);
  private static final DateTimeFormatter TO_THE_MINUTE =
      DateTimeFormatter.ofPattern(" H:mm", Locale.JAPAN).withZone(TOKYO);
  private static final DateTimeFormatter TO_THE_SECOND =
      DateTimeFormatter.ofPattern(" H:mm:ss", Locale.JAPAN).withZone(TOKYO);

  private final MessageSource messages;

  Words(MessageSource messages) {
    this.messages = messages;
  }

  String of(String key, Object... values) {
    return messages.getMessage(key, values, Locale.JAPAN);
  }

  String of(Text text) {
    return messages.getMessage(text.key(), text.arguments(), Locale.JAPAN);
  }

  /** The words of a key, if there are any. */
  Optional<String> known(String key, Object... values) {
    return Optional.ofNullable(messages.getMessage(key, values, null, Locale.JAPAN));
  }

  String yen(OptionalLong amount) {
    return amount.isPresent()
        ? of("contract.amount.yen", Yen.format(amount.getAsLong()))
        : of("contract.amount.unit");
  }

  String day(Optional<LocalDate> day) {
    return day.map(Words::day).orElseGet(() -> of("contract.unset"));
  }

  String period(Optional<LocalDate> from, Optional<LocalDate> until) {
    if (from.isEmpty() && until.isEmpty()) {
      return of("contract.unset");
    }
    if (until.isEmpty()) {
      return of("contract.period.from", day(from.orElseThrow()));
    }
    return from.map(day -> of("contract.period.span", day(day), day(until.get())))
        .orElseGet(() -> of("contract.period.until", day(until.get())));
  }

  /** 令和8年12月4日（2026年12月4日）. */
  static String day(LocalDate day) {
    return JapaneseDates.date(day);
  }

  /** 令和8年12月4日（2026年12月4日） 17:00. */
  static String moment(Instant moment) {
    return day(LocalDate.ofInstant(moment, TOKYO)) + TO_THE_MINUTE.format(moment);
  }

  /** To the second, for evidence. */
  static String exactly(Instant moment) {
    return day(LocalDate.ofInstant(moment, TOKYO)) + TO_THE_SECOND.format(moment);
  }

  /** 12月4日 17:00, where the year is plain from what stands around it. */
  static String monthDayTime(Instant moment) {
    return MONTH_DAY_TIME.format(moment);
  }
}
