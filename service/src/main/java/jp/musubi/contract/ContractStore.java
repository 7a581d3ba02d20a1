package jp.musubi.contract;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import jp.musubi.platform.ConcurrentChange;
import jp.musubi.platform.NotFound;
import jp.musubi.seal.Sha256;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads and writes contracts of the current body. */
@Repository
class ContractStore {

  private static final String PARTICULARS =
      """
      select id, number, state, version, title, kind, amount, contract_date, period_from, period_until,
             section_id, clerk_id, office_id, file_name, document_sha256, prepared_sha256, pages,
             deadline, release_at, reading_years, created_at, dispatched_at, concluded_at, final_sha256,
             certificate_sha256, certificate_masked_sha256, ended_at, end_reason, seal_cause
        from contract
      """;

  private final JdbcClient jdbc;

  ContractStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A state as it was read, with the version that {@link #replace} insists on. */
  record Stored(Contract value, int version) {}

  /** Reads the state and keeps everybody else from changing it until the transaction ends. */
  Stored lock(ContractId id) {
    if (jdbc.sql("select 1 from contract where id = :id for update")
        .param("id", id.value())
        .query(Integer.class)
        .optional()
        .isEmpty()) {
      throw new NotFound("contract " + id);
    }
    var particulars = find(id).orElseThrow(() -> new NotFound("contract " + id));
    return new Stored(state(particulars), particulars.version());
  }

  Optional<Particulars> find(ContractId id) {
    return jdbc.sql(PARTICULARS + " where id = :id")
        .param("id", id.value())
        .query((row, _) -> particulars(row))
        .optional();
  }

  /** The newest contracts first. */
  List<Particulars> newest(int limit) {
    return jdbc.sql(PARTICULARS + " order by created_at desc limit :limit")
        .param("limit", limit)
        .query((row, _) -> particulars(row))
        .list();
  }

  /** What waits with a deadline that has come. */
  List<ContractId> due(Instant now) {
    return jdbc.sql(
            "select id from contract where state = 'AWAITING_AGREEMENTS' and deadline <= :now")
        .param("now", Timestamp.from(now))
        .query((row, _) -> new ContractId(row.getObject("id", UUID.class)))
        .list();
  }

  /** What is scheduled for a moment that has come, the earliest first. */
  List<ContractId> releasable(Instant now) {
    return jdbc.sql(
            """
            select id from contract where state = 'SCHEDULED' and release_at <= :now
             order by release_at, number
            """)
        .param("now", Timestamp.from(now))
        .query((row, _) -> new ContractId(row.getObject("id", UUID.class)))
        .list();
  }

  /** The next number of a 会計年度; gapless within it because the row stays locked to the end. */
  int nextNumber(int fiscalYear) {
    return nextNumbers(fiscalYear, 1);
  }

  /** The same for several contracts at once: the first of so many numbers. */
  int nextNumbers(int fiscalYear, int count) {
    return jdbc.sql(
                """
                insert into contract_number (fiscal_year, last) values (:year, :count)
                on conflict (tenant_id, fiscal_year)
                   do update set last = contract_number.last + :count
                returning last
                """)
            .param("year", fiscalYear)
            .param("count", count)
            .query(Integer.class)
            .single()
        - count
        + 1;
  }

  /** Writes {@code next} over the state that was read, or fails if that is no longer there. */
  void replace(Stored read, Contract next) {
    var row = StateRow.of(next);
    var updated =
        jdbc.sql(
                """
                update contract
                   set state = :state, version = version + :one, release_at = :releaseAt,
                       concluded_at = :concludedAt, final_sha256 = :final,
                       certificate_sha256 = :certificate,
                       certificate_masked_sha256 = :certificateMasked,
                       ended_at = :endedAt, end_reason = :endReason,
                       seal_cause = null, seal_cause_since = null
                 where id = :id and version = :version
                """)
            .param("state", row.state())
            // 予約 and its end change nothing of what was reviewed and approved.
            .param(
                "one", next instanceof Contract.Scheduled || next instanceof Contract.Draft ? 0 : 1)
            .param("releaseAt", timestamp(row.releaseAt()))
            .param("concludedAt", timestamp(row.concludedAt()))
            .param("final", row.file())
            .param("certificate", row.certificate())
            .param("certificateMasked", row.certificateMasked())
            .param("endedAt", timestamp(row.endedAt()))
            .param("endReason", row.endReason())
            .param("id", next.id().value())
            .param("version", read.version())
            .update();
    switch (updated) {
      case 1 -> {}
      case 0 -> throw new ConcurrentChange("contract " + next.id());
      default -> throw new IllegalStateException("primary key matched " + updated + " rows");
    }
  }

  void setDispatch(ContractId id, Instant deadline, Instant now) {
    jdbc.sql("update contract set deadline = :deadline, dispatched_at = :now where id = :id")
        .param("deadline", Timestamp.from(deadline))
        .param("now", Timestamp.from(now))
        .param("id", id.value())
        .update();
  }

  void setSealCause(ContractId id, String cause, Instant since) {
    jdbc.sql(
            """
            update contract
               set seal_cause = :cause,
                   seal_cause_since = case when seal_cause = :cause then seal_cause_since
                                           else :since end
             where id = :id and state in ('AWAITING_AGREEMENTS', 'CONCLUDING')
            """)
        .param("cause", cause)
        .param("since", Timestamp.from(since))
        .param("id", id.value())
        .update();
  }

  void insert(Agreement agreement) {
    jdbc.sql(
            """
            insert into agreement (id, contract_id, party_id, ordinal, document_sha256, agreed_at,
                                   authentication, level, consent_text, client_ip, user_agent)
            values (:id, :contract, :party, :ordinal, :document, :agreedAt,
                    :authentication, :level, :consentText, :clientIp, :userAgent)
            """)
        .param("id", agreement.id())
        .param("contract", agreement.contract().value())
        .param("party", agreement.party().value())
        .param("ordinal", agreement.ordinal())
        .param("document", agreement.document().hex())
        .param("agreedAt", Timestamp.from(agreement.agreedAt()))
        .param("authentication", agreement.manner().authentication())
        .param("level", agreement.manner().level())
        .param("consentText", agreement.manner().consentText())
        .param("clientIp", agreement.manner().clientIp())
        .param("userAgent", agreement.manner().userAgent())
        .update();
  }

  void insert(ContractId contract, Revision revision) {
    jdbc.sql(
            """
            insert into revision (contract_id, ordinal, agreement_id, sha256, sealed_at,
                                  seal_serial, timestamp_serial)
            values (:contract, :ordinal, :agreement, :sha256, :sealedAt, :seal, :timestamp)
            """)
        .param("contract", contract.value())
        .param("ordinal", revision.ordinal())
        .param("agreement", revision.agreement())
        .param("sha256", revision.file().hex())
        .param("sealedAt", Timestamp.from(revision.sealedAt()))
        .param("seal", revision.sealSerial())
        .param("timestamp", revision.timestampSerial())
        .update();
  }

  void insert(ContractId contract, OwnSignature own) {
    jdbc.sql(
            """
            insert into own_signature (id, contract_id, party_id, seals, base_sha256, handed_sha256,
                                       sha256, holder, issuer, serial, valid_until, taken_at)
            values (:id, :contract, :party, :seals, :base, :handed, :sha256, :holder, :issuer,
                    :serial, :validUntil, :takenAt)
            """)
        .param("id", UUID.randomUUID())
        .param("contract", contract.value())
        .param("party", own.party().value())
        .param("seals", own.seals())
        .param("base", own.base().hex())
        .param("handed", own.handed().hex())
        .param("sha256", own.file().hex())
        .param("holder", own.holder())
        .param("issuer", own.issuer())
        .param("serial", own.serial())
        .param("validUntil", Timestamp.from(own.validUntil()))
        .param("takenAt", Timestamp.from(own.takenAt()))
        .update();
  }

  /** The party took its own signature back; the record of it stays. */
  void takeBack(PartyId party, Instant now) {
    jdbc.sql(
            """
            update own_signature set taken_back_at = :now
             where party_id = :party and taken_back_at is null
            """)
        .param("now", Timestamp.from(now))
        .param("party", party.value())
        .update();
  }

  private List<OwnSignature> ownSignatures(UUID contract) {
    return jdbc.sql(
            """
            select party_id, seals, base_sha256, handed_sha256, sha256, holder, issuer, serial,
                   valid_until, taken_at
              from own_signature
             where contract_id = :contract and taken_back_at is null order by seals
            """)
        .param("contract", contract)
        .query((row, _) ->
            new OwnSignature(
                new PartyId(row.getObject("party_id", UUID.class)),
                row.getInt("seals"),
                Sha256.parse(row.getString("base_sha256")),
                Sha256.parse(row.getString("handed_sha256")),
                Sha256.parse(row.getString("sha256")),
                row.getString("holder"),
                row.getString("issuer"),
                row.getString("serial"),
                row.getTimestamp("valid_until").toInstant(),
                row.getTimestamp("taken_at").toInstant()))
        .list();
  }

  /** Somebody else decides for the party from now on. */
  void delegate(ContractId contract, Party to, Instant now) {
    jdbc.sql(
            """
            insert into delegation (contract_id, party_id, number, title, name, mail, delegated_at)
            select :contract, :party, count(*) + 1, :title, :name, :mail, :now
              from delegation where party_id = :party
            """)
        .param("contract", contract.value())
        .param("party", to.id().value())
        .param("title", to.title())
        .param("name", to.name())
        .param("mail", to.mail())
        .param("now", Timestamp.from(now))
        .update();
  }

  /** How often a party has been passed on. */
  int delegations(PartyId party) {
    return jdbc.sql("select count(*) from delegation where party_id = :party")
        .param("party", party.value())
        .query(Integer.class)
        .single();
  }

  List<Agreement> agreements(ContractId contract) {
    return jdbc.sql(
            """
            select id, contract_id, party_id, ordinal, document_sha256, agreed_at, authentication,
                   level, consent_text, client_ip, user_agent
              from agreement where contract_id = :contract order by ordinal
            """)
        .param("contract", contract.value())
        .query((row, _) -> agreement(row))
        .list();
  }

  Optional<Agreement> agreement(UUID id) {
    return jdbc.sql(
            """
            select id, contract_id, party_id, ordinal, document_sha256, agreed_at, authentication,
                   level, consent_text, client_ip, user_agent
              from agreement where id = :id
            """)
        .param("id", id)
        .query((row, _) -> agreement(row))
        .optional();
  }

  private static Agreement agreement(ResultSet row) throws SQLException {
    return new Agreement(
        row.getObject("id", UUID.class),
        new ContractId(row.getObject("contract_id", UUID.class)),
        new PartyId(row.getObject("party_id", UUID.class)),
        row.getInt("ordinal"),
        Sha256.parse(row.getString("document_sha256")),
        row.getTimestamp("agreed_at").toInstant(),
        new Agreement.Manner(
            row.getString("authentication"),
            row.getString("level"),
            row.getString("consent_text"),
            row.getString("client_ip"),
            row.getString("user_agent")));
  }

  private List<Party> parties(UUID contract) {
    return jdbc.sql(
            """
            select p.id, ordinal, turn, kind, capacity, venture, organisation,
                   coalesce(d.title, p.title) as title, coalesce(d.name, p.name) as name,
                   coalesce(d.mail, p.mail) as mail, staff_id, own_signature
              from party p
              left join lateral (
                select title, name, mail from delegation
                 where party_id = p.id order by number desc limit 1) d on true
             where contract_id = :contract order by turn, ordinal
            """)
        .param("contract", contract)
        .query((row, _) ->
            new Party(
                new PartyId(row.getObject("id", UUID.class)),
                row.getInt("ordinal"),
                row.getInt("turn"),
                Party.Kind.valueOf(row.getString("kind")),
                Optional.ofNullable(row.getString("capacity"))
                    .map(Party.Capacity::valueOf)
                    .orElse(null),
                row.getString("venture"),
                row.getString("organisation"),
                row.getString("title"),
                row.getString("name"),
                row.getString("mail"),
                row.getObject("staff_id", UUID.class),
                row.getBoolean("own_signature")))
        .list();
  }

  private List<Revision> revisions(UUID contract) {
    return jdbc.sql(
            """
            select ordinal, agreement_id, sha256, sealed_at, seal_serial, timestamp_serial
              from revision where contract_id = :contract order by ordinal
            """)
        .param("contract", contract)
        .query((row, _) ->
            new Revision(
                row.getInt("ordinal"),
                row.getObject("agreement_id", UUID.class),
                Sha256.parse(row.getString("sha256")),
                row.getTimestamp("sealed_at").toInstant(),
                row.getString("seal_serial"),
                row.getString("timestamp_serial")))
        .list();
  }

  /** The state that a contract's record stands for. */
  Contract state(Particulars particulars) {
    return StateRow.read(
        particulars, () -> agreements(particulars.id()).stream().map(Agreement::party).toList());
  }

  private Particulars particulars(ResultSet row) throws SQLException {
    var id = row.getObject("id", UUID.class);
    var amount = row.getObject("amount", Long.class);
    return new Particulars(
        new ContractId(id),
        row.getString("number"),
        row.getString("state"),
        row.getInt("version"),
        row.getString("title"),
        ContractKind.valueOf(row.getString("kind")),
        amount == null ? OptionalLong.empty() : OptionalLong.of(amount),
        Optional.ofNullable(row.getObject("contract_date", LocalDate.class)),
        Optional.ofNullable(row.getObject("period_from", LocalDate.class)),
        Optional.ofNullable(row.getObject("period_until", LocalDate.class)),
        row.getObject("section_id", UUID.class),
        row.getObject("clerk_id", UUID.class),
        Optional.ofNullable(row.getObject("office_id", UUID.class)),
        row.getString("file_name"),
        Sha256.parse(row.getString("document_sha256")),
        digest(row, "prepared_sha256"),
        row.getInt("pages"),
        instant(row, "deadline"),
        instant(row, "release_at"),
        row.getInt("reading_years"),
        row.getTimestamp("created_at").toInstant(),
        instant(row, "dispatched_at"),
        instant(row, "concluded_at"),
        digest(row, "final_sha256"),
        digest(row, "certificate_sha256"),
        digest(row, "certificate_masked_sha256"),
        instant(row, "ended_at"),
        Optional.ofNullable(row.getString("end_reason")),
        Optional.ofNullable(row.getString("seal_cause")),
        parties(id),
        revisions(id),
        ownSignatures(id));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }

  private static Optional<Sha256> digest(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column)).map(Sha256::parse);
  }

  private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
    return instant == null ? null : Timestamp.from(instant);
  }
}
