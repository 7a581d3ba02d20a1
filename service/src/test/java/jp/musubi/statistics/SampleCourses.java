package jp.musubi.statistics;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import jp.musubi.TestBody;
import jp.musubi.contract.ContractKind;
import jp.musubi.platform.JapaneseDates;
import org.jspecify.annotations.Nullable;

/**
 * Contracts in every state, from a seed, over three fiscal years; many of them on the edge of a
 * month as Japan has it. Written past triggers, which know nothing of how each came to be so.
 */
final class SampleCourses implements AutoCloseable {
  private static final LocalDate FIRST = LocalDate.of(2023, 4, 1);
  private static final int DAYS = 3 * 365;
  private static final List<String> STATES =
      List.of(
          "CONCLUDED",
          "CONCLUDED",
          "CONCLUDED",
          "CONCLUDED",
          "CONCLUDED",
          "DISPOSED",
          "ON_PAPER",
          "ON_PAPER",
          "DECLINED",
          "RETURNED",
          "WITHDRAWN",
          "EXPIRED",
          "AWAITING_AGREEMENTS",
          "AWAITING_AGREEMENTS",
          "CONCLUDING",
          "DRAFT");

  private final Random random;
  private final CourseRows rows;

  SampleCourses(long seed, TestBody body, Connection connection) throws SQLException {
    random = new Random(seed);
    rows = new CourseRows(body, connection);
  }

  /** Writes so many into these sections. */
  void write(int count, List<UUID> sections) throws SQLException {
    for (var i = 0; i < count; i++) {
      write(
          STATES.get(random.nextInt(STATES.size())),
          sections.get(random.nextInt(sections.size())),
          moment(FIRST.plusDays(random.nextInt(DAYS))));
      if (i % 1000 == 999) {
        rows.flush();
      }
    }
    rows.flush();
  }

  /** Writes one in a state, made at a moment; gives its id. */
  UUID write(String state, UUID section, Instant made) throws SQLException {
    var id = UUID.randomUUID();
    var approved = random.nextInt(3) == 0;
    var asked = later(made, 2);
    var settled = later(asked, 4);
    if (approved) {
      rows.approval(id, decided(asked), asked, state.equals("DRAFT") ? null : settled);
    }
    var sent = state.equals("DRAFT") ? null : later(settled, 3);
    var counterparty = sent == null ? null : later(sent, 12);
    var office = counterparty == null ? null : later(counterparty, 6);
    var concluded = state.equals("CONCLUDED") || state.equals("DISPOSED") ? seconds(office) : null;
    var ends = List.of("ON_PAPER", "DECLINED", "RETURNED", "WITHDRAWN", "EXPIRED").contains(state);
    var ended = ends && sent != null ? later(sent, 20) : null;
    var kinds = ContractKind.values();
    rows.contract(
        id, state, kinds[random.nextInt(kinds.length)], section, made, sent, concluded, ended);
    if (sent != null) {
      var ids = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
      rows.party(ids.get(0), id, 0, "SENDER");
      rows.party(ids.get(1), id, 1, "COUNTERPARTY");
      rows.party(ids.get(2), id, 2, "OFFICE");
      rows.agreement(id, ids.get(0), 0, sent);
      var all = concluded != null || state.equals("CONCLUDING");
      if (all || (state.equals("AWAITING_AGREEMENTS") && random.nextBoolean())) {
        rows.agreement(id, ids.get(1), 1, counterparty);
      }
      if (all) {
        rows.agreement(id, ids.get(2), 2, office);
      }
      for (var letter = 1; letter <= random.nextInt(4); letter++) {
        rows.reminder(id, ids.get(1), letter, later(sent, 10));
      }
    }
    if (state.equals("ON_PAPER") && random.nextInt(3) > 0) {
      // What was recorded last holds.
      for (var time = 1; time <= 1 + random.nextInt(2); time++) {
        rows.paper(id, time, Period.day(made).plusDays(random.nextInt(40)));
      }
    }
    return id;
  }

  @Override
  public void close() throws SQLException {
    rows.close();
  }

  /** Within a day; every fourth at its very beginning or end in Japan. */
  private Instant moment(LocalDate day) {
    var start = day.atStartOfDay(JapaneseDates.ZONE).toInstant();
    return switch (random.nextInt(8)) {
      case 0 -> start;
      case 1 -> start.plusSeconds(86_399);
      default -> start.plusSeconds(random.nextInt(86_400));
    };
  }

  private Instant later(Instant than, int days) {
    var moment = moment(Period.day(than).plusDays(random.nextInt(days + 1)));
    return moment.isBefore(than) ? than.plusSeconds(1) : moment;
  }

  /** Mostly before the approval was asked for, now and then a slip. */
  private @Nullable LocalDate decided(Instant asked) {
    return random.nextBoolean() ? null : Period.day(asked).minusDays(random.nextInt(9) - 2L);
  }

  private static @Nullable Instant seconds(@Nullable Instant after) {
    return after == null ? null : after.plus(Duration.ofSeconds(5));
  }
}
