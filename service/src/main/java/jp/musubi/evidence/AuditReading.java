package jp.musubi.evidence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** 監査記録を読む. Looks through the current body's chain, a page at a time or as a stream. */
@Repository
public class AuditReading {
  private static final int ROWS_AT_ONCE = 500;

  private static final String FOUND =
      """
      select e.*, c.number as contract_number, c.title as contract_title
        from audit_entry e
        left join contract c on c.tenant_id = e.tenant_id and c.id = e.contract_id
       where (cast(:from as timestamptz) is null or e.at >= :from)
         and (cast(:until as timestamptz) is null or e.at < :until)
         and (:person = '' or e.actor_name ilike :personPattern or e.actor_id = :person)
         and (:contract = '' or c.number ilike :contractPattern or c.title ilike :contractPattern)
         and (cast(:kinds as text[]) is null or e.action like any (cast(:kinds as text[])))
         and (cast(:refused as boolean) is null
              or (e.action like any (cast(:refusals as text[]))) = :refused)
         and (cast(:contracts as uuid[]) is null
              or e.contract_id = any (cast(:contracts as uuid[])))
         and (:ip = '' or e.client_ip like :ipPattern)
         and (cast(:auditor as uuid) is null or (:beside and e.contract_id is null)
              or e.contract_id in (
                select * from drawn_for(cast(:auditor as uuid), cast(:moment as timestamptz))))
         and (cast(:keptFrom as uuid) is null or e.contract_id is null
              or e.contract_id not in (select * from contracts_kept_from(cast(:keptFrom as uuid))))
      """;

  private final JdbcClient jdbc;

  AuditReading(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * An entry as it is shown and exported.
   *
   * @param text the canonical JSON that was hashed
   */
  public record Line(
      AuditEntry entry,
      Optional<String> contractNumber,
      Optional<String> contractTitle,
      String text,
      String prevHash) {}

  /**
   * The newest entries that fit, before an entry.
   *
   * @param before only entries with a smaller number
   */
  @Transactional(readOnly = true)
  public List<Line> page(AuditQuery query, long before, int most) {
    return found(query, FOUND + " and e.seq < :before order by e.seq desc limit :most")
        .param("before", before)
        .param("most", most)
        .query((row, _) -> line(row))
        .list();
  }

  /** Every entry that fits, oldest first; a few hundred are in memory at a time. */
  @Transactional(readOnly = true)
  public void each(AuditQuery query, Consumer<Line> use) {
    try (var lines =
        found(query, FOUND + " order by e.seq")
            .withFetchSize(ROWS_AT_ONCE)
            .query((row, _) -> line(row))
            .stream()) {
      lines.forEach(use);
    }
  }

  private JdbcClient.StatementSpec found(AuditQuery query, String sql) {
    return jdbc.sql(sql)
        .param("from", timestamp(query.from()))
        .param("until", timestamp(query.until()))
        .param("person", query.person())
        .param("personPattern", containing(query.person()))
        .param("contract", query.contract())
        .param("contractPattern", containing(query.contract()))
        .param("kinds", query.kind().map(AuditKind::patterns).orElse(null))
        .param("refused", query.refused().orElse(null))
        .param("refusals", AuditKind.REFUSED.patterns())
        .param("ip", query.ip())
        .param("ipPattern", escaped(query.ip()) + "%")
        .param("contracts", query.contracts().map(ids -> ids.toArray(UUID[]::new)).orElse(null))
        .param("keptFrom", query.keptFrom().orElse(null))
        .param("auditor", query.opened().map(AuditQuery.Opened::auditor).orElse(null))
        .param("moment", timestamp(query.opened().map(AuditQuery.Opened::moment)))
        .param("beside", query.opened().map(AuditQuery.Opened::beside).orElse(true));
  }

  private static @Nullable Timestamp timestamp(Optional<Instant> moment) {
    return moment.map(Timestamp::from).orElse(null);
  }

  private static String containing(String words) {
    return "%" + escaped(words) + "%";
  }

  private static String escaped(String words) {
    return words.replaceAll("([\\\\%_])", "\\\\$1");
  }

  private static Line line(ResultSet row) throws SQLException {
    var chained = ChainRow.of(row);
    return new Line(
        chained.shown(),
        Optional.ofNullable(row.getString("contract_number")),
        Optional.ofNullable(row.getString("contract_title")),
        chained.entry(),
        chained.prevHash());
  }
}
