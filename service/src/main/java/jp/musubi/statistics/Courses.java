package jp.musubi.statistics;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Reach;
import jp.musubi.contract.ContractKind;
import jp.musubi.contract.ContractReach;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.JapaneseDates;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * 歩みを読む. Of the contracts within somebody's reach and no other: {@link ContractReach#CONDITION}
 * stands before every other condition, as in the register, so that no count tells of what is kept
 * from the reader.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class Courses {
  private static final String READ =
      """
      select c.id, c.section_id, c.kind, c.state, c.created_at, c.dispatched_at, c.concluded_at,
             c.ended_at, p.concluded_on
        from contract c
        left join lateral (
          select o.concluded_on from paper_conclusion o
           where c.state = 'ON_PAPER' and o.tenant_id = c.tenant_id and o.contract_id = c.id
           order by o.number desc limit 1) p on true
       where %s
         -- What another service concluded went no way here: it has no certificate.
         and (c.concluded_at is null or c.certificate_sha256 is not null)
         and (cast(:sections as uuid[]) is null
              or c.section_id = any(cast(:sections as uuid[])))
         and ((c.created_at >= :from and c.created_at < :until)
              or (c.dispatched_at >= :from and c.dispatched_at < :until)
              or (c.concluded_at >= :from and c.concluded_at < :until)
              or (c.ended_at >= :from and c.ended_at < :until)
              or (p.concluded_on >= :firstDay and p.concluded_on < :endDay)
              or c.id in (select r.contract_id from reminder r
                           where r.sent_at >= :from and r.sent_at < :until))
      """;

  private final JdbcClient jdbc;
  private final ContractReach reached;
  private final Passages passages;
  private final Organisations organisations;

  Courses(JdbcClient jdbc, ContractReach reached, Passages passages, Organisations organisations) {
    this.jdbc = jdbc;
    this.reached = reached;
    this.passages = passages;
    this.organisations = organisations;
  }

  /**
   * What happened within a year, as far as somebody's rights reach.
   *
   * @param sections of these only; null for all
   */
  List<Course> within(Reach reach, Period year, UUID @Nullable [] sections) {
    return read(
        reached.within(reach, jdbc.sql(READ.formatted(ContractReach.CONDITION))), year, sections);
  }

  /** The same of the whole current body, for who sees counts and no contract. */
  List<Course> ofTheBody(Period year) {
    return read(jdbc.sql(READ.formatted("true")), year, null);
  }

  /** To which of these sections others belong today, those that were closed to their successors. */
  Map<UUID, UUID> below(List<UUID> groups) {
    var belongs = new HashMap<UUID, UUID>();
    jdbc.sql(
            """
            select g.root, s.id
              from unnest(cast(:groups as uuid[])) as g(root),
                   lateral sections_covered(array[g.root], :today) as s(id)
            """)
        .param("groups", groups.toArray(UUID[]::new))
        .param("today", organisations.today())
        .query(row -> {
          belongs.put(row.getObject("id", UUID.class), row.getObject("root", UUID.class));
        });
    return belongs;
  }

  private List<Course> read(
      JdbcClient.StatementSpec statement, Period year, UUID @Nullable [] sections) {
    var found =
        statement
            .param("sections", sections)
            .param("from", start(year.from()))
            .param("until", start(year.until()))
            .param("firstDay", year.from())
            .param("endDay", year.until())
            .query((row, _) -> found(row))
            .list();
    var all = passages.of(found.stream().map(Found::id).toList());
    return found.stream().map(each -> course(each, all)).toList();
  }

  /** What the contract itself says. */
  private record Found(
      UUID id,
      UUID section,
      ContractKind kind,
      Instant madeAt,
      Optional<Instant> sentAt,
      Optional<Instant> concludedAt,
      Optional<LocalDate> paperOn,
      Optional<Course.Ending> ending) {}

  private static Found found(ResultSet row) throws SQLException {
    return new Found(
        row.getObject("id", UUID.class),
        row.getObject("section_id", UUID.class),
        ContractKind.valueOf(row.getString("kind")),
        row.getTimestamp("created_at").toInstant(),
        moment(row, "dispatched_at"),
        moment(row, "concluded_at"),
        Optional.ofNullable(row.getObject("concluded_on", LocalDate.class)),
        ending(row));
  }

  private static Course course(Found found, Passages.Read all) {
    var approval = Optional.ofNullable(all.approvals().get(found.id()));
    return new Course(
        found.section(),
        found.kind(),
        found.madeAt(),
        approval.flatMap(Passages.Approved::decidedOn),
        approval.map(Passages.Approved::askedAt),
        approval.flatMap(Passages.Approved::approvedAt),
        found.sentAt(),
        found.concludedAt(),
        found.paperOn(),
        found.ending(),
        all.agreements().getOrDefault(found.id(), List.of()),
        all.reminders().getOrDefault(found.id(), List.of()));
  }

  private static Timestamp start(LocalDate day) {
    return Timestamp.from(day.atStartOfDay(JapaneseDates.ZONE).toInstant());
  }

  private static Optional<Course.Ending> ending(ResultSet row) throws SQLException {
    var at = moment(row, "ended_at");
    return at.isPresent()
        ? Optional.of(new Course.Ending(Course.End.valueOf(row.getString("state")), at.get()))
        : Optional.empty();
  }

  private static Optional<Instant> moment(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }
}
