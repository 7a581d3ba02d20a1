package jp.musubi.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import jp.musubi.authority.Reach;
import jp.musubi.organisation.Organisations;
import jp.musubi.seal.Sha256;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * 台帳. The concluded contracts an inspection chooses from, by day of conclusion, by amount, by lot.
 */
@Repository
class Ledger {
  /** So that nobody takes a whole archive through a browser. */
  static final int MOST = 1000;

  private static final String LINE =
      """
      select c.id, c.number, c.title, c.concluded_at, c.amount,
             newest_version(c.tenant_id, c.id, c.final_sha256) as final_sha256,
             newest_version(c.tenant_id, c.id, c.certificate_sha256) as certificate_sha256
      """;

  private static final String CANDIDATES =
      """
        from contract c
       where c.state = 'CONCLUDED'
         and (cast(:from as timestamptz) is null or c.concluded_at >= :from)
         and (cast(:until as timestamptz) is null or c.concluded_at < :until)
         and (cast(:least as bigint) is null or c.amount >= :least)
         and (:everywhere
              or c.section_id in (select * from sections_covered(cast(:roots as uuid[]), :today)))
         and c.id not in (select * from contracts_kept_from(:person))
      """;

  private final JdbcClient jdbc;
  private final Organisations organisations;

  Ledger(JdbcClient jdbc, Organisations organisations) {
    this.jdbc = jdbc;
    this.organisations = organisations;
  }

  /**
   * The conditions.
   *
   * @param least smallest amount in yen
   * @param count how many by lot; empty for all
   * @param seed of the lot: the same seed draws the same contracts, so that anybody can draw again
   */
  record Condition(
      Optional<Instant> from,
      Optional<Instant> until,
      OptionalLong least,
      Optional<Integer> count,
      String seed) {}

  /** A contract that was drawn. */
  record Drawn(
      UUID id,
      String number,
      String title,
      Instant concludedAt,
      @Nullable Long amount,
      Sha256 file,
      Sha256 certificate) {}

  @Transactional(readOnly = true)
  int candidates(Condition condition, Reach reach) {
    return bound("select count(*)" + CANDIDATES, condition, reach).query(Integer.class).single();
  }

  /** By the order of the digests of seed and id, which nobody can choose; shown by number. */
  @Transactional(readOnly = true)
  List<Drawn> draw(Condition condition, Reach reach) {
    return bound(
            "select * from ("
                + LINE
                + CANDIDATES
                + """
                order by sha256(convert_to(:seed || c.id::text, 'UTF8')) limit :count) drawn
                order by number
                """,
            condition,
            reach)
        .param("seed", condition.seed())
        .param("count", condition.count().orElse(MOST))
        .query((row, _) -> drawn(row))
        .list();
  }

  /** The newest lines, to pick from. */
  @Transactional(readOnly = true)
  List<Drawn> lines(Condition condition, Reach reach, int most) {
    return bound(
            LINE + CANDIDATES + " order by c.concluded_at desc, c.id limit :most", condition, reach)
        .param("most", most)
        .query((row, _) -> drawn(row))
        .list();
  }

  /** Those of the candidates that were picked, by number. */
  @Transactional(readOnly = true)
  List<Drawn> picked(Condition condition, Reach reach, List<UUID> ids) {
    return bound(
            LINE + CANDIDATES + " and c.id = any (cast(:ids as uuid[])) order by c.number",
            condition,
            reach)
        .param("ids", ids.toArray(UUID[]::new))
        .query((row, _) -> drawn(row))
        .list();
  }

  /** What a sample holds, by number. */
  @Transactional(readOnly = true)
  List<Drawn> of(UUID sample) {
    return jdbc.sql(
            LINE
                + """
                  from audit_sample_contract s
                  join contract c on c.tenant_id = s.tenant_id and c.id = s.contract_id
                 where s.sample_id = :sample
                 order by c.number
                """)
        .param("sample", sample)
        .query((row, _) -> drawn(row))
        .list();
  }

  private JdbcClient.StatementSpec bound(String sql, Condition condition, Reach reach) {
    return jdbc.sql(sql)
        .param("from", condition.from().map(Timestamp::from).orElse(null))
        .param("until", condition.until().map(Timestamp::from).orElse(null))
        .param("least", condition.least().isPresent() ? condition.least().getAsLong() : null)
        .param("everywhere", reach.everywhere())
        .param("roots", reach.rootArray())
        .param("person", reach.person())
        .param("today", organisations.today());
  }

  private static Drawn drawn(ResultSet row) throws SQLException {
    return new Drawn(
        row.getObject("id", UUID.class),
        row.getString("number"),
        row.getString("title"),
        row.getTimestamp("concluded_at").toInstant(),
        row.getObject("amount", Long.class),
        Sha256.parse(row.getString("final_sha256")),
        Sha256.parse(row.getString("certificate_sha256")));
  }
}
