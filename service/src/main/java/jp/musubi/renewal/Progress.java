package jp.musubi.renewal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Reach;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.ContractReach;
import jp.musubi.platform.JapaneseDates;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** 延長の進み具合: counts of the current body, and its contracts as far as somebody's rights reach. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class Progress {
  private static final String LINE =
      """
      select c.id, c.number, c.title, c.concluded_at, p.ends_at, p.due_at, p.cause, p.renewals,
             w.trouble, w.asked_at is not null as asked
        from contract_protection p
        join contract c on c.tenant_id = p.tenant_id and c.id = p.contract_id
                       and c.state = 'CONCLUDED'
        left join protection_work w on w.tenant_id = p.tenant_id and w.contract_id = p.contract_id
       where\
      """;

  private static final String COUNTS =
      """
      select count(p.contract_id) as known,
             count(*) filter (where p.contract_id is null) as unknown,
             count(*) filter (where p.renewals > 0) as renewed,
             count(*) filter (where p.due_at <= :at or w.asked_at is not null) as due,
             count(*) filter (where w.trouble is not null
                                and (p.due_at <= :at or w.asked_at is not null)) as waiting,
             count(*) filter (where p.due_at <= :late) as late,
             count(*) filter (where p.ends_at <= :at) as over
        from contract c
        left join contract_protection p on p.tenant_id = c.tenant_id and p.contract_id = c.id
        left join protection_work w on w.tenant_id = c.tenant_id and w.contract_id = c.id
       where c.state = 'CONCLUDED'
      """;

  private final JdbcClient jdbc;
  private final ContractReach reached;

  Progress(JdbcClient jdbc, ContractReach reached) {
    this.jdbc = jdbc;
    this.reached = reached;
  }

  /**
   * The numbers of a body.
   *
   * @param unknown concluded, and nobody could say yet until when they can be verified
   * @param due what is to be renewed
   * @param waiting of these, what something keeps waiting
   * @param late due for more than thirty days
   * @param over can be verified no longer
   */
  record Counts(
      int protectedOnes, int unknown, int renewed, int due, int waiting, int late, int over) {}

  /** A contract and until when it can be verified. */
  record Line(ContractId id, String number, String title, Instant concludedAt, Standing standing) {}

  /** 年ごとの件数. */
  record Year(int year, int contracts) {}

  /** All of the body, for operators and for the alarm: numbers, and nothing of contracts. */
  Counts counts(Instant now) {
    return counted(jdbc.sql(COUNTS), now);
  }

  /** As far as somebody's rights reach. */
  Counts counts(Instant now, Reach reach) {
    return counted(reached.within(reach, jdbc.sql(COUNTS + " and" + ContractReach.CONDITION)), now);
  }

  private static Counts counted(JdbcClient.StatementSpec statement, Instant now) {
    return statement
        .param("at", Timestamp.from(now))
        .param("late", Timestamp.from(RenewalRound.lateBefore(now)))
        .query((row, _) ->
            new Counts(
                row.getInt("known"),
                row.getInt("unknown"),
                row.getInt("renewed"),
                row.getInt("due"),
                row.getInt("waiting"),
                row.getInt("late"),
                row.getInt("over")))
        .single();
  }

  /** How many contracts within reach end in which year, by the calendar of Japan. */
  List<Year> years(Reach reach) {
    return reached
        .within(
            reach,
            jdbc.sql(
                """
                select extract(year from p.ends_at at time zone 'Asia/Tokyo')::int as year,
                       count(*) as contracts
                  from contract_protection p
                  join contract c on c.tenant_id = p.tenant_id and c.id = p.contract_id
                 where c.state = 'CONCLUDED' and\
                """
                    + ContractReach.CONDITION
                    + " group by 1 order by 1"))
        .query((row, _) -> new Year(row.getInt("year"), row.getInt("contracts")))
        .list();
  }

  /**
   * The same of contracts that were concluded elsewhere, as it was judged then: nobody renews
   * those.
   */
  List<Year> yearsElsewhere(Reach reach) {
    return reached
        .within(
            reach,
            jdbc.sql(
                """
                select extract(year from r.verifiable_until at time zone 'Asia/Tokyo')::int as year,
                       count(*) as contracts
                  from elsewhere_record r
                  join contract c on c.tenant_id = r.tenant_id and c.id = r.contract_id
                 where c.state = 'ELSEWHERE' and r.verifiable_until is not null and\
                """
                    + ContractReach.CONDITION
                    + " group by 1 order by 1"))
        .query((row, _) -> new Year(row.getInt("year"), row.getInt("contracts")))
        .list();
  }

  /** How many concluded contracts within reach nobody looked at yet. */
  int unknown(Reach reach) {
    return reached
        .within(
            reach,
            jdbc.sql(
                """
                select count(*) from contract c
                 where c.state = 'CONCLUDED'
                   and not exists (select from protection p where p.tenant_id = c.tenant_id
                                     and p.contract_id = c.id) and\
                """
                    + ContractReach.CONDITION))
        .query(Integer.class)
        .single();
  }

  /** What ends in a year, the first to end first. */
  List<Line> endingIn(Reach reach, int year, int most) {
    return lines(
        reach, " p.ends_at >= :from and p.ends_at < :until", begin(year), begin(year + 1), most);
  }

  /** What is to be renewed, the first to end first. */
  List<Line> due(Reach reach, Instant now, int most) {
    return lines(
        reach,
        " (p.due_at between :from and :until or w.asked_at is not null)",
        Instant.EPOCH,
        now,
        most);
  }

  private List<Line> lines(Reach reach, String condition, Instant from, Instant until, int most) {
    return reached
        .within(
            reach,
            jdbc.sql(
                LINE
                    + condition
                    + " and"
                    + ContractReach.CONDITION
                    + " order by p.ends_at, c.number limit :most"))
        .param("from", Timestamp.from(from))
        .param("until", Timestamp.from(until))
        .param("most", most)
        .query((row, _) -> line(row))
        .list();
  }

  /** What was renewed last. */
  List<Line> renewed(Reach reach, int most) {
    return reached
        .within(
            reach,
            jdbc.sql(
                LINE
                    + " p.renewals > 0 and"
                    + ContractReach.CONDITION
                    + " order by p.stamped_at desc, c.number limit :most"))
        .param("most", most)
        .query((row, _) -> line(row))
        .list();
  }

  /** Contracts by their numbers, as far as somebody may know of them and they are concluded. */
  List<ContractId> numbered(Reach reach, Collection<String> numbers) {
    return reached
        .within(
            reach,
            jdbc.sql(
                """
                select c.id from contract c
                 where exists (select from protection p where p.tenant_id = c.tenant_id
                                 and p.contract_id = c.id)
                   and c.number = any(cast(:numbers as text[])) and c.state = 'CONCLUDED' and\
                """
                    + ContractReach.CONDITION
                    + " order by c.number"))
        .param("numbers", numbers.toArray(String[]::new))
        .query((row, _) -> new ContractId(row.getObject(1, UUID.class)))
        .list();
  }

  private static Instant begin(int year) {
    return LocalDate.of(year, 1, 1).atStartOfDay(JapaneseDates.ZONE).toInstant();
  }

  private static Line line(ResultSet row) throws SQLException {
    return new Line(
        new ContractId(row.getObject("id", UUID.class)),
        Objects.requireNonNull(row.getString("number")),
        Objects.requireNonNull(row.getString("title")),
        row.getTimestamp("concluded_at").toInstant(),
        new Standing(
            row.getTimestamp("ends_at").toInstant(),
            row.getTimestamp("due_at").toInstant(),
            Objects.requireNonNull(row.getString("cause")),
            row.getInt("renewals"),
            Optional.ofNullable(row.getString("trouble")),
            row.getBoolean("asked")));
  }
}
