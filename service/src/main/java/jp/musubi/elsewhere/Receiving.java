package jp.musubi.elsewhere;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Reach;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.ElsewhereContracts;
import jp.musubi.contract.ReceivedFiles;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.Idempotency;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.validation.ValidationReport;
import jp.musubi.staff.StaffMember;
import jp.musubi.vault.Erasure;
import jp.musubi.vault.Vault;
import jp.musubi.verification.Judgements;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 受け取りと登録. A file is scanned, looked at and judged before anything of it is stored; then it lies in
 * the vault byte for byte, and waits for the clerk to say of which contract it is.
 */
@Service
class Receiving {
  /** For how long a file waits for that; longer, and whoever brought it has forgotten it. */
  static final Duration PATIENCE = Duration.ofDays(7);

  private final ReceivedFiles files;
  private final Judgements judgements;
  private final ElsewhereStore store;
  private final ElsewhereContracts contracts;
  private final Vault vault;
  private final Erasure erasure;
  private final Idempotency idempotency;
  private final AuditTrail audit;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Receiving(
      ReceivedFiles files,
      Judgements judgements,
      ElsewhereStore store,
      ElsewhereContracts contracts,
      Vault vault,
      Erasure erasure,
      Idempotency idempotency,
      AuditTrail audit,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.files = files;
    this.judgements = judgements;
    this.store = store;
    this.contracts = contracts;
    this.vault = vault;
    this.erasure = erasure;
    this.idempotency = idempotency;
    this.audit = audit;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  /** What became of a file. */
  sealed interface Outcome {
    /** Judged and kept. */
    record Taken(UUID upload) implements Outcome {}

    /** Not looked at further, and not kept. */
    record Unfit(ReceivedFiles.Looked because) implements Outcome {}

    /** Judging it took more than any file gets; not kept. */
    record Unjudged() implements Outcome {}

    /** A signature is broken, or something was changed after one; not kept. */
    record Altered(ValidationReport report, Instant at) implements Outcome {}
  }

  /**
   * Receives a file; the form's key makes it one however often it is sent.
   *
   * @param name as the browser gave it
   * @param service who concluded it, as the clerk names them
   * @throws jp.musubi.platform.Unavailable if it can be neither scanned nor judged now
   */
  Outcome receive(
      Path file, String name, String service, String key, StaffMember clerk, String ip) {
    var looked = files.look(file, name);
    if (!(looked instanceof ReceivedFiles.Looked.Fit(var pages, _))) {
      return new Outcome.Unfit(looked);
    }
    var now = clock.instant();
    var judged = judgements.of(file, now);
    if (judged.isEmpty()) {
      return new Outcome.Unjudged();
    }
    var report = judged.get();
    var standing = Standing.of(report);
    if (standing.isEmpty()) {
      return new Outcome.Altered(report, now);
    }
    var sha256 = Sha256.of(file);
    var taken =
        transaction.execute(_ ->
            idempotency.once(
                key,
                "elsewhere %s %s %s".formatted(name, service, sha256),
                () -> {
                  vault.put(file, "application/pdf");
                  var upload =
                      new Upload(
                          UUID.randomUUID(),
                          clerk.id(),
                          service,
                          name,
                          sha256,
                          pages,
                          standing.get(),
                          report,
                          now);
                  store.insert(upload);
                  audit.record(
                      clerk.actor(),
                      "contract.elsewhere-received",
                      null,
                      ip,
                      Map.of(
                          "document",
                          sha256.hex(),
                          "file",
                          name,
                          "service",
                          service,
                          "standing",
                          "elsewhere.standing." + standing.get()));
                  return upload.id().toString();
                }));
    return new Outcome.Taken(UUID.fromString(Objects.requireNonNull(taken)));
  }

  /** What this person brought and has not registered yet. */
  Optional<Upload> waiting(UUID id, StaffMember clerk) {
    return Objects.requireNonNull(transaction.execute(_ -> store.waiting(id, clerk.id())));
  }

  /** Numbers of contracts that have the same file already, as far as somebody may know of them. */
  List<String> alike(Upload upload, Reach reach) {
    return Objects.requireNonNull(transaction.execute(_ -> store.alike(upload.file(), reach)));
  }

  /** What is recorded of a contract that was concluded elsewhere. */
  Optional<ElsewhereRecord> of(ContractId contract) {
    return Objects.requireNonNull(transaction.execute(_ -> store.of(contract)));
  }

  /** Registers it; empty if it was registered or given up meanwhile. */
  Optional<ContractId> register(
      UUID id, ElsewhereContracts.Told told, StaffMember clerk, String ip) {
    return Objects.requireNonNull(
        transaction.execute(_ ->
            store
                .waiting(id, clerk.id())
                .map(upload -> {
                  var contract =
                      contracts.register(
                          new ElsewhereContracts.Received(
                              upload.file(), upload.fileName(), upload.pages()),
                          told,
                          Map.of(
                              "service",
                              upload.service(),
                              "standing",
                              "elsewhere.standing." + upload.standing()),
                          clerk,
                          ip);
                  store.insert(
                      contract,
                      new ElsewhereRecord(
                          upload.service(),
                          upload.standing(),
                          Optional.of(upload.report()),
                          upload.judgedAt(),
                          Standing.concludedAt(upload.report()),
                          Standing.verifiableUntil(upload.report()),
                          clerk.name(),
                          clock.instant()),
                      upload.report());
                  store.remove(id);
                  return contract;
                })));
  }

  /** 「登録せずにやめる」. The bytes go with the next run of the job. */
  void giveUp(UUID id, StaffMember clerk, String ip) {
    transaction.executeWithoutResult(_ ->
        store
            .waiting(id, clerk.id())
            .ifPresent(upload -> {
              store.giveUp(id, clock.instant());
              audit.record(
                  clerk.actor(),
                  "contract.elsewhere-given-up",
                  null,
                  ip,
                  Map.of("document", upload.file().hex(), "file", upload.fileName()));
            }));
  }

  /** Erases what was given up or forgotten, of the current body; how many files. */
  int tidy() {
    var now = clock.instant();
    var files =
        Objects.requireNonNull(
            transaction.execute(_ -> {
              store.forgotten(now.minus(PATIENCE)).forEach(id -> store.giveUp(id, now));
              return store.erasable();
            }));
    files.forEach(erasure::of);
    return files.size();
  }
}
