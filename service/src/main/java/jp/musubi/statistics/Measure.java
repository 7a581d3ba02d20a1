package jp.musubi.statistics;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;
import jp.musubi.statistics.Course.End;

/** 数えるもの. Each is of the day on which it happened, in Japan. */
enum Measure {
  /** 作成. */
  MADE,
  /** 送信. */
  SENT,
  /** 電子で締結. */
  ELECTRONIC,
  /** 紙で締結, as far as it was recorded. */
  PAPER,
  /** 辞退. */
  DECLINED,
  /** 差戻し. */
  RETURNED,
  /** 取消. */
  WITHDRAWN,
  /** 期限切れ. */
  EXPIRED,
  /** 紙に切替. */
  TO_PAPER,
  /** 督促, each letter. */
  REMINDED;

  /** The days on which it happened to a contract. */
  Stream<LocalDate> days(Course course) {
    return switch (this) {
      case MADE -> Stream.of(Period.day(course.madeAt()));
      case SENT -> day(course.sentAt());
      case ELECTRONIC -> day(course.concludedAt());
      case PAPER -> course.paperOn().stream();
      case DECLINED -> ended(course, End.DECLINED);
      case RETURNED -> ended(course, End.RETURNED);
      case WITHDRAWN -> ended(course, End.WITHDRAWN);
      case EXPIRED -> ended(course, End.EXPIRED);
      case TO_PAPER -> ended(course, End.ON_PAPER);
      case REMINDED -> course.reminders().stream().map(Period::day);
    };
  }

  private static Stream<LocalDate> day(Optional<Instant> moment) {
    return moment.stream().map(Period::day);
  }

  private static Stream<LocalDate> ended(Course course, End how) {
    return course.ending().stream()
        .filter(ending -> ending.how() == how)
        .map(ending -> Period.day(ending.at()));
  }
}
