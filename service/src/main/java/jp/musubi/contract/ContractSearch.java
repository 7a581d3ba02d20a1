package jp.musubi.contract;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import jp.musubi.authority.Reach;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 契約をさがす. Lists and counts of the current body's contracts. */
@Service
@Transactional(readOnly = true)
public class ContractSearch {
  private static final Duration SOON = Duration.ofDays(3);
  private static final Duration LATELY = Duration.ofDays(30);

  /**
   * A contract {@code c}, its agreements {@code a}, seals {@code r} and counterparties {@code p},
   * and the party {@code n} that is asked next, of one turn a counterparty first.
   */
  private static final String FROM =
      """
        from contract c
        cross join lateral (
          select count(*) as given from agreement
           where tenant_id = c.tenant_id and contract_id = c.id) a
        cross join lateral (
          select count(*) as made from revision
           where tenant_id = c.tenant_id and contract_id = c.id) r
        left join lateral (
          select o.kind, o.staff_id from party o
           where o.tenant_id = c.tenant_id and o.contract_id = c.id
             and not exists (select from agreement g
                              where g.tenant_id = o.tenant_id and g.party_id = o.id)
           order by o.turn, o.kind, o.ordinal limit 1) n on true
        left join lateral (
          select min(o.organisation) filter (where o.place = 1) as organisation,
                 count(*) as counterparties
            from (select organisation, row_number() over (order by turn, ordinal) as place
                    from party
                   where tenant_id = c.tenant_id and contract_id = c.id
                     and kind = 'COUNTERPARTY') o) p on true
      """;

  private static final String SUMMARY =
      """
      select c.id, c.section_id, c.number, c.state, n.kind as next_kind, c.title, p.organisation,
             p.counterparties, c.amount,
             c.deadline, c.release_at, c.created_at, a.given > r.made as seal_pending,
             c.state = 'DRAFT' and exists (
               select from approval v
                where v.tenant_id = c.tenant_id and v.contract_id = c.id
                  and v.state = 'UNDER_WAY') as under_approval,
             c.seal_cause, c.end_reason
      """
          + FROM;

  private static final String REACHED = ContractReach.CONDITION;

  private final JdbcClient jdbc;
  private final ContractReach reached;
  private final Clock clock;

  ContractSearch(JdbcClient jdbc, ContractReach reached, Clock clock) {
    this.jdbc = jdbc;
    this.reached = reached;
    this.clock = clock;
  }

  /**
   * Where the next page of a list begins: after this contract.
   *
   * @param createdAt of the last contract shown
   */
  public record Cursor(Instant createdAt, UUID id) {}

  /** A page of a list; {@code next} if there is more. */
  public record Page(List<ContractSummary> contracts, Optional<Cursor> next) {}

  /**
   * The newest contracts within reach that pass the filter and contain the words in 件名, 相手方 or 番号.
   *
   * @param words empty for all; full and half width, upper and lower case are the same
   * @param size at most so many
   */
  public Page find(
      Reach reach, ContractFilter filter, String words, @Nullable Cursor after, int size) {
    return page(
        within(
                reach,
                SUMMARY
                    + " where "
                    + REACHED
                    + " and ("
                    + filter.condition()
                    + ")"
                    + """
                       and (:words = '' or normalize(c.title, NFKC) ilike :pattern
                            or c.number ilike :pattern
                            or exists (
                              select from party o
                               where o.tenant_id = c.tenant_id and o.contract_id = c.id
                                 and o.kind = 'COUNTERPARTY'
                                 and (normalize(o.organisation, NFKC) ilike :pattern
                                   or normalize(o.name, NFKC) ilike :pattern)))
                       and (cast(:createdAt as timestamptz) is null
                            or (c.created_at, c.id) < (:createdAt, :id))
                     order by c.created_at desc, c.id desc
                     limit :limit
                    """)
            .param("words", words.strip())
            .param("pattern", pattern(words))
            .param("createdAt", after == null ? null : Timestamp.from(after.createdAt()))
            .param("id", after == null ? null : after.id())
            .param("limit", size + 1),
        size);
  }

  /** The newest contracts within reach that lie directly in a folder; in null, those in none. */
  public Page filed(Reach reach, @Nullable UUID folder, @Nullable Cursor after, int size) {
    return page(
        within(
                reach,
                SUMMARY
                    + " where "
                    + REACHED
                    + """
                       and cast(:folder as uuid) is not distinct from (
                         select f.folder_id from folder_contract f
                          where f.tenant_id = c.tenant_id and f.contract_id = c.id)
                       and (cast(:createdAt as timestamptz) is null
                            or (c.created_at, c.id) < (:createdAt, :id))
                     order by c.created_at desc, c.id desc
                     limit :limit
                    """)
            .param("folder", folder)
            .param("createdAt", after == null ? null : Timestamp.from(after.createdAt()))
            .param("id", after == null ? null : after.id())
            .param("limit", size + 1),
        size);
  }

  private static Page page(JdbcClient.StatementSpec statement, int size) {
    var rows = statement.query((row, _) -> summary(row)).list();
    if (rows.size() <= size) {
      return new Page(rows, Optional.empty());
    }
    var last = rows.get(size - 1);
    return new Page(
        List.copyOf(rows.subList(0, size)),
        Optional.of(new Cursor(last.createdAt(), last.id().value())));
  }

  /** How many contracts within reach pass each filter. */
  public Map<ContractFilter, Integer> counts(Reach reach, Set<ContractFilter> filters) {
    var counts = new EnumMap<ContractFilter, Integer>(ContractFilter.class);
    for (var filter : filters) {
      counts.put(
          filter,
          within(
                  reach,
                  "select count(*)" + FROM + " where " + REACHED + " and " + filter.condition())
              .query(Integer.class)
              .single());
    }
    return counts;
  }

  /** 先に手を付けるもの: what stands still or soon will, the most pressing first. */
  public List<ContractSummary> pressing(Reach reach, int limit) {
    return within(
            reach,
            SUMMARY
                + " where "
                + REACHED
                + """
                  and (c.state in ('DRAFT', 'AWAITING_AGREEMENTS', 'CONCLUDING')
                    or (c.state in ('DECLINED', 'RETURNED') and c.ended_at > :lately))
                 order by case when c.seal_cause is not null then 0
                               when c.state in ('DECLINED', 'RETURNED') then 1
                               when c.deadline < :soon then 2
                               when c.state = 'DRAFT' then 4
                               else 3 end,
                          c.deadline nulls last, c.created_at desc
                 limit :limit
                """)
        .param("limit", limit)
        .query((row, _) -> summary(row))
        .list();
  }

  /** What waits for the signature of this holder of an office, the nearest deadline first. */
  public List<ContractSummary> awaitingSignatureOf(UUID staff) {
    return bound(
            SUMMARY
                + """
                 where c.state = 'AWAITING_AGREEMENTS' and exists (
                   select from party o
                    where o.tenant_id = c.tenant_id and o.contract_id = c.id
                      and o.kind = 'OFFICE' and o.staff_id = :staff
                      and not exists (
                        select from agreement g
                         where g.tenant_id = o.tenant_id and g.party_id = o.id)
                      and not exists (
                        select from party e
                         where e.tenant_id = c.tenant_id and e.contract_id = c.id
                           and e.turn < o.turn
                           and not exists (
                             select from agreement g
                              where g.tenant_id = e.tenant_id and g.party_id = e.id)))
                 order by c.deadline, c.id
                """)
        .param("staff", staff)
        .query((row, _) -> summary(row))
        .list();
  }

  /**
   * A contract that was sent and waits for its office.
   *
   * @param holder whom it names as holder of the office
   */
  public record Unsigned(
      ContractId id, String number, String title, UUID holder, String holderName) {}

  /** What was sent in the name of an office and is not signed by it, the oldest first. */
  public List<Unsigned> unsigned(Reach reach, UUID office) {
    return within(
            reach,
            """
            select c.id, c.number, c.title, o.staff_id, o.name
              from contract c
              join party o on o.tenant_id = c.tenant_id and o.contract_id = c.id
                          and o.kind = 'OFFICE'
             where c.state = 'AWAITING_AGREEMENTS' and c.office_id = :office
               and not exists (select from agreement a
                                where a.tenant_id = c.tenant_id and a.party_id = o.id)
               and\
            """
                + REACHED
                + " order by c.dispatched_at, c.id")
        .param("office", office)
        .query((row, _) ->
            new Unsigned(
                new ContractId(row.getObject("id", UUID.class)),
                row.getString("number"),
                row.getString("title"),
                row.getObject("staff_id", UUID.class),
                row.getString("name")))
        .list();
  }

  private JdbcClient.StatementSpec within(Reach reach, String sql) {
    return reached.within(reach, bound(sql));
  }

  private JdbcClient.StatementSpec bound(String sql) {
    var now = clock.instant();
    var statement = jdbc.sql(sql);
    if (sql.contains(":soon")) {
      statement = statement.param("soon", Timestamp.from(now.plus(SOON)));
    }
    if (sql.contains(":lately")) {
      statement = statement.param("lately", Timestamp.from(now.minus(LATELY)));
    }
    return statement;
  }

  private static String pattern(String words) {
    var plain = Normalizer.normalize(words.strip(), Normalizer.Form.NFKC);
    return "%" + plain.replaceAll("([\\\\%_])", "\\\\$1") + "%";
  }

  private static ContractSummary summary(ResultSet row) throws SQLException {
    var amount = row.getObject("amount", Long.class);
    var deadline = row.getTimestamp("deadline");
    var organisation = row.getString("organisation");
    return new ContractSummary(
        new ContractId(row.getObject("id", UUID.class)),
        row.getObject("section_id", UUID.class),
        row.getString("number"),
        phase(row),
        row.getString("title"),
        organisation == null ? "" : organisation,
        row.getInt("counterparties"),
        amount == null ? OptionalLong.empty() : OptionalLong.of(amount),
        Optional.ofNullable(deadline).map(Timestamp::toInstant),
        Optional.ofNullable(row.getTimestamp("release_at")).map(Timestamp::toInstant),
        row.getTimestamp("created_at").toInstant(),
        row.getBoolean("seal_pending"),
        row.getBoolean("under_approval"),
        Optional.ofNullable(row.getString("seal_cause")),
        Optional.ofNullable(row.getString("end_reason")));
  }

  private static Phase phase(ResultSet row) throws SQLException {
    var state = row.getString("state");
    if (state.equals("AWAITING_AGREEMENTS")) {
      return "OFFICE".equals(row.getString("next_kind")) ? Phase.OFFICE : Phase.COUNTERPARTY;
    }
    return Phase.valueOf(state);
  }
}
