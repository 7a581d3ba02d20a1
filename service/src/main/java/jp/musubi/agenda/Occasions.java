package jp.musubi.agenda;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Reach;
import jp.musubi.contract.ContractReach;
import jp.musubi.mandate.MandateEndings;
import jp.musubi.staff.StaffMember;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 予定を集める, of the contracts within somebody's reach and no other. */
@Service
@Transactional(readOnly = true)
class Occasions {
  /** What is past for longer is no use to a calendar. */
  private static final int PAST_DAYS = 31;

  /** What lasts for ever ends in no calendar. */
  private static final int MOST = 5000;

  private static final String READ =
      """
      select x.id, x.what, x.day, x.at, x.number, x.title
        from (
          select c.id, 'PERIOD_ENDS' as what, c.period_until as day,
                 cast(null as timestamptz) as at, c.number, c.title
            from contract c
           where c.state in ('CONCLUDED', 'ELSEWHERE', 'ON_PAPER') and c.period_until is not null and %1$s
          union all
          select c.id, 'RENEWS_SOON', c.period_until - n.days, null, c.number, c.title
            from contract c,
                 (select coalesce((select r.ending_before from reminder_rules r), 60) as days) n
           where c.state in ('CONCLUDED', 'ELSEWHERE', 'ON_PAPER') and c.period_until is not null and c.renews
             and n.days > 0 and %1$s
          union all
          select c.id, 'AGREE_BY', cast(c.deadline at time zone 'Asia/Tokyo' as date), c.deadline,
                 c.number, c.title
            from contract c
           where c.state = 'AWAITING_AGREEMENTS' and %1$s) x
       where x.day >= cast(:today as date) - :past
       order by x.day, x.number, x.what
       limit :most
      """
          .formatted(ContractReach.CONDITION);

  private final JdbcClient jdbc;
  private final ContractReach reached;
  private final MandateEndings mandates;

  Occasions(JdbcClient jdbc, ContractReach reached, MandateEndings mandates) {
    this.jdbc = jdbc;
    this.reached = reached;
    this.mandates = mandates;
  }

  /** From a month ago on, the nearest first. */
  public List<Occasion> within(Reach reach) {
    return reached
        .within(reach, jdbc.sql(READ))
        .param("past", PAST_DAYS)
        .param("most", MOST)
        .query((row, _) -> occasion(row))
        .list();
  }

  /** The last days of 委任, for whoever may see the register of counterparties. */
  public List<Occasion> ofMandates(StaffMember reader) {
    return mandates.seenBy(reader).stream()
        .map(each ->
            new Occasion(
                each.mandate(),
                Occasion.What.MANDATE_ENDS,
                each.day(),
                Optional.empty(),
                each.organisation(),
                each.agent()))
        .toList();
  }

  private static Occasion occasion(ResultSet row) throws SQLException {
    return new Occasion(
        row.getObject("id", UUID.class),
        Occasion.What.valueOf(row.getString("what")),
        row.getObject("day", LocalDate.class),
        Optional.ofNullable(row.getTimestamp("at")).map(Timestamp::toInstant),
        row.getString("number"),
        row.getString("title"));
  }
}
