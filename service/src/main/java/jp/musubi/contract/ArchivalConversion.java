package jp.musubi.contract;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.conversion.ArchiveConverter;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.ConcurrentChange;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.archival.ArchivalReport;
import jp.musubi.seal.inspection.Inspection;
import jp.musubi.seal.inspection.Likeness;
import jp.musubi.seal.inspection.Rebuilt;
import jp.musubi.seal.isolation.Workers;
import jp.musubi.vault.Vault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * PDF/Aへの変換 (S-14). What a clerk asks to have converted is converted by another's program, which is
 * not believed: the result is inspected and written anew as an upload is, has to be PDF/A, and has
 * to be like the document before on every page. Then a person looks at both. The document before
 * stays with the contract's internal papers.
 */
@Service
public class ArchivalConversion {
  private static final Logger LOG = LoggerFactory.getLogger(ArchivalConversion.class);
  private static final String SIGNED = "already-signed";

  private final Contracts contracts;
  private final Drafts drafts;
  private final Archival archival;
  private final AttachmentShelf shelf;
  private final Preparing preparing;
  private final ArchiveConverter converter;
  private final Workers workers;
  private final Vault vault;
  private final AuditTrail audit;
  private final TransactionTemplate transaction;

  ArchivalConversion(
      Contracts contracts,
      Drafts drafts,
      Archival archival,
      AttachmentShelf shelf,
      Preparing preparing,
      ArchiveConverter converter,
      Workers workers,
      Vault vault,
      AuditTrail audit,
      PlatformTransactionManager transactions) {
    this.contracts = contracts;
    this.drafts = drafts;
    this.archival = archival;
    this.shelf = shelf;
    this.preparing = preparing;
    this.converter = converter;
    this.workers = workers;
    this.vault = vault;
    this.audit = audit;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** Why a document stays what it is. */
  public enum Reason {
    /** There is no program for it here. */
    NOT_HERE,
    /** It is PDF/A. */
    ALREADY,
    /** It is signed, and would not be any more. */
    SIGNED,
    /** Its pages are more than are compared. */
    TOO_MANY_PAGES,
    /** Nothing that may be registered came out of it. */
    BROKEN,
    /** It took longer than it may. */
    TOO_LONG,
    /** What came out says or shows something else. */
    DIFFERENT,
    /** What came out is not PDF/A. */
    NOT_ARCHIVAL,
    /** There is no room for the document before among the contract's papers. */
    NO_ROOM
  }

  /** Whether documents are converted here. */
  public boolean isOffered() {
    return converter.isAvailable();
  }

  /** Checks a draft's document anew, and what is bound to it, if nobody has looked at the whole. */
  public ArchivalReport check(ContractId id, Attachments.By by) {
    var draft = contracts.get(id);
    try (var document = new Scratch()) {
      vault.with(draft.document(), document::fill);
      var report = Apart.from(() -> workers.archival(document.file()));
      transaction.executeWithoutResult(
          _ -> archival.noteFor(id, draft.document(), report, by.clerk(), by.clientIp()));
      if (report.conforms() && draft.prepared().filter(file -> isUnknown(id, file)).isPresent()) {
        preparing.prepare(id);
      }
      return report;
    }
  }

  private boolean isUnknown(ContractId id, Sha256 file) {
    return archival.of(id, file).isEmpty();
  }

  /**
   * Converts a draft's document; the reason why it was not.
   *
   * @throws StepRefused when it is no draft, or may not be changed
   * @throws ConcurrentChange when the document changes meanwhile
   */
  public Optional<Reason> convert(ContractId id, Attachments.By by) {
    if (!isOffered()) {
      return Optional.of(Reason.NOT_HERE);
    }
    var draft =
        Objects.requireNonNull(
            transaction.execute(_ -> {
              drafts.mayBeChanged(id);
              return drafts.hold(id);
            }));
    if (archival.of(id, draft.document()).filter(c -> c.report().conforms()).isPresent()) {
      return Optional.of(Reason.ALREADY);
    }
    try (var before = new Scratch();
        var made = new Scratch();
        var after = new Scratch()) {
      vault.with(draft.document(), before::fill);
      var refused = unfit(Apart.from(() -> workers.inspect(before.file())));
      if (refused.isPresent()) {
        return refused;
      }
      var reason = Reason.BROKEN;
      for (var reader : ArchiveConverter.Reader.values()) {
        switch (attempt(id, reader, before, made, after)) {
          case Attempt.Made done -> {
            transaction.executeWithoutResult(_ -> {
              vault.put(after.file(), FileFormat.PDF.mediaType());
              exchange(draft, before, done, by);
            });
            return Optional.empty();
          }
          case Attempt.Failed(var why) -> reason = why;
        }
      }
      return Optional.of(reason);
    } catch (AttachmentShelf.DoesNotFit unfit) {
      return Optional.of(Reason.NO_ROOM);
    }
  }

  /** What came of trying it one way. */
  private sealed interface Attempt {
    /** What was made of a document. */
    record Made(Sha256 sha256, int pages, ArchivalReport report) implements Attempt {}

    /** Nothing that may take its place. */
    record Failed(Reason why) implements Attempt {}
  }

  private Attempt attempt(
      ContractId id, ArchiveConverter.Reader reader, Scratch before, Scratch made, Scratch after) {
    switch (converter.convert(reader, before.file(), made.file())) {
      case BROKEN -> {
        return new Attempt.Failed(Reason.BROKEN);
      }
      case TOO_LONG -> {
        return new Attempt.Failed(Reason.TOO_LONG);
      }
      case WRITTEN -> {}
    }
    if (!(Apart.from(() -> workers.rebuild(made.file(), after.file()))
        instanceof Rebuilt.Written(var sha256, var pages, _))) {
      return new Attempt.Failed(Reason.BROKEN);
    }
    var likeness = Apart.from(() -> workers.likeness(before.file(), after.file()));
    if (!likeness.acceptable()) {
      LOG.atInfo()
          .addKeyValue("contract", id)
          .log("converted by the {} reader, unlike: {}", reader, likeness.findings());
      return new Attempt.Failed(Reason.DIFFERENT);
    }
    var report = Apart.from(() -> workers.archival(after.file()));
    if (!report.conforms()) {
      LOG.atInfo()
          .addKeyValue("contract", id)
          .log("converted by the {} reader, not PDF/A: {}", reader, report);
      return new Attempt.Failed(Reason.NOT_ARCHIVAL);
    }
    return new Attempt.Made(sha256, pages, report);
  }

  private void exchange(Particulars draft, Scratch before, Attempt.Made made, Attachments.By by) {
    var id = draft.id();
    if (!drafts.hold(id).document().equals(draft.document())) {
      throw new ConcurrentChange("document of " + id + " changed while it was converted");
    }
    var as = new Attachments.Choice(Attachment.Kind.OTHER, Attachment.Role.INTERNAL);
    var original = drafts.original(id);
    var set = shelf.hold(id, Attachment.Role.INTERNAL);
    var kept =
        new FileIntake.Result.Fit(
            before.file(),
            FileFormat.PDF.mediaType(),
            set.documentPages(),
            draft.document(),
            Optional.empty(),
            List.of());
    if (set.attachments().stream().noneMatch(each -> each.sha256().equals(draft.document()))) {
      shelf.insist(set, Attachment.Role.INTERNAL, kept);
      var attachment = shelf.stored(id, UUID.randomUUID(), set.next(), as, draft.fileName(), kept);
      shelf.write("contract.file-attached", id, attachment, by);
    }
    drafts.replaceDocument(
        id,
        new Drafts.Document(
            draft.fileName(),
            made.sha256(),
            made.pages(),
            original,
            Optional.of(draft.fileName()),
            Optional.empty()),
        by.clerk(),
        by.clientIp());
    archival.note(id, made.sha256(), made.report(), Optional.of(draft.document()));
    audit.record(
        by.clerk().actor(),
        "contract.archival-converted",
        id.value(),
        by.clientIp(),
        Map.of("before", draft.document().hex(), "document", made.sha256().hex()));
    if (!draft.parties().isEmpty()) {
      preparing.prepare(id);
    }
  }

  /** What is refused before any program sees it. */
  static Optional<Reason> unfit(Inspection inspection) {
    if (inspection.findings().stream().anyMatch(finding -> finding.what().equals(SIGNED))) {
      return Optional.of(Reason.SIGNED);
    }
    if (!inspection.acceptable()) {
      return Optional.of(Reason.BROKEN);
    }
    return inspection.pages() > Likeness.MOST_PAGES
        ? Optional.of(Reason.TOO_MANY_PAGES)
        : Optional.empty();
  }
}
