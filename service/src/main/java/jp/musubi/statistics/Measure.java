package jp.musubi.statistics;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;
import jp.musubi.statistics.Course.End;

/** 数えるもの. Each is of the day on which it happened, in Japan. */
enum Measure {
  /** 作成. */
  MADE {
    @Override
    Stream<LocalDate> days(Course course) {
      return Stream.of(Period.day(course.madeAt()));
    }
  },
  /** 送信. */
  SENT {
    @Override
    Stream<LocalDate> days(Course course) {
      return day(course.sentAt());
    }
  },
  /** 電子で締結. */
  ELECTRONIC {
    @Override
    Stream<LocalDate> days(Course course) {
      return day(course.concludedAt());
    }
  },
  /** 紙で締結, as far as it was recorded. */
  PAPER {
    @Override
    Stream<LocalDate> days(Course course) {
      return course.paperOn().stream();
    }
  },
  /** 辞退. */
  DECLINED {
    @Override
    Stream<LocalDate> days(Course course) {
      return ended(course, End.DECLINED);
    }
  },
  /** 差戻し. */
  RETURNED {
    @Override
    Stream<LocalDate> days(Course course) {
      return ended(course, End.RETURNED);
    }
  },
  /** 取消. */
  WITHDRAWN {
    @Override
    Stream<LocalDate> days(Course course) {
      return ended(course, End.WITHDRAWN);
    }
  },
  /** 期限切れ. */
  EXPIRED {
    @Override
    Stream<LocalDate> days(Course course) {
      return ended(course, End.EXPIRED);
    }
  },
  /** 紙に切替. */
  TO_PAPER {
    @Override
    Stream<LocalDate> days(Course course) {
      return ended(course, End.ON_PAPER);
    }
  },
  /** 督促, each letter. */
  REMINDED {
    @Override
    Stream<LocalDate> days(Course course) {
      return course.reminders().stream().map(Period::day);
    }
  };

  /** The days on which it happened to a contract. */
  abstract Stream<LocalDate> days(Course course);

  private static Stream<LocalDate> day(Optional<Instant> moment) {
    return moment.stream().map(Period::day);
  }

  private static Stream<LocalDate> ended(Course course, End how) {
    return course.ending().stream()
        .filter(ending -> ending.how() == how)
        .map(ending -> Period.day(ending.at()));
  }
}
