package jp.musubi.disposal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Reach;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.ContractKind;
import jp.musubi.contract.ContractReach;
import jp.musubi.seal.Sha256;
import jp.musubi.vault.Erasure;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Writes and reads 廃棄記録 of the current body. */
@Repository
class RecordStore {
  /** A contract's stored files, each once, under the name that says most. */
  private static final String FILES =
      """
      select distinct on (f.sha256) f.sha256, f.role, f.name, o.bytes
        from (
          select final_sha256 as sha256, 'FINAL' as role, '' as name, 1 as place
            from contract where id = :contract
          union all
          select certificate_sha256, 'CERTIFICATE', '', 2 from contract where id = :contract
          union all
          select certificate_masked_sha256, 'CERTIFICATE_COPY', '', 3
            from contract where id = :contract
          union all
          select sha256, 'ATTACHMENT', name, 4 from contract_attachment
           where contract_id = :contract
          union all
          select original_sha256, 'ATTACHMENT', name, 5 from contract_attachment
           where contract_id = :contract
          union all
          -- What a counterparty handed in, taken or not, as it came.
          select f.sha256, 'ATTACHMENT', f.name, 5
            from submission_file f
            join submission_wanted w on w.tenant_id = f.tenant_id and w.id = f.wanted_id
            join submission_call s on s.tenant_id = w.tenant_id and s.id = w.call_id
           where s.contract_id = :contract
          union all
          select document_sha256, 'DOCUMENT', file_name, 6 from contract where id = :contract
          union all
          select prepared_sha256, 'PREPARED', '', 7 from contract where id = :contract
          union all
          select sha256, 'REVISION', '', 8 from revision where contract_id = :contract
          union all
          -- With a party's own signature, also one that was taken back.
          select sha256, 'REVISION', '', 8 from own_signature where contract_id = :contract
          union all
          -- Versions with further timestamps, and what a broken-off renewal stored.
          select sha256, 'RENEWED', '', 9 from protection_made where contract_id = :contract) f
        join vault_object o on o.sha256 = f.sha256 and o.erased_at is null
       order by f.sha256, f.place
      """;

  private static final String SELECT =
      """
      select r.*, c.final_sha256, s.files, s.kept
        from disposal_record r
        join contract c on c.tenant_id = r.tenant_id and c.id = r.contract_id
        cross join lateral (
          select count(*) as files, count(*) filter (where o.outcome = 'KEPT') as kept
            from disposal_object o
           where o.tenant_id = r.tenant_id and o.contract_id = r.contract_id) s
      """;

  private final JdbcClient jdbc;
  private final ContractReach reached;

  RecordStore(JdbcClient jdbc, ContractReach reached) {
    this.jdbc = jdbc;
    this.reached = reached;
  }

  /** A stored file of a contract. */
  record Stored(Sha256 digest, String role, String name, long bytes) {}

  /** What is stored of a contract. */
  List<Stored> files(ContractId contract) {
    return jdbc.sql(FILES)
        .param("contract", contract.value())
        .query((row, _) ->
            new Stored(
                Sha256.parse(row.getString("sha256")),
                row.getString("role"),
                row.getString("name"),
                row.getLong("bytes")))
        .list();
  }

  /** Records a disposal with what is to be erased for it. */
  void insert(Candidate of, Proposal by, String section, Confirmation confirmation) {
    jdbc.sql(
            """
            insert into disposal_record (contract_id, proposal_id, number, title, kind,
                                         counterparties, section, contract_date, period_until,
                                         concluded_at, keeping_years, kept_until, reason,
                                         proposed_name, proposed_at, confirmed_name, confirmed_at,
                                         confirmed_how)
            values (:contract, :proposal, :number, :title, :kind, :counterparties, :section,
                    cast(:contractDate as date), cast(:periodUntil as date), :concludedAt, :years,
                    :keptUntil, :reason, :proposedName, :proposedAt, :confirmedName, :confirmedAt,
                    :how)
            """)
        .param("contract", of.id().value())
        .param("proposal", by.id())
        .param("number", of.number())
        .param("title", of.title())
        .param("kind", of.kind().name())
        .param("counterparties", of.counterparties())
        .param("section", section)
        .param("contractDate", of.contractDate().orElse(null))
        .param("periodUntil", of.periodUntil().orElse(null))
        .param("concludedAt", Timestamp.from(of.concludedAt().orElseThrow()))
        .param("years", of.keepingYears().orElseThrow())
        .param("keptUntil", of.keptUntil().orElseThrow())
        .param("reason", by.reason())
        .param("proposedName", by.proposedName())
        .param("proposedAt", Timestamp.from(by.proposedAt()))
        .param("confirmedName", confirmation.name())
        .param("confirmedAt", Timestamp.from(confirmation.at()))
        .param("how", confirmation.how())
        .update();
    for (var file : files(of.id())) {
      jdbc.sql(
              """
              insert into disposal_object (contract_id, sha256, role, name, bytes)
              values (:contract, :sha256, :role, :name, :bytes)
              """)
          .param("contract", of.id().value())
          .param("sha256", file.digest().hex())
          .param("role", file.role())
          .param("name", file.name())
          .param("bytes", file.bytes())
          .update();
    }
  }

  /** Who confirmed, when, and by which factors. */
  record Confirmation(String name, Instant at, String how) {}

  /** What was recorded and is still to be erased. */
  List<ContractId> toErase() {
    return jdbc.sql(
            "select contract_id from disposal_record where erased_at is null order by confirmed_at")
        .query((row, _) -> new ContractId(row.getObject(1, UUID.class)))
        .list();
  }

  /** Files of a disposal of which nothing is settled yet. */
  List<Sha256> unsettled(ContractId contract) {
    return jdbc.sql(
            """
            select sha256 from disposal_object where contract_id = :contract and outcome is null
             order by sha256
            """)
        .param("contract", contract.value())
        .query((row, _) -> Sha256.parse(row.getString(1)))
        .list();
  }

  void settle(ContractId contract, Sha256 file, Erasure.Outcome outcome, Instant now) {
    jdbc.sql(
            """
            update disposal_object set outcome = :outcome, settled_at = :now
             where contract_id = :contract and sha256 = :sha256 and outcome is null
            """)
        .param("outcome", outcome.name())
        .param("now", Timestamp.from(now))
        .param("contract", contract.value())
        .param("sha256", file.hex())
        .update();
  }

  /** All is erased; false if that was said before. */
  boolean erased(ContractId contract, Instant now) {
    return jdbc.sql(
                """
                update disposal_record set erased_at = :now
                 where contract_id = :contract and erased_at is null
                """)
            .param("now", Timestamp.from(now))
            .param("contract", contract.value())
            .update()
        == 1;
  }

  Optional<DisposalRecord> find(ContractId contract) {
    return jdbc.sql(SELECT + " where r.contract_id = :contract")
        .param("contract", contract.value())
        .query((row, _) -> record(row))
        .optional();
  }

  /** 廃棄簿: what was disposed of within reach, in the order in which it was. */
  List<DisposalRecord> book(Reach reach, Instant from, Instant until) {
    return reached
        .within(
            reach,
            jdbc.sql(
                SELECT
                    + " where r.confirmed_at >= :from and r.confirmed_at < :until and"
                    + ContractReach.CONDITION
                    + " order by r.confirmed_at, r.number"))
        .param("from", Timestamp.from(from))
        .param("until", Timestamp.from(until))
        .query((row, _) -> record(row))
        .list();
  }

  private static DisposalRecord record(ResultSet row) throws SQLException {
    return new DisposalRecord(
        row.getObject("contract_id", UUID.class),
        row.getString("number"),
        row.getString("title"),
        ContractKind.valueOf(row.getString("kind")),
        row.getString("counterparties"),
        row.getString("section"),
        Optional.ofNullable(row.getObject("contract_date", LocalDate.class)),
        Optional.ofNullable(row.getObject("period_until", LocalDate.class)),
        instant(row, "concluded_at"),
        row.getInt("keeping_years"),
        Objects.requireNonNull(row.getObject("kept_until", LocalDate.class)),
        row.getString("reason"),
        row.getString("proposed_name"),
        instant(row, "proposed_at"),
        row.getString("confirmed_name"),
        instant(row, "confirmed_at"),
        Optional.ofNullable(row.getTimestamp("erased_at")).map(Timestamp::toInstant),
        row.getString("final_sha256"),
        row.getInt("files"),
        row.getInt("kept"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(row.getTimestamp(column)).toInstant();
  }
}
