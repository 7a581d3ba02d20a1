package jp.musubi.operations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the record says of one body's contracts at one moment: read in one repeatable-read
 * transaction, so that a running service cannot look broken because it moved on between two
 * queries. What belongs to one contract, or to one agreement, is grouped by its id.
 */
record Snapshot(
    List<ContractRow> contracts,
    Map<UUID, List<PartyRow>> parties,
    Map<UUID, List<AgreementRow>> agreements,
    Map<UUID, List<RevisionRow>> revisions,
    Map<UUID, List<OwnRow>> ownSignatures,
    Map<UUID, List<AttemptRow>> attempts,
    List<ObjectRow> objects,
    List<ErasedRow> erased,
    Map<UUID, List<DisposalRow>> disposals,
    KeptVersions versions,
    Set<String> jobs,
    List<MailRow> mails,
    Map<UUID, List<EntryRow>> entries,
    Optional<EntryTime> newestEntry) {

  record ContractRow(
      UUID id,
      String number,
      String state,
      @Nullable String prepared,
      @Nullable String finalFile,
      @Nullable String certificate,
      @Nullable String certificateMasked,
      @Nullable Instant concludedAt,
      @Nullable Instant endedAt) {
    boolean isRunning() {
      return state.equals("AWAITING_AGREEMENTS") || state.equals("CONCLUDING");
    }

    boolean isConcluded() {
      return state.equals("CONCLUDED");
    }

    boolean isDisposed() {
      return state.equals("DISPOSED");
    }

    boolean wasConcluded() {
      return isConcluded() || (isDisposed() && certificate != null);
    }

    /** 他社サービスで締結. What was concluded here has a certificate, and nothing else has one. */
    boolean wasFromElsewhere() {
      return state.equals("ELSEWHERE") || (isDisposed() && certificate == null);
    }
  }

  record PartyRow(UUID contract, UUID id, int turn, boolean ownSignature) {}

  record AgreementRow(
      UUID id, UUID contract, UUID party, int ordinal, String document, Instant agreedAt) {}

  record RevisionRow(UUID contract, int ordinal, UUID agreement, String file, Instant sealedAt) {}

  /** An object whose bytes are kept. */
  record ObjectRow(String sha256, Instant storedAt) {}

  /** An object whose bytes were erased, and whether anything needs them all the same. */
  record ErasedRow(String sha256, boolean needed) {}

  /** 廃棄記録, as far as its promise goes. */
  record DisposalRow(UUID contract, boolean byTwo, Instant confirmedAt, boolean erased) {}

  /**
   * 当事者署名.
   *
   * @param seals how many seals stood in the file below it
   * @param takenBack whether the party took it back, and the file went on without
   */
  record OwnRow(
      UUID contract, UUID party, int seals, String base, String file, boolean takenBack) {}

  record AttemptRow(UUID agreement, String source, Instant startedAt) {}

  record MailRow(String occasion, Instant createdAt, boolean pending, int attempts) {}

  record EntryRow(UUID contract, String action, long times) {}

  /** The newest entry of the audit chain. */
  record EntryTime(long seq, Instant at) {}

  static Snapshot read(JdbcClient jdbc, String tenant) {
    return new Snapshot(
        jdbc.sql("select * from contract order by number").query((row, _) -> contract(row)).list(),
        byId(
            jdbc.sql("select * from party order by turn, ordinal")
                .query((row, _) ->
                    new PartyRow(
                        uuid(row, "contract_id"),
                        uuid(row, "id"),
                        row.getInt("turn"),
                        row.getBoolean("own_signature")))
                .list(),
            PartyRow::contract),
        byId(
            jdbc.sql("select * from agreement order by ordinal")
                .query((row, _) ->
                    new AgreementRow(
                        uuid(row, "id"),
                        uuid(row, "contract_id"),
                        uuid(row, "party_id"),
                        row.getInt("ordinal"),
                        row.getString("document_sha256"),
                        row.getTimestamp("agreed_at").toInstant()))
                .list(),
            AgreementRow::contract),
        byId(
            jdbc.sql("select * from revision order by ordinal")
                .query((row, _) ->
                    new RevisionRow(
                        uuid(row, "contract_id"),
                        row.getInt("ordinal"),
                        uuid(row, "agreement_id"),
                        row.getString("sha256"),
                        row.getTimestamp("sealed_at").toInstant()))
                .list(),
            RevisionRow::contract),
        byId(
            jdbc.sql("select * from own_signature order by seals, taken_at")
                .query((row, _) ->
                    new OwnRow(
                        uuid(row, "contract_id"),
                        uuid(row, "party_id"),
                        row.getInt("seals"),
                        row.getString("base_sha256"),
                        row.getString("sha256"),
                        row.getTimestamp("taken_back_at") != null))
                .list(),
            OwnRow::contract),
        byId(
            jdbc.sql("select * from seal_attempt")
                .query((row, _) ->
                    new AttemptRow(
                        uuid(row, "agreement_id"),
                        row.getString("source_sha256"),
                        row.getTimestamp("started_at").toInstant()))
                .list(),
            AttemptRow::agreement),
        jdbc.sql(
                "select sha256, stored_at from vault_object where erased_at is null order by sha256")
            .query((row, _) ->
                new ObjectRow(row.getString("sha256"), row.getTimestamp("stored_at").toInstant()))
            .list(),
        jdbc.sql(
                """
                select sha256, object_needed(tenant_id, sha256) as needed from vault_object
                 where erased_at is not null order by sha256
                """)
            .query((row, _) -> new ErasedRow(row.getString("sha256"), row.getBoolean("needed")))
            .list(),
        byId(
            jdbc.sql(
                    """
                    select r.contract_id, r.confirmed_at, r.erased_at is not null as erased,
                           p.outcome = 'CONFIRMED' and p.decided_by <> p.proposed_by as by_two
                      from disposal_record r
                      join disposal_proposal p on p.tenant_id = r.tenant_id and p.id = r.proposal_id
                    """)
                .query((row, _) ->
                    new DisposalRow(
                        uuid(row, "contract_id"),
                        row.getBoolean("by_two"),
                        row.getTimestamp("confirmed_at").toInstant(),
                        row.getBoolean("erased")))
                .list(),
            DisposalRow::contract),
        KeptVersions.read(jdbc),
        jdbc.sql(
                """
                select task_instance from scheduled_tasks
                 where task_name = 'seal' and task_instance like :jobs
                """)
            .param("jobs", tenant + "/%")
            .query((row, _) -> row.getString(1))
            .set(),
        jdbc.sql("select * from mail")
            .query((row, _) ->
                new MailRow(
                    row.getString("occasion"),
                    row.getTimestamp("created_at").toInstant(),
                    row.getTimestamp("sent_at") == null && row.getTimestamp("gave_up_at") == null,
                    row.getInt("attempts")))
            .list(),
        byId(
            jdbc.sql(
                    """
                    select contract_id, action, count(*) as times from audit_entry
                     where contract_id is not null and action like 'contract.%'
                       and action <> 'contract.viewed'
                     group by contract_id, action
                    """)
                .query((row, _) ->
                    new EntryRow(
                        uuid(row, "contract_id"), row.getString("action"), row.getLong("times")))
                .list(),
            EntryRow::contract),
        jdbc.sql("select seq, at from audit_entry order by seq desc limit 1")
            .query(
                (row, _) -> new EntryTime(row.getLong("seq"), row.getTimestamp("at").toInstant()))
            .optional());
  }

  private static <T> Map<UUID, List<T>> byId(List<T> rows, Function<T, UUID> id) {
    return rows.stream().collect(Collectors.groupingBy(id));
  }

  List<PartyRow> partiesOf(ContractRow contract) {
    return parties.getOrDefault(contract.id(), List.of());
  }

  /** How many seals stood in the file that whoever gave the agreement was shown. */
  int sealsBefore(AgreementRow agreement) {
    var all = parties.getOrDefault(agreement.contract(), List.of());
    var turn =
        all.stream()
            .filter(party -> party.id().equals(agreement.party()))
            .mapToInt(PartyRow::turn)
            .findFirst()
            .orElse(Integer.MAX_VALUE);
    return (int) all.stream().filter(party -> party.turn() < turn).count();
  }

  List<AgreementRow> agreementsOf(ContractRow contract) {
    return agreements.getOrDefault(contract.id(), List.of());
  }

  /** 当事者署名, those that were taken back too. */
  List<OwnRow> ownSignaturesOf(ContractRow contract) {
    return ownSignatures.getOrDefault(contract.id(), List.of());
  }

  /** The own signature that stands in the file upon so many seals. */
  Optional<OwnRow> ownSignatureOver(ContractRow contract, int seals) {
    return ownSignaturesOf(contract).stream()
        .filter(own -> own.seals() == seals && !own.takenBack())
        .findFirst();
  }

  List<RevisionRow> revisionsOf(ContractRow contract) {
    return revisions.getOrDefault(contract.id(), List.of());
  }

  /** When the newest of a contract's files was sealed or stamped; before all time if none was. */
  Instant lastSealOf(ContractRow contract) {
    return Stream.concat(
            revisionsOf(contract).stream().map(RevisionRow::sealedAt),
            versions.of(contract).stream().map(KeptVersions.Row::stampedAt))
        .max(Comparator.naturalOrder())
        .orElse(Instant.EPOCH);
  }

  List<AttemptRow> attemptsFor(UUID agreement) {
    return attempts.getOrDefault(agreement, List.of());
  }

  List<DisposalRow> disposalsOf(ContractRow contract) {
    return disposals.getOrDefault(contract.id(), List.of());
  }

  long entriesOf(ContractRow contract, String action) {
    return entries.getOrDefault(contract.id(), List.of()).stream()
        .filter(entry -> entry.action().equals(action))
        .mapToLong(EntryRow::times)
        .sum();
  }

  private static ContractRow contract(ResultSet row) throws SQLException {
    return new ContractRow(
        uuid(row, "id"),
        row.getString("number"),
        row.getString("state"),
        row.getString("prepared_sha256"),
        row.getString("final_sha256"),
        row.getString("certificate_sha256"),
        row.getString("certificate_masked_sha256"),
        instant(row, "concluded_at").orElse(null),
        instant(row, "ended_at").orElse(null));
  }

  private static UUID uuid(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }
}
