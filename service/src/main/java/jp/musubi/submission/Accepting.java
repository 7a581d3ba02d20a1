package jp.musubi.submission;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import jp.musubi.contract.Attachment;
import jp.musubi.contract.Attachments;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Drafts;
import jp.musubi.contract.Intake;
import jp.musubi.contract.Preparing;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.ConcurrentChange;
import jp.musubi.platform.NotFound;
import jp.musubi.seal.inspection.Finding;
import jp.musubi.staff.StaffMember;
import jp.musubi.vault.Vault;
import org.springframework.stereotype.Service;

/**
 * 受け取る. What a counterparty handed in becomes a part of the contract by the ways of every upload,
 * with the note that it was taken in the same transaction.
 */
@Service
class Accepting {
  private final CallStore calls;
  private final HandedInStore files;
  private final Submissions submissions;
  private final Attachments attachments;
  private final Intake intake;
  private final Drafts drafts;
  private final Preparing preparing;
  private final Vault vault;
  private final AuditTrail audit;
  private final Clock clock;

  Accepting(
      CallStore calls,
      HandedInStore files,
      Submissions submissions,
      Attachments attachments,
      Intake intake,
      Drafts drafts,
      Preparing preparing,
      Vault vault,
      AuditTrail audit,
      Clock clock) {
    this.calls = calls;
    this.files = files;
    this.submissions = submissions;
    this.attachments = attachments;
    this.intake = intake;
    this.drafts = drafts;
    this.preparing = preparing;
    this.vault = vault;
    this.audit = audit;
    this.clock = clock;
  }

  /** Who takes it, and from where. */
  record By(StaffMember clerk, String clientIp) {}

  /** What became of it. */
  sealed interface Outcome {
    /** It is part of the contract; notices tell what was put right and what to look at. */
    record Taken(ContractId contract, List<Finding> notices) implements Outcome {}

    /** It cannot be taken as that, and waits as before; why is told as of any other file. */
    record Refused(Attachments.Outcome because) implements Outcome {}
  }

  /** Takes a file into a contract's set of files. */
  Outcome attach(ContractId contract, Slot slot, HandedIn.As as, Attachment.Kind kind, By by) {
    var file = standing(slot);
    var outcome =
        copied(
            file,
            copy ->
                attachments.add(
                    contract,
                    copy,
                    file.name(),
                    new Attachments.Choice(kind, Attachment.Role.valueOf(as.name())),
                    "submission-%s-%s-%s".formatted(file.id(), as, kind),
                    new Attachments.By(by.clerk(), by.clientIp()),
                    () -> {
                      drafts.hold(contract);
                      accept(contract, slot, file, as, by);
                    }));
    return outcome instanceof Attachments.Outcome.Taken(_, var notices)
        ? new Outcome.Taken(contract, notices)
        : new Outcome.Refused(outcome);
  }

  /** Puts a file in the place of the draft's document. */
  Outcome replace(ContractId contract, Slot slot, By by) {
    return keep(
        slot,
        (file, document) -> {
          var draft = drafts.hold(contract);
          drafts.replaceDocument(contract, document, by.clerk(), by.clientIp());
          if (!draft.parties().isEmpty()) {
            preparing.prepare(contract);
          }
          accept(contract, slot, file, HandedIn.As.DOCUMENT, by);
          return contract;
        });
  }

  /** Begins a draft with the file, where there was none yet. */
  Outcome begin(CallSheet sheet, Slot slot, By by) {
    return keep(
        slot,
        (file, document) -> {
          var call = submissions.held(sheet.call()).call();
          var contract = drafts.begin(document, call.title(), by.clerk(), by.clientIp());
          accept(contract, slot, file, HandedIn.As.DOCUMENT, by);
          calls.became(call.id(), contract);
          return contract;
        });
  }

  private interface Becoming {
    ContractId of(HandedIn file, Drafts.Document document);
  }

  private Outcome keep(Slot slot, Becoming becoming) {
    var file = standing(slot);
    return switch (copied(
        file, copy -> intake.keep(copy, file.name(), document -> becoming.of(file, document)))) {
      case Intake.Keeping.Kept<ContractId>(var contract, var notices) ->
          new Outcome.Taken(contract, notices);
      case Intake.Keeping.Rejected<ContractId>(var reasons) ->
          new Outcome.Refused(new Attachments.Outcome.Rejected(reasons));
    };
  }

  /** In the transaction of whatever is done with it. */
  private void accept(ContractId contract, Slot slot, HandedIn file, HandedIn.As as, By by) {
    if (!files.accepted(file.id(), as, by.clerk().id(), clock.instant())) {
      throw new ConcurrentChange("handed in " + file.id());
    }
    audit.record(
        by.clerk().actor(),
        "submission.accepted",
        contract.value(),
        by.clientIp(),
        Map.of(
            "wanted", slot.wanted().name(),
            "file", file.name(),
            "document", file.sha256().hex(),
            "as", as.name()));
  }

  private static HandedIn standing(Slot slot) {
    return slot.standing()
        .orElseThrow(() -> new NotFound("file for wanted document " + slot.wanted().id()));
  }

  /**
   * Gives the stored bytes as a file of their own: nothing slow is done within the store's lock.
   */
  private <T> T copied(HandedIn file, Function<Path, T> step) {
    try {
      var copy = Files.createTempFile("musubi-submission", ".bin");
      try {
        vault.with(
            file.sha256(),
            stored -> {
              try {
                return Files.copy(stored, copy, StandardCopyOption.REPLACE_EXISTING);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
        return step.apply(copy);
      } finally {
        Files.deleteIfExists(copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
