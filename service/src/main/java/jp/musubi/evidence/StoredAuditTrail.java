package jp.musubi.evidence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import jp.musubi.platform.Tenancy;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The audit chain of a body in PostgreSQL. */
@Repository
class StoredAuditTrail implements AuditTrail {
  private static final JsonMapper READER = JsonMapper.builder().build();

  private static final String INSERT =
      """
      insert into audit_entry (seq, at, actor_kind, actor_id, actor_name, action, contract_id,
                               client_ip, entry, prev_hash, hash)
      values (:seq, :at, :kind, :actor, :name, :action, cast(:contract as uuid),
              :clientIp, :entry, :previous, :hash)
      """;

  private final JdbcClient jdbc;
  private final NamedParameterJdbcOperations batch;
  private final Clock clock;

  StoredAuditTrail(JdbcClient jdbc, NamedParameterJdbcOperations batch, Clock clock) {
    this.jdbc = jdbc;
    this.batch = batch;
    this.clock = clock;
  }

  /** A row as it lies there. */
  private record Row(ChainedEntry columns, String entry, String prevHash, String hash) {}

  /** Where a chain ends. */
  private record Head(long seq, String hash) {}

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public void record(
      Actor actor,
      String action,
      @Nullable UUID contractId,
      @Nullable String clientIp,
      Map<String, String> details) {
    append(actor, clientIp, contractId, List.of(new Note(action, details)));
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public void recordAll(Actor actor, List<Note> notes) {
    if (!notes.isEmpty()) {
      append(actor, null, null, notes);
    }
  }

  private void append(
      Actor actor, @Nullable String clientIp, @Nullable UUID contractId, List<Note> notes) {
    var head = lockHead();
    // PostgreSQL keeps microseconds; what is hashed must be what is kept.
    var at = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var rows = new ArrayList<SqlParameterSource>();
    for (var note : notes) {
      var entry =
          new ChainedEntry(
              Tenancy.required(),
              head.seq() + 1,
              at,
              actor,
              note.action(),
              contractId,
              clientIp,
              new TreeMap<>(note.details()));
      var canonical = entry.canonical();
      var hash = ChainedEntry.hash(canonical, head.hash());
      rows.add(row(entry, canonical, head.hash(), hash));
      head = new Head(entry.seq(), hash);
    }
    batch.batchUpdate(INSERT, rows.toArray(SqlParameterSource[]::new));
    jdbc.sql("update audit_head set seq = :seq, hash = :hash")
        .param("seq", head.seq())
        .param("hash", head.hash())
        .update();
  }

  @Override
  @Transactional(readOnly = true)
  public List<AuditEntry> of(UUID contractId) {
    return jdbc
        .sql("select * from audit_entry where contract_id = :contract order by seq")
        .param("contract", contractId)
        .query((row, _) -> row(row))
        .list()
        .stream()
        .map(row ->
            new AuditEntry(
                row.columns().seq(),
                row.columns().at(),
                row.columns().actor(),
                row.columns().action(),
                row.columns().clientIp(),
                row.columns().details(),
                row.hash()))
        .toList();
  }

  @Override
  @Transactional(readOnly = true)
  public Optional<ChainBreak> firstBreak() {
    var head =
        jdbc.sql("select seq, hash from audit_head")
            .query(Head.class)
            .optional()
            .orElse(new Head(0, ChainedEntry.START));
    var end = new Head(0, ChainedEntry.START);
    try (var rows =
        jdbc.sql("select * from audit_entry order by seq").query((row, _) -> row(row)).stream()) {
      for (var all = rows.iterator(); all.hasNext(); ) {
        var row = all.next();
        var wrong = check(row, end);
        if (wrong.isPresent()) {
          return wrong.map(kind -> new ChainBreak(row.columns().seq(), kind));
        }
        end = new Head(row.columns().seq(), row.hash());
      }
    }
    return end.equals(head)
        ? Optional.empty()
        : Optional.of(new ChainBreak(end.seq() + 1, ChainBreak.Kind.END));
  }

  private static Optional<ChainBreak.Kind> check(Row row, Head before) {
    if (row.columns().seq() != before.seq() + 1) {
      return Optional.of(ChainBreak.Kind.GAP);
    }
    if (!row.prevHash().equals(before.hash())) {
      return Optional.of(ChainBreak.Kind.LINK);
    }
    if (!ChainedEntry.hash(row.entry(), row.prevHash()).equals(row.hash())) {
      return Optional.of(ChainBreak.Kind.HASH);
    }
    return row.columns().canonical().equals(row.entry())
        ? Optional.empty()
        : Optional.of(ChainBreak.Kind.COLUMNS);
  }

  /** The end of the chain, kept from everybody else until the transaction ends. */
  private Head lockHead() {
    jdbc.sql(
            """
            insert into audit_head (seq, hash) values (0, :start)
            on conflict (tenant_id) do nothing
            """)
        .param("start", ChainedEntry.START)
        .update();
    return jdbc.sql("select seq, hash from audit_head for update").query(Head.class).single();
  }

  private static SqlParameterSource row(
      ChainedEntry entry, String canonical, String previous, String hash) {
    return new MapSqlParameterSource()
        .addValue("seq", entry.seq())
        .addValue("at", Timestamp.from(entry.at()))
        .addValue("kind", entry.actor().kind().name())
        .addValue("actor", entry.actor().id())
        .addValue("name", entry.actor().name())
        .addValue("action", entry.action())
        .addValue("contract", entry.contractId())
        .addValue("clientIp", entry.clientIp())
        .addValue("entry", canonical)
        .addValue("previous", previous)
        .addValue("hash", hash);
  }

  private static Row row(ResultSet row) throws SQLException {
    var entry = row.getString("entry");
    var details = new TreeMap<String, String>();
    READER
        .readTree(entry)
        .path("details")
        .propertyStream()
        .forEach(fact -> details.put(fact.getKey(), fact.getValue().asString()));
    return new Row(
        new ChainedEntry(
            new jp.musubi.platform.TenantId(row.getObject("tenant_id", UUID.class)),
            row.getLong("seq"),
            row.getTimestamp("at").toInstant(),
            new Actor(
                Actor.Kind.valueOf(row.getString("actor_kind")),
                row.getString("actor_id"),
                row.getString("actor_name")),
            row.getString("action"),
            row.getObject("contract_id", UUID.class),
            row.getString("client_ip"),
            details),
        entry,
        row.getString("prev_hash"),
        row.getString("hash"));
  }
}
