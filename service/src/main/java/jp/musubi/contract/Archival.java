package jp.musubi.contract;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.archival.ArchivalReport;
import jp.musubi.seal.archival.ArchivalReport.Complaint;
import jp.musubi.seal.archival.ArchivalReport.Outcome;
import jp.musubi.seal.archival.Topic;
import jp.musubi.staff.StaffMember;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** PDF/Aの確認 (S-14). What is known of the documents of the current body's contracts. */
@Service
@Transactional
public class Archival {
  private final JdbcClient jdbc;
  private final AuditTrail audit;
  private final Clock clock;

  Archival(JdbcClient jdbc, AuditTrail audit, Clock clock) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * What was found.
   *
   * @param before of the PDF that this one was converted from, if it was
   */
  public record Checked(ArchivalReport report, Optional<Sha256> before) {}

  /** What was found of a contract's file; empty where nobody has looked yet. */
  @Transactional(readOnly = true)
  public Optional<Checked> of(ContractId contract, Sha256 pdf) {
    return jdbc.sql(
            """
            select claim, outcome, complaints, before_sha256
              from archival_check where contract_id = :contract and sha256 = :pdf
            """)
        .param("contract", contract.value())
        .param("pdf", pdf.hex())
        .query((row, _) ->
            new Checked(
                report(row),
                Optional.ofNullable(row.getString("before_sha256")).map(Sha256::parse)))
        .optional();
  }

  /** Keeps what was found at the intake. */
  void note(ContractId contract, Sha256 pdf, ArchivalReport report) {
    note(contract, pdf, report, Optional.empty());
  }

  /** Keeps what was found; a later look stands in the place of an earlier one. */
  void note(ContractId contract, Sha256 pdf, ArchivalReport report, Optional<Sha256> before) {
    jdbc.sql(
            """
            insert into archival_check (contract_id, sha256, claim, outcome, complaints,
                                        before_sha256, checked_at)
            values (:contract, :pdf, :claim, :outcome, string_to_array(:complaints, ','),
                    :before, :now)
            on conflict (tenant_id, contract_id, sha256) do update
               set claim = excluded.claim, outcome = excluded.outcome,
                   complaints = excluded.complaints, checked_at = excluded.checked_at,
                   before_sha256 = coalesce(excluded.before_sha256, archival_check.before_sha256)
            """)
        .param("contract", contract.value())
        .param("pdf", pdf.hex())
        .param("claim", report.claim())
        .param("outcome", report.outcome().name())
        .param(
            "complaints",
            report.complaints().stream()
                .map(each -> each.topic() + " " + each.rule())
                .collect(Collectors.joining(",")))
        .param("before", before.map(Sha256::hex).orElse(null), Types.CHAR)
        .param("now", Timestamp.from(clock.instant()))
        .update();
  }

  /** A clerk had it looked at. */
  void noteFor(
      ContractId contract, Sha256 pdf, ArchivalReport report, StaffMember clerk, String clientIp) {
    note(contract, pdf, report);
    audit.record(
        clerk.actor(),
        "contract.archival-checked",
        contract.value(),
        clientIp,
        Map.of(
            "document",
            pdf.hex(),
            "outcome",
            report.outcome().name(),
            "claim",
            report.claim().isEmpty() ? "none" : report.claim()));
  }

  /** A copy has the same files. */
  void copy(ContractId from, ContractId to) {
    jdbc.sql(
            """
            insert into archival_check (contract_id, sha256, claim, outcome, complaints,
                                        before_sha256, checked_at)
            select :to, sha256, claim, outcome, complaints, before_sha256, checked_at
              from archival_check where contract_id = :from
            on conflict do nothing
            """)
        .param("from", from.value())
        .param("to", to.value())
        .update();
  }

  private static ArchivalReport report(ResultSet row) throws SQLException {
    var complaints = (String[]) row.getArray("complaints").getArray();
    return new ArchivalReport(
        row.getString("claim"),
        Outcome.valueOf(row.getString("outcome")),
        Arrays.stream(complaints)
            .map(each -> each.split(" ", 2))
            .map(each -> new Complaint(Topic.valueOf(each[0]), each[1]))
            .toList());
  }
}
