package jp.musubi.api;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Reach;
import jp.musubi.contract.ContractReach;
import jp.musubi.contract.Phase;
import jp.musubi.platform.JapaneseDates;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 契約の一覧 for programs: within reach and nothing else, as every list; the newest first, page after
 * page by where the last one ended.
 */
@Service
@Transactional(readOnly = true)
class ContractList {
  private static final String FOUND =
      """
      select c.id, c.number, c.title, s.phase, p.counterparties, c.amount, c.contract_date,
             c.concluded_at, c.deadline, c.created_at
        from contract c
        left join lateral (
          select o.kind from party o
           where c.state = 'AWAITING_AGREEMENTS'
             and o.tenant_id = c.tenant_id and o.contract_id = c.id
             and not exists (select from agreement g
                              where g.tenant_id = o.tenant_id and g.party_id = o.id)
           order by o.turn, o.kind, o.ordinal limit 1) n on true
        cross join lateral (
          select case when c.state <> 'AWAITING_AGREEMENTS' then c.state
                      when n.kind = 'OFFICE' then 'OFFICE' else 'COUNTERPARTY' end as phase) s
        left join lateral (
          select array_agg(o.organisation order by o.turn, o.ordinal) as counterparties
            from party o
           where o.tenant_id = c.tenant_id and o.contract_id = c.id
             and o.kind = 'COUNTERPARTY') p on true
       where\
      """
          + ContractReach.CONDITION
          + """
             and (cast(:phase as text) is null or s.phase = :phase)
             and (cast(:from as timestamptz) is null or c.concluded_at >= :from)
             and (cast(:until as timestamptz) is null or c.concluded_at < :until)
             and (:number = '' or strpos(split_part(c.folded, E'\\n', 2), fold(:number)) > 0)
             and (:words = '' or strpos(c.folded, fold(:words)) > 0)
             and (cast(:createdAt as timestamptz) is null
                  or (c.created_at, c.id) < (:createdAt, cast(:last as uuid)))
           order by c.created_at desc, c.id desc
           limit :limit
          """;

  private final JdbcClient jdbc;
  private final ContractReach reached;

  ContractList(JdbcClient jdbc, ContractReach reached) {
    this.jdbc = jdbc;
    this.reached = reached;
  }

  /**
   * What is asked for.
   *
   * @param concludedFrom the first day of conclusion, in Japan
   * @param concludedUntil the last one
   * @param number part of 文書番号; empty for any
   * @param words part of 件名, 番号 or 相手方; empty for any
   */
  record Asked(
      Optional<Phase> phase,
      Optional<LocalDate> concludedFrom,
      Optional<LocalDate> concludedUntil,
      String number,
      String words) {}

  /** A line of the list. */
  record Line(
      UUID id,
      String number,
      String title,
      String state,
      List<String> counterparties,
      @Nullable Long amount,
      @Nullable LocalDate contractDate,
      @Nullable Instant concludedAt,
      @Nullable Instant deadline,
      Instant createdAt) {
    /** Keeps its own copy. */
    Line {
      counterparties = List.copyOf(counterparties);
    }
  }

  /** A page; {@code next} leads to the one after it, if there is one. */
  record Page(List<Line> contracts, @Nullable String next) {
    /** Keeps its own copy. */
    Page {
      contracts = List.copyOf(contracts);
    }
  }

  /** After which contract a page begins. */
  record Cursor(Instant createdAt, UUID id) {
    static Optional<Cursor> parse(String text) {
      try {
        var parts =
            new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", -1);
        return parts.length == 2
            ? Optional.of(new Cursor(Instant.parse(parts[0]), UUID.fromString(parts[1])))
            : Optional.empty();
      } catch (IllegalArgumentException | DateTimeParseException nonsense) {
        return Optional.empty();
      }
    }

    String text() {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString((createdAt + " " + id).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** A page of at most so many. */
  public Page find(Reach reach, Asked asked, @Nullable Cursor after, int size) {
    var rows =
        reached
            .within(reach, jdbc.sql(FOUND))
            .param("phase", asked.phase().map(Enum::name).orElse(null), Types.VARCHAR)
            .param("from", start(asked.concludedFrom()))
            .param("until", start(asked.concludedUntil().map(day -> day.plusDays(1))))
            .param("number", asked.number())
            .param("words", asked.words())
            .param("createdAt", after == null ? null : Timestamp.from(after.createdAt()))
            .param("last", after == null ? null : after.id())
            .param("limit", size + 1)
            .query((row, _) -> line(row))
            .list();
    if (rows.size() <= size) {
      return new Page(rows, null);
    }
    var last = rows.get(size - 1);
    return new Page(rows.subList(0, size), new Cursor(last.createdAt(), last.id()).text());
  }

  private static @Nullable Timestamp start(Optional<LocalDate> day) {
    return day.map(each -> Timestamp.from(each.atStartOfDay(JapaneseDates.ZONE).toInstant()))
        .orElse(null);
  }

  private static Line line(ResultSet row) throws SQLException {
    var parties = row.getArray("counterparties");
    var amount = row.getObject("amount", Long.class);
    return new Line(
        row.getObject("id", UUID.class),
        row.getString("number"),
        row.getString("title"),
        row.getString("phase"),
        parties == null ? List.of() : List.of((String[]) parties.getArray()),
        amount,
        row.getObject("contract_date", LocalDate.class),
        instant(row, "concluded_at"),
        instant(row, "deadline"),
        row.getTimestamp("created_at").toInstant());
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var moment = row.getTimestamp(column);
    return moment == null ? null : moment.toInstant();
  }
}
