package jp.musubi.disposal;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import jp.musubi.contract.ContractId;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.NotFound;
import jp.musubi.staff.StaffMember;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 廃棄の保留: placed and lifted with a reason, on record; placed before or after a proposal alike. */
@Service
@Transactional
class Holds {
  private final JdbcClient jdbc;
  private final Candidates candidates;
  private final AuditTrail audit;
  private final Clock clock;

  Holds(JdbcClient jdbc, Candidates candidates, AuditTrail audit, Clock clock) {
    this.jdbc = jdbc;
    this.candidates = candidates;
    this.audit = audit;
    this.clock = clock;
  }

  /** What holds a contract now. */
  @Transactional(readOnly = true)
  public List<Hold> open(ContractId contract) {
    return jdbc.sql(
            """
            select * from disposal_hold where contract_id = :contract and ended_at is null
             order by placed_at
            """)
        .param("contract", contract.value())
        .query((row, _) ->
            new Hold(
                row.getObject("id", UUID.class),
                Hold.Kind.valueOf(row.getString("kind")),
                row.getString("reason"),
                row.getString("placed_name"),
                Objects.requireNonNull(row.getTimestamp("placed_at")).toInstant()))
        .list();
  }

  /**
   * Holds a contract; sent twice with one key it is one hold.
   *
   * @return why not: what was disposed of cannot be held
   */
  public Optional<Refusal> place(
      ContractId contract,
      UUID id,
      Hold.Kind kind,
      String reason,
      StaffMember by,
      String clientIp) {
    // Within the lock: a disposal is confirmed before, or meets the hold.
    if (!candidates.lock(Set.of(contract.value())).getFirst().isKept()) {
      return Optional.of(Refusal.NOT_CONCLUDED);
    }
    var placed =
        jdbc.sql(
                """
                insert into disposal_hold (id, contract_id, kind, reason, placed_by, placed_name,
                                           placed_at)
                values (:id, :contract, :kind, :reason, :by, :name, :now)
                on conflict (tenant_id, id) do nothing
                """)
            .param("id", id)
            .param("contract", contract.value())
            .param("kind", kind.name())
            .param("reason", reason)
            .param("by", by.id())
            .param("name", by.name())
            .param("now", Timestamp.from(clock.instant()))
            .update();
    if (placed == 1) {
      audit.record(
          by.actor(),
          "disposal.held",
          contract.value(),
          clientIp,
          Map.of("kind", kind.name(), "reason", reason));
    }
    return Optional.empty();
  }

  /** Lifts a hold, with its reason; lifted already it stays as it was lifted. */
  public void lift(ContractId contract, UUID id, String reason, StaffMember by, String clientIp) {
    if (open(contract).stream().noneMatch(hold -> hold.id().equals(id))) {
      throw new NotFound("hold " + id);
    }
    jdbc.sql(
            """
            update disposal_hold set ended_name = :name, ended_reason = :reason, ended_at = :now
             where id = :id and contract_id = :contract and ended_at is null
            """)
        .param("name", by.name())
        .param("reason", reason)
        .param("now", Timestamp.from(clock.instant()))
        .param("id", id)
        .param("contract", contract.value())
        .update();
    audit.record(
        by.actor(), "disposal.released", contract.value(), clientIp, Map.of("reason", reason));
  }
}
