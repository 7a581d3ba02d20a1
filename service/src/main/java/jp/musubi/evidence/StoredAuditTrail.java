package jp.musubi.evidence;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import jp.musubi.evidence.ChainWalk.Head;
import jp.musubi.evidence.Circumstances.Fact;
import jp.musubi.platform.Tenancy;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The audit chain of a body in PostgreSQL. */
@Repository
class StoredAuditTrail implements AuditTrail {
  private static final int ROWS_AT_ONCE = 500;

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

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public void record(
      Actor actor,
      String action,
      @Nullable UUID contractId,
      @Nullable String clientIp,
      Map<String, String> details) {
    appendHere(List.of(new Fact(actor, action, contractId, clientIp, details)));
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public void recordAll(Actor actor, List<Note> notes) {
    if (!notes.isEmpty()) {
      appendHere(
          notes.stream()
              .map(note -> new Fact(actor, note.action(), null, null, note.details()))
              .toList());
    }
  }

  /** Appends what happened in this request, and says so to it once it is committed. */
  private void appendHere(List<Fact> facts) {
    append(facts.stream().map(Circumstances::complete).toList());
    Circumstances.current()
        .ifPresent(now ->
            TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                  @Override
                  public void afterCommit() {
                    now.committed();
                  }
                }));
  }

  /** Appends in the order given, in the caller's transaction. */
  void append(List<Fact> facts) {
    var head = lockHead();
    // PostgreSQL keeps microseconds; what is hashed must be what is kept.
    var at = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var rows = new ArrayList<SqlParameterSource>();
    for (var fact : facts) {
      var entry =
          new ChainedEntry(
              Tenancy.required(),
              head.seq() + 1,
              at,
              fact.actor(),
              fact.action(),
              fact.contractId(),
              fact.clientIp(),
              new TreeMap<>(fact.details()));
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
    return of(contractId, "true");
  }

  @Override
  @Transactional(readOnly = true)
  public List<AuditEntry> steps(UUID contractId) {
    return of(
        contractId,
        """
        action not in ('contract.viewed', 'document.page-viewed', 'link.page-viewed',
                       'link.repeated', 'link.refused', 'step.repeated', 'step.refused',
                       'route.refused', 'api.called', 'api.refused')
        """);
  }

  @Override
  @Transactional(readOnly = true)
  public int count(UUID contractId) {
    return jdbc.sql("select count(*) from audit_entry where contract_id = :contract")
        .param("contract", contractId)
        .query(Integer.class)
        .single();
  }

  private List<AuditEntry> of(UUID contractId, String condition) {
    return jdbc.sql(
            "select * from audit_entry where contract_id = :contract and "
                + condition
                + " order by seq")
        .param("contract", contractId)
        .query((row, _) -> ChainRow.of(row).shown())
        .list();
  }

  @Override
  @Transactional(readOnly = true)
  public Optional<ChainBreak> firstBreak(List<Anchor> anchors) {
    var recorded =
        jdbc.sql("select seq, hash from audit_head")
            .query(Head.class)
            .optional()
            .orElse(new Head(0, ChainedEntry.START));
    var walk = new ChainWalk(anchors);
    try (var rows =
        jdbc
            .sql("select * from audit_entry order by seq")
            .withFetchSize(ROWS_AT_ONCE)
            .query((row, _) -> ChainRow.of(row))
            .stream()) {
      return rows.flatMap(row -> walk.next(row).stream()).findFirst().or(() -> walk.end(recorded));
    }
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
}
