package jp.musubi.statistics;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalInt;
import jp.musubi.statistics.Course.Side;

/**
 * 日数をはかる段階, of contracts that were concluded electronically. Days are the calendar's: what is done
 * on the day it began took none. So {@link #COUNTERPARTY}, {@link #OFFICE} and {@link #SEALING} of
 * one contract add up to {@link #ROUND}.
 */
enum Stage {
  /** 決裁から締結まで; from the first entry where no 決裁日 is known. */
  WHOLE {
    @Override
    OptionalInt days(Course course) {
      return whole(course);
    }
  },
  /** 承認. */
  APPROVAL {
    @Override
    OptionalInt days(Course course) {
      return between(course.askedAt().map(Period::day), course.approvedAt().map(Period::day));
    }
  },
  /** 送信から締結まで. */
  ROUND {
    @Override
    OptionalInt days(Course course) {
      return between(course.sentAt().map(Period::day), course.concludedAt().map(Period::day));
    }
  },
  /** 相手方. */
  COUNTERPARTY {
    @Override
    OptionalInt days(Course course) {
      return waitedFor(course, Side.COUNTERPARTY);
    }
  },
  /** 団体の署名. */
  OFFICE {
    @Override
    OptionalInt days(Course course) {
      return waitedFor(course, Side.OFFICE);
    }
  },
  /** 締結処理, from the last agreement. */
  SEALING {
    @Override
    OptionalInt days(Course course) {
      return course.agreed().isEmpty()
          ? OptionalInt.empty()
          : between(
              Optional.of(Period.day(course.agreed().getLast().at())),
              course.concludedAt().map(Period::day));
    }
  };

  /** How long it took; empty where the contract had no such step. */
  abstract OptionalInt days(Course course);

  private static OptionalInt whole(Course course) {
    var concluded = course.concludedAt().map(Period::day);
    var made = Period.day(course.madeAt());
    // A 決裁日 after the conclusion is a slip of the pen, or of something else.
    var begun =
        course.decidedOn().filter(day -> concluded.filter(day::isAfter).isEmpty()).orElse(made);
    return between(Optional.of(begun), concluded);
  }

  /** From each agreement to the next, as far as the next was theirs to give. */
  private static OptionalInt waitedFor(Course course, Side side) {
    var waited = 0;
    var asked = false;
    Optional<Instant> before = course.sentAt();
    for (var agreed : course.agreed()) {
      if (agreed.by() == side && before.isPresent()) {
        waited += count(Period.day(before.get()), Period.day(agreed.at()));
        asked = true;
      }
      before = Optional.of(agreed.at());
    }
    return asked ? OptionalInt.of(waited) : OptionalInt.empty();
  }

  private static OptionalInt between(Optional<LocalDate> from, Optional<LocalDate> until) {
    return from.isPresent() && until.isPresent()
        ? OptionalInt.of(count(from.get(), until.get()))
        : OptionalInt.empty();
  }

  private static int count(LocalDate from, LocalDate until) {
    return (int) Math.max(0, ChronoUnit.DAYS.between(from, until));
  }
}
