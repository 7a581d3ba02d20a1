package jp.musubi.contract;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import jp.musubi.evidence.DocumentFonts;
import jp.musubi.platform.ConcurrentChange;
import jp.musubi.platform.NotFound;
import jp.musubi.seal.Preparation;
import jp.musubi.seal.SignatureField;
import jp.musubi.seal.appearance.Imprinting;
import jp.musubi.seal.archival.ArchivalReport;
import jp.musubi.seal.isolation.Workers;
import jp.musubi.vault.Vault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 署名の準備. Has written into a draft's document what is to stand there, binds it and its attachments
 * into one file, and gives that one empty signature field for each party, with what is seen of it,
 * before anybody signs (SIG-4); from here on the bytes are settled. All of it is done before the
 * transaction that stores them.
 */
@Service
public class Preparing {
  private static final Logger LOG = LoggerFactory.getLogger(Preparing.class);

  private final ContractStore contracts;
  private final AttachmentStore attachments;
  private final Mandates mandates;
  private final SetBinding binding;
  private final List<Inscription> inscriptions;
  private final SealLooks looks;
  private final Drafts drafts;
  private final Archival archival;
  private final Workers workers;
  private final Vault vault;
  private final TransactionTemplate transaction;

  Preparing(
      ContractStore contracts,
      AttachmentStore attachments,
      Mandates mandates,
      SetBinding binding,
      List<Inscription> inscriptions,
      SealLooks looks,
      Drafts drafts,
      Archival archival,
      Workers workers,
      Vault vault,
      PlatformTransactionManager transactions) {
    this.contracts = contracts;
    this.attachments = attachments;
    this.mandates = mandates;
    this.binding = binding;
    this.inscriptions = List.copyOf(inscriptions);
    this.looks = looks;
    this.drafts = drafts;
    this.archival = archival;
    this.workers = workers;
    this.vault = vault;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * A draft and its files as they stood together.
   *
   * @param claim what its document was found to be; empty unless it is PDF/A
   */
  private record Read(
      Particulars draft,
      DocumentSet set,
      List<Mandates.Stated> mandates,
      Optional<ArchivalReport> claim) {
    boolean isDocumentAlone() {
      return set.isDocumentAlone() && mandates.isEmpty();
    }
  }

  /**
   * Prepares the draft's files for the parties it has now. What is bound to a PDF/A makes the same
   * claim if that is true of the whole, and else none.
   *
   * @throws StepRefused when its files cannot be bound together, or written or drawn into
   * @throws ConcurrentChange when the draft changes meanwhile
   */
  public void prepare(ContractId id) {
    var read = Objects.requireNonNull(transaction.execute(_ -> read(id)));
    try (var document = new Scratch();
        var prepared = new Scratch()) {
      vault.with(read.draft().document(), document::fill);
      inscriptions.forEach(each -> each.write(read.draft(), document.file()));
      if (read.isDocumentAlone()) {
        draw(read.draft(), document.file(), prepared.file());
        settle(read, prepared, OptionalInt.empty(), judge(read, prepared));
        return;
      }
      var claimed = read.claim().map(ArchivalReport::partOfWhole).orElse(OptionalInt.empty());
      var pages = bind(read, document, claimed, prepared);
      var report = claimed.isPresent() ? judge(read, prepared) : Optional.<ArchivalReport>empty();
      if (report.filter(found -> !found.conforms()).isPresent()) {
        pages = bind(read, document, OptionalInt.empty(), prepared);
      }
      settle(read, prepared, OptionalInt.of(pages), report);
    }
  }

  private int bind(Read read, Scratch document, OptionalInt part, Scratch prepared) {
    try (var whole = new Scratch()) {
      var pages =
          binding.bind(read.draft(), document.file(), read.set(), read.mandates(), part, whole);
      draw(read.draft(), whole.file(), prepared.file());
      return pages;
    }
  }

  /** Whether what will be signed is the PDF/A that the document is. */
  private Optional<ArchivalReport> judge(Read read, Scratch prepared) {
    return read.claim().map(_ -> Apart.from(() -> workers.archival(prepared.file())));
  }

  private Read read(ContractId id) {
    var draft = contracts.find(id).orElseThrow(() -> new NotFound("contract " + id));
    return new Read(
        draft,
        attachments.of(id),
        mandates.statedOf(id),
        archival
            .of(id, draft.document())
            .map(Archival.Checked::report)
            .filter(ArchivalReport::conforms));
  }

  /** Gives the file its signature fields, and draws what is seen of them. */
  private void draw(Particulars draft, Path file, Path prepared) {
    var seen = looks.of(draft);
    var fields =
        Stream.concat(
                draft.parties().stream()
                    .map(party ->
                        new SignatureField(
                            SignatureFields.of(party), Optional.ofNullable(seen.get(party.id())))),
                // Prepared as well, so that their software needs to add nothing but a signature.
                draft.parties().stream()
                    .filter(Party::ownSignature)
                    .map(party -> new SignatureField(SignatureFields.own(party))))
            .toList();
    if (seen.isEmpty()) {
      Preparation.prepare(file, prepared, fields);
      return;
    }
    if (Preparation.prepare(file, prepared, fields, DocumentFonts.regular())
        instanceof Imprinting.Refused(var field, var reason)) {
      LOG.atInfo()
          .addKeyValue("contract", draft.id())
          .log("what is seen of {} cannot be drawn: {}", field, reason);
      throw new StepRefused(
          new Refusal.MarksUnfit(
              draft.parties().stream()
                  .filter(party -> SignatureFields.of(party).equals(field))
                  .map(Party::signature)
                  .toList()));
    }
  }

  private void settle(
      Read read, Scratch prepared, OptionalInt pages, Optional<ArchivalReport> report) {
    var draft = read.draft();
    transaction.executeWithoutResult(_ -> {
      if (contracts.lock(draft.id()).version() != draft.version()) {
        throw new ConcurrentChange("draft " + draft.id() + " changed while it was prepared");
      }
      var digest = vault.put(prepared.file(), "application/pdf");
      drafts.settle(draft.id(), digest, pages);
      report.ifPresent(found -> archival.note(draft.id(), digest, found));
    });
  }
}
