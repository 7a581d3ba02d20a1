package jp.musubi.statistics;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.authority.Reach;
import jp.musubi.contract.ContractReach;
import jp.musubi.organisation.Organisations;
import jp.musubi.register.Waiting;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** 滞留. What waits now, counted by the very conditions by which the register lists it. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class Delays {
  private static final String COUNT =
      "select "
          + Arrays.stream(Waiting.At.values()).map(Delays::columns).collect(Collectors.joining(","))
          + " from contract c where c.state in"
          + " ('DRAFT', 'SCHEDULED', 'AWAITING_AGREEMENTS', 'CONCLUDING')"
          + " and (cast(:sections as uuid[]) is null"
          + " or c.section_id = any(cast(:sections as uuid[]))) and ";

  private final JdbcClient jdbc;
  private final ContractReach reached;
  private final Organisations organisations;

  Delays(JdbcClient jdbc, ContractReach reached, Organisations organisations) {
    this.jdbc = jdbc;
    this.reached = reached;
    this.organisations = organisations;
  }

  /**
   * What waits at a step.
   *
   * @param all of it
   * @param late what waits for more days than were asked for
   * @param longest in days; 0 where nothing waits
   */
  record Delay(int all, int late, int longest) {}

  private static String columns(Waiting.At at) {
    return "count(*) filter (where %s) as %s_all, count(*) filter (where %s) as %s_late,"
            .formatted(at.here(), at, at.tooLong(), at)
        + "coalesce(max(%s) filter (where %s), 0) as %s_longest"
            .formatted(at.forDays(), at.here(), at);
  }

  /** As far as somebody's rights reach. */
  Map<Waiting.At, Delay> within(Reach reach, int days, UUID @Nullable [] sections) {
    return count(reached.within(reach, jdbc.sql(COUNT + ContractReach.CONDITION)), days, sections);
  }

  /** Of the whole current body. */
  Map<Waiting.At, Delay> ofTheBody(int days) {
    return count(jdbc.sql(COUNT + "true").param("today", organisations.today()), days, null);
  }

  private static Map<Waiting.At, Delay> count(
      JdbcClient.StatementSpec statement, int days, UUID @Nullable [] sections) {
    return statement
        .param("sections", sections)
        .param("waitingDays", days)
        .query((row, _) -> delays(row))
        .single();
  }

  private static Map<Waiting.At, Delay> delays(ResultSet row) throws SQLException {
    var delays = new EnumMap<Waiting.At, Delay>(Waiting.At.class);
    for (var at : Waiting.At.values()) {
      delays.put(
          at,
          new Delay(
              row.getInt(at + "_all"), row.getInt(at + "_late"), row.getInt(at + "_longest")));
    }
    return delays;
  }
}
