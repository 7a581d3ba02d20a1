package jp.musubi.contract;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import jp.musubi.platform.Idempotency;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.inspection.Action;
import jp.musubi.seal.inspection.Finding;
import jp.musubi.seal.inspection.Rebuilt;
import jp.musubi.seal.isolation.Workers;
import jp.musubi.staff.StaffMember;
import jp.musubi.vault.Vault;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 文書の受け入れ. Inspects an upload, writes it anew and stores that; what is refused is stored nowhere
 * (PDF-P01 to P17). The looking is done before the transaction and in a process of its own, the
 * storing within.
 */
@Service
public class Intake {
  private final Vault vault;
  private final Drafts drafts;
  private final Preparing preparing;
  private final Contracts contracts;
  private final Idempotency idempotency;
  private final Quarantine quarantine;
  private final OfficeIntake office;
  private final Workers workers;
  private final TransactionTemplate transaction;

  Intake(
      Vault vault,
      Drafts drafts,
      Preparing preparing,
      Contracts contracts,
      Idempotency idempotency,
      Quarantine quarantine,
      OfficeIntake office,
      Workers workers,
      PlatformTransactionManager transactions) {
    this.vault = vault;
    this.drafts = drafts;
    this.preparing = preparing;
    this.contracts = contracts;
    this.idempotency = idempotency;
    this.quarantine = quarantine;
    this.office = office;
    this.workers = workers;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** What became of an upload. */
  public sealed interface Outcome {
    /** Stored as this draft's document; notices tell what was put right and what to look at. */
    record Taken(ContractId draft, List<Finding> notices) implements Outcome {}

    /** Not stored; each finding is a reason. */
    record Rejected(List<Finding> reasons) implements Outcome {}
  }

  /** What became of an upload that is no draft's document. */
  public sealed interface Keeping<T> {
    /** Stored; notices tell what was put right and what to look at. */
    record Kept<T>(T value, List<Finding> notices) implements Keeping<T> {
      /** Keeps its own copy. */
      public Kept {
        notices = List.copyOf(notices);
      }
    }

    /** Not stored; each finding is a reason. */
    record Rejected<T>(List<Finding> reasons) implements Keeping<T> {
      /** Keeps its own copy. */
      public Rejected {
        reasons = List.copyOf(reasons);
      }
    }
  }

  /**
   * Begins a draft with an upload; the form's key makes it one draft however often it is sent.
   *
   * @param fileName as the browser gave it
   */
  public Outcome begin(
      Path upload, String fileName, String key, StaffMember clerk, String clientIp) {
    return take(
        upload,
        fileName,
        document ->
            new ContractId(
                UUID.fromString(
                    idempotency.once(
                        key,
                        request("begin", document),
                        () -> drafts.begin(document, clerk, clientIp).toString()))));
  }

  /** Puts an upload in the place of a draft's document. */
  public Outcome replace(
      ContractId draft,
      Path upload,
      String fileName,
      String key,
      StaffMember clerk,
      String clientIp) {
    return take(
        upload,
        fileName,
        document -> {
          idempotency.once(
              key,
              request("replace " + draft, document),
              () -> {
                drafts.replaceDocument(draft, document, clerk, clientIp);
                if (!contracts.get(draft).parties().isEmpty()) {
                  preparing.prepare(draft);
                }
                return draft.toString();
              });
          return draft;
        });
  }

  private Outcome take(Path upload, String fileName, Function<Drafts.Document, ContractId> effect) {
    return switch (keep(upload, fileName, effect)) {
      case Keeping.Kept<ContractId>(var draft, var notices) -> new Outcome.Taken(draft, notices);
      case Keeping.Rejected<ContractId>(var reasons) -> new Outcome.Rejected(reasons);
    };
  }

  /**
   * Takes in an upload for whatever {@code effect} does with it, in one transaction with storing
   * it.
   */
  public <T> Keeping<T> keep(Path upload, String fileName, Function<Drafts.Document, T> effect) {
    var infected = quarantine.refuses(upload);
    if (infected.isPresent()) {
      return new Keeping.Rejected<>(List.of(infected.get()));
    }
    var original = Sha256.of(upload);
    try (var pdf = new Scratch();
        var rebuilt = new Scratch()) {
      return switch (office.read(upload, fileName, pdf.file())) {
        case OfficeIntake.Read.Refused(var reason) -> new Keeping.Rejected<>(List.of(reason));
        case OfficeIntake.Read.Pdf(var file, var name, var madeFrom) ->
            switch (Apart.from(() -> workers.rebuild(file, rebuilt.file()))) {
              case Rebuilt.Refused(var inspection) ->
                  new Keeping.Rejected<>(
                      inspection.findings().stream()
                          .filter(finding -> finding.action() == Action.REJECT)
                          .toList());
              case Rebuilt.Written(var sha256, var pages, var inspection) -> {
                var archival = Apart.from(() -> workers.archival(rebuilt.file()));
                var document =
                    new Drafts.Document(
                        name,
                        sha256,
                        pages,
                        Optional.of(original),
                        madeFrom,
                        Optional.of(archival));
                var value =
                    transaction.execute(_ -> {
                      vault.put(rebuilt.file(), "application/pdf");
                      return effect.apply(document);
                    });
                yield new Keeping.Kept<>(value, inspection.findings());
              }
            };
      };
    }
  }

  /** What was converted differs each time; what was uploaded does not. */
  private static String request(String what, Drafts.Document document) {
    return "%s %s %s"
        .formatted(what, document.fileName(), document.original().orElse(document.sha256()));
  }
}
