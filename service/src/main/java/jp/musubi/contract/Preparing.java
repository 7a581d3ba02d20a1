package jp.musubi.contract;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import jp.musubi.platform.ConcurrentChange;
import jp.musubi.platform.NotFound;
import jp.musubi.seal.Preparation;
import jp.musubi.seal.SignatureField;
import jp.musubi.vault.Vault;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 署名の準備. Has written into a draft's document what is to stand there, binds it and its attachments
 * into one file, and gives that one empty signature field for each party, before anybody signs
 * (SIG-4); from here on the bytes are settled. Writing and binding are done before the transaction
 * that stores them.
 */
@Service
public class Preparing {
  private final ContractStore contracts;
  private final AttachmentStore attachments;
  private final SetBinding binding;
  private final List<Inscription> inscriptions;
  private final Drafts drafts;
  private final Vault vault;
  private final TransactionTemplate transaction;

  Preparing(
      ContractStore contracts,
      AttachmentStore attachments,
      SetBinding binding,
      List<Inscription> inscriptions,
      Drafts drafts,
      Vault vault,
      PlatformTransactionManager transactions) {
    this.contracts = contracts;
    this.attachments = attachments;
    this.binding = binding;
    this.inscriptions = List.copyOf(inscriptions);
    this.drafts = drafts;
    this.vault = vault;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** A draft and its files as they stood together. */
  private record Read(Particulars draft, DocumentSet set) {}

  /**
   * Prepares the draft's files for the parties it has now.
   *
   * @throws StepRefused when its files cannot be bound together, or written into
   * @throws ConcurrentChange when the draft changes meanwhile
   */
  public void prepare(ContractId id) {
    var read = Objects.requireNonNull(transaction.execute(_ -> read(id)));
    var fields =
        read.draft().parties().stream()
            .map(party -> new SignatureField(SignatureFields.of(party)))
            .toList();
    try (var document = new Scratch();
        var whole = new Scratch()) {
      vault.with(read.draft().document(), document::fill);
      inscriptions.forEach(each -> each.write(read.draft(), document.file()));
      if (read.set().isDocumentAlone()) {
        transaction.executeWithoutResult(
            _ -> settle(read.draft(), document.file(), fields, OptionalInt.empty()));
        return;
      }
      var pages = binding.bind(read.draft(), document.file(), read.set(), whole);
      transaction.executeWithoutResult(
          _ -> settle(read.draft(), whole.file(), fields, OptionalInt.of(pages)));
    }
  }

  private Read read(ContractId id) {
    return new Read(
        contracts.find(id).orElseThrow(() -> new NotFound("contract " + id)), attachments.of(id));
  }

  private void settle(
      Particulars draft, Path file, List<SignatureField> fields, OptionalInt pages) {
    if (contracts.lock(draft.id()).version() != draft.version()) {
      throw new ConcurrentChange("draft " + draft.id() + " changed while it was prepared");
    }
    try (var prepared = new Scratch()) {
      Preparation.prepare(file, prepared.file(), fields);
      drafts.settle(draft.id(), vault.put(prepared.file(), "application/pdf"), pages);
    }
  }
}
