package jp.musubi.disposal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import jp.musubi.authority.Reach;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.ContractKind;
import jp.musubi.contract.ContractReach;
import jp.musubi.platform.JapaneseDates;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads contracts of the current body as far as their disposal goes. */
@Repository
class Candidates {
  private static final String SELECT =
      """
      select c.id, c.number, c.title, c.kind, c.state, c.section_id, c.created_at,
             c.contract_date, c.period_until, c.concluded_at, c.reading_years, c.renews,
             e.keeping_years,
             contract_kept_until(c.tenant_id, c.id) as kept_until,
             (select coalesce(string_agg(o.organisation, '、' order by o.turn, o.ordinal), '')
                from party o where o.tenant_id = c.tenant_id and o.contract_id = c.id
                               and o.kind = 'COUNTERPARTY') as counterparties,
             array(select x.number
                from contract_origin g
                join contract x on x.tenant_id = g.tenant_id and x.id = g.contract_id
               where g.tenant_id = c.tenant_id and g.original_id = c.id
                 and x.state not in ('DISPOSED', 'DECLINED', 'RETURNED', 'WITHDRAWN', 'EXPIRED')
               order by x.number)
               as referring,
             exists (select from disposal_hold h where h.tenant_id = c.tenant_id
                       and h.contract_id = c.id and h.ended_at is null) as held,
             (select i.proposal_id from disposal_item i where i.tenant_id = c.tenant_id
                and i.contract_id = c.id and i.open) as proposed
        from contract c
        left join register_entry e on e.tenant_id = c.tenant_id and e.contract_id = c.id
      """;

  /** As {@code contract_kept_until} says of one, of all at once. */
  private static final String DUE =
      """
       where c.state in ('CONCLUDED', 'ELSEWHERE') and not e.keeping_forever
         and kept_until(greatest(c.period_until, c.contract_date,
                                 (c.concluded_at at time zone 'Asia/Tokyo')::date),
                        e.keeping_years) < :on
         and not exists (select from disposal_item i where i.tenant_id = c.tenant_id
                           and i.contract_id = c.id and i.open)
         and\
      """
          + ContractReach.CONDITION
          + " order by kept_until, c.number limit :most";

  private final JdbcClient jdbc;
  private final ContractReach reached;

  Candidates(JdbcClient jdbc, ContractReach reached) {
    this.jdbc = jdbc;
    this.reached = reached;
  }

  /** 保存期間が過ぎた契約 within reach that nobody proposed yet, the longest due first. */
  List<Candidate> due(Reach reach, LocalDate today, int most) {
    return reached
        .within(reach, jdbc.sql(SELECT + DUE))
        .param("on", today)
        .param("most", most)
        .query((row, _) -> candidate(row))
        .list();
  }

  /** Whether somebody may know of all of these: 親展 keeps even one's own section's from one. */
  boolean allWithin(Reach reach, Collection<Candidate> all) {
    var ids = all.stream().map(each -> each.id().value()).toArray(UUID[]::new);
    return reached
            .within(
                reach,
                jdbc.sql(
                    "select count(*) from contract c where c.id = any(cast(:ids as uuid[])) and"
                        + ContractReach.CONDITION))
            .param("ids", ids)
            .query(Integer.class)
            .single()
        == ids.length;
  }

  /** Which of these numbers are of contracts that somebody may know of. */
  List<String> known(Reach reach, List<String> numbers) {
    return reached
        .within(
            reach,
            jdbc.sql(
                "select c.number from contract c where c.number = any(cast(:numbers as text[])) and"
                    + ContractReach.CONDITION
                    + " order by c.number"))
        .param("numbers", numbers.toArray(String[]::new))
        .query((row, _) -> row.getString("number"))
        .list();
  }

  /** One contract. */
  Optional<Candidate> find(ContractId id) {
    return jdbc.sql(SELECT + " where c.id = :id")
        .param("id", id.value())
        .query((row, _) -> candidate(row))
        .optional();
  }

  /** Those of a proposal, by number. */
  List<Candidate> of(UUID proposal) {
    return jdbc.sql(
            SELECT
                + """
                 where c.id in (select contract_id from disposal_item where proposal_id = :proposal)
                 order by c.number
                """)
        .param("proposal", proposal)
        .query((row, _) -> candidate(row))
        .list();
  }

  /** Nobody else changes these, holds them or proposes them until the transaction ends. */
  List<Candidate> lock(Collection<UUID> contracts) {
    var ids = contracts.toArray(UUID[]::new);
    jdbc.sql("select id from contract where id = any(cast(:ids as uuid[])) order by id for update")
        .param("ids", ids)
        .query(UUID.class)
        .list();
    return jdbc.sql(SELECT + " where c.id = any(cast(:ids as uuid[])) order by c.number")
        .param("ids", ids)
        .query((row, _) -> candidate(row))
        .list();
  }

  private static Candidate candidate(ResultSet row) throws SQLException {
    var years = row.getObject("keeping_years", Integer.class);
    var concluded = Optional.ofNullable(row.getTimestamp("concluded_at")).map(Timestamp::toInstant);
    var reading = row.getInt("reading_years");
    return new Candidate(
        new ContractId(row.getObject("id", UUID.class)),
        row.getString("number"),
        row.getString("title"),
        ContractKind.valueOf(row.getString("kind")),
        row.getString("state"),
        row.getObject("section_id", UUID.class),
        row.getTimestamp("created_at").toInstant(),
        row.getString("counterparties"),
        day(row, "contract_date"),
        day(row, "period_until"),
        concluded,
        years == null ? OptionalInt.empty() : OptionalInt.of(years),
        day(row, "kept_until"),
        concluded.map(at -> readable(at, reading)),
        row.getBoolean("renews"),
        List.of((String[]) row.getArray("referring").getArray()),
        row.getBoolean("held"),
        row.getObject("proposed", UUID.class));
  }

  private static LocalDate readable(Instant concluded, int years) {
    return LocalDate.ofInstant(concluded, JapaneseDates.ZONE).plusYears(years).plusDays(1);
  }

  private static Optional<LocalDate> day(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, LocalDate.class));
  }
}
