package jp.musubi.elsewhere;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Reach;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.ContractReach;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.validation.ValidationReport;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes what was received from elsewhere, of the current body. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class ElsewhereStore {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final JdbcClient jdbc;
  private final ContractReach reached;

  ElsewhereStore(JdbcClient jdbc, ContractReach reached) {
    this.jdbc = jdbc;
    this.reached = reached;
  }

  void insert(Upload upload) {
    jdbc.sql(
            """
            insert into elsewhere_upload (id, staff_id, service, file_name, sha256, pages, standing,
                                          report, judged_at)
            values (:id, :staff, :service, :fileName, :file, :pages, :standing, :report, :judgedAt)
            """)
        .param("id", upload.id())
        .param("staff", upload.staff())
        .param("service", upload.service())
        .param("fileName", upload.fileName())
        .param("file", upload.file().hex())
        .param("pages", upload.pages())
        .param("standing", upload.standing().name())
        .param("report", JSON.writeValueAsString(upload.report()))
        .param("judgedAt", Timestamp.from(upload.judgedAt()))
        .update();
  }

  /** What waits, and is this person's; nobody else takes it until the transaction ends. */
  Optional<Upload> waiting(UUID id, UUID staff) {
    return jdbc.sql(
            """
            select * from elsewhere_upload
             where id = :id and staff_id = :staff and given_up_at is null for update
            """)
        .param("id", id)
        .param("staff", staff)
        .query((row, _) -> upload(row))
        .optional();
  }

  /** It has become a contract. */
  void remove(UUID upload) {
    jdbc.sql("delete from elsewhere_upload where id = :id").param("id", upload).update();
  }

  /** Nobody registers it any more; what it said goes with it. */
  void giveUp(UUID upload, Instant now) {
    jdbc.sql(
            """
            update elsewhere_upload set given_up_at = :now, report = ''
             where id = :id and given_up_at is null
            """)
        .param("id", upload)
        .param("now", Timestamp.from(now))
        .update();
  }

  /** What waits since before. */
  List<UUID> forgotten(Instant before) {
    return jdbc.sql(
            """
            select id from elsewhere_upload where given_up_at is null and judged_at < :before
            """)
        .param("before", Timestamp.from(before))
        .query((row, _) -> row.getObject(1, UUID.class))
        .list();
  }

  /** The files of what was given up, as far as their bytes are there. */
  List<Sha256> erasable() {
    return jdbc.sql(
            """
            select distinct u.sha256 from elsewhere_upload u
              join vault_object o on o.tenant_id = u.tenant_id and o.sha256 = u.sha256
             where u.given_up_at is not null and o.erased_at is null
               and not object_needed(u.tenant_id, u.sha256)
            """)
        .query((row, _) -> Sha256.parse(row.getString(1)))
        .list();
  }

  /** Numbers of contracts with this very file that somebody may know of. */
  List<String> alike(Sha256 file, Reach reach) {
    return reached
        .within(
            reach,
            jdbc.sql(
                "select c.number from contract c where c.final_sha256 = :file and c.state <>"
                    + " 'DISPOSED' and"
                    + ContractReach.CONDITION
                    + " order by c.number limit 5"))
        .param("file", file.hex())
        .query((row, _) -> row.getString(1))
        .list();
  }

  void insert(ContractId contract, ElsewhereRecord said, ValidationReport report) {
    jdbc.sql(
            """
            insert into elsewhere_record (contract_id, service, standing, report, judged_at, proven_at,
                                          verifiable_until, registered_name, registered_at)
            values (:contract, :service, :standing, :report, :judgedAt, :provenAt, :until, :name, :at)
            """)
        .param("contract", contract.value())
        .param("service", said.service())
        .param("standing", said.standing().name())
        .param("report", JSON.writeValueAsString(report))
        .param("judgedAt", Timestamp.from(said.judgedAt()))
        .param("provenAt", said.provenAt().map(Timestamp::from).orElse(null), Types.TIMESTAMP)
        .param("until", said.verifiableUntil().map(Timestamp::from).orElse(null), Types.TIMESTAMP)
        .param("name", said.registeredName())
        .param("at", Timestamp.from(said.registeredAt()))
        .update();
  }

  Optional<ElsewhereRecord> of(ContractId contract) {
    return jdbc.sql("select * from elsewhere_record where contract_id = :contract")
        .param("contract", contract.value())
        .query((row, _) ->
            new ElsewhereRecord(
                row.getString("service"),
                Standing.valueOf(row.getString("standing")),
                Optional.of(row.getString("report"))
                    .filter(report -> !report.isEmpty())
                    .map(ElsewhereStore::report),
                row.getTimestamp("judged_at").toInstant(),
                instant(row, "proven_at"),
                instant(row, "verifiable_until"),
                row.getString("registered_name"),
                row.getTimestamp("registered_at").toInstant()))
        .optional();
  }

  private static Upload upload(ResultSet row) throws SQLException {
    return new Upload(
        row.getObject("id", UUID.class),
        row.getObject("staff_id", UUID.class),
        row.getString("service"),
        row.getString("file_name"),
        Sha256.parse(row.getString("sha256")),
        row.getInt("pages"),
        Standing.valueOf(row.getString("standing")),
        report(row.getString("report")),
        row.getTimestamp("judged_at").toInstant());
  }

  private static ValidationReport report(String json) {
    return JSON.readValue(json, ValidationReport.class);
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }
}
