package jp.musubi.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.ConcurrentChange;
import jp.musubi.vault.Vault;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What is done to a contract's attachments within one transaction, with its audit entry. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class AttachmentShelf {
  private final AttachmentStore store;
  private final ContractStore contracts;
  private final Drafts drafts;
  private final Layouts layouts;
  private final Vault vault;
  private final AuditTrail audit;
  private final Clock clock;

  AttachmentShelf(
      AttachmentStore store,
      ContractStore contracts,
      Drafts drafts,
      Layouts layouts,
      Vault vault,
      AuditTrail audit,
      Clock clock) {
    this.store = store;
    this.contracts = contracts;
    this.drafts = drafts;
    this.layouts = layouts;
    this.vault = vault;
    this.audit = audit;
    this.clock = clock;
  }

  /** The set, nobody else changing it until the transaction ends. */
  DocumentSet hold(ContractId contract, Attachment.Role role) {
    if (role == Attachment.Role.INTERNAL) {
      contracts.lock(contract);
    } else {
      drafts.hold(contract);
      drafts.mayBeChanged(contract);
    }
    return store.of(contract);
  }

  /** The attachment as it was read before the set was held. */
  Attachment same(DocumentSet set, Attachment earlier) {
    return set.find(earlier.id())
        .filter(now -> now.role() == earlier.role() && now.sha256().equals(earlier.sha256()))
        .orElseThrow(() -> new ConcurrentChange("attachment " + earlier.id()));
  }

  void insist(DocumentSet set, Attachment.Role role, FileIntake.Result.Fit file) {
    set.refuses(role, size(file.bytes()), file.pages(), file.original())
        .ifPresent(reason -> {
          throw new DoesNotFit(reason);
        });
  }

  /** The attachment, its bytes stored. */
  Attachment stored(
      ContractId contract,
      UUID id,
      int ordinal,
      Attachments.Choice as,
      String name,
      FileIntake.Result.Fit file) {
    var digest = vault.put(file.bytes(), file.mediaType());
    layouts.made(contract, digest, file.madeFrom());
    return new Attachment(
        id,
        ordinal,
        as.kind(),
        as.role(),
        file.named(name),
        file.mediaType(),
        size(file.bytes()),
        file.pages(),
        digest,
        file.original(),
        clock.instant());
  }

  void write(String action, ContractId contract, Attachment attachment, Attachments.By by) {
    store.put(contract, attachment, by.clerk().id());
    unsettle(contract, attachment.role());
    record(action, contract, attachment, by);
  }

  void change(ContractId contract, Attachment next, Attachments.By by) {
    store.put(contract, next, by.clerk().id());
    unsettle(contract, Attachment.Role.SIGNED);
    record("contract.file-changed", contract, next, by);
  }

  void remove(ContractId contract, Attachment attachment, Attachments.By by) {
    store.remove(attachment.id());
    unsettle(contract, attachment.role());
    record("contract.file-removed", contract, attachment, by);
  }

  void swap(ContractId contract, Attachment moved, Attachment other, Attachments.By by) {
    store.place(moved.id(), other.ordinal());
    store.place(other.id(), moved.ordinal());
    unsettle(contract, moved.role());
    record("contract.file-moved", contract, moved, by);
  }

  /** What was prepared was bound from another set. */
  private void unsettle(ContractId contract, Attachment.Role role) {
    if (role != Attachment.Role.INTERNAL) {
      drafts.unsettle(contract);
    }
  }

  private void record(
      String action, ContractId contract, Attachment attachment, Attachments.By by) {
    audit.record(
        by.clerk().actor(),
        action,
        contract.value(),
        by.clientIp(),
        Map.of(
            "file", attachment.name(),
            "document", attachment.sha256().hex(),
            "kind", attachment.kind().name(),
            "role", attachment.role().name()));
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes the transaction back; never seen outside. */
  static final class DoesNotFit extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final DocumentSet.Unfit reason;

    DoesNotFit(DocumentSet.Unfit reason) {
      super(reason.name());
      this.reason = reason;
    }

    DocumentSet.Unfit reason() {
      return reason;
    }
  }
}
