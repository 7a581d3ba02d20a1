package jp.musubi.submission;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.ReceivedFiles;
import jp.musubi.contract.StepRefused;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.NotFound;
import jp.musubi.seal.Sha256;
import jp.musubi.vault.Vault;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 提出を受ける. A file is scanned and looked at as what it is asked for before the transaction; what is
 * refused is stored nowhere, and whatever was handed in before stays.
 */
@Service
class HandingIn {
  private final CallStore calls;
  private final HandedInStore files;
  private final Submissions submissions;
  private final SubmissionLetters letters;
  private final ReceivedFiles received;
  private final Vault vault;
  private final AuditTrail audit;
  private final Clock clock;
  private final TransactionTemplate transaction;

  HandingIn(
      CallStore calls,
      HandedInStore files,
      Submissions submissions,
      SubmissionLetters letters,
      ReceivedFiles received,
      Vault vault,
      AuditTrail audit,
      Clock clock,
      PlatformTransactionManager transactions) {
    this.calls = calls;
    this.files = files;
    this.submissions = submissions;
    this.letters = letters;
    this.received = received;
    this.vault = vault;
    this.audit = audit;
    this.clock = clock;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** What became of an upload. */
  sealed interface Outcome {
    /** It stands; the same file once more changes nothing. */
    record Taken(HandedIn file) implements Outcome {}

    /** No file that is taken for this, and why. */
    record Unfit(ReceivedFiles.Looked because) implements Outcome {}

    /** The clerk has taken a file already. */
    record Closed() implements Outcome {}

    /** It was replaced as often as it may be. */
    record TooOften() implements Outcome {}

    /** The link does not work any more. */
    record Over() implements Outcome {}
  }

  /**
   * Takes a file in.
   *
   * @param name as {@link jp.musubi.contract.AttachmentName} made it
   * @throws NotFound when the link is not for such a document
   * @throws jp.musubi.platform.Unavailable when it cannot be scanned or looked at now
   */
  Outcome handIn(
      Submissions.Opened shown, UUID wanted, Path upload, String name, HandedInStore.From from) {
    var asked =
        shown
            .sheet()
            .find(wanted)
            .orElseThrow(() -> new NotFound("wanted document " + wanted))
            .wanted();
    var looked = received.lookFor(upload, name, asked.purpose().tried());
    if (!(looked instanceof ReceivedFiles.Looked.Fit fit)) {
      return new Outcome.Unfit(looked);
    }
    try {
      return Objects.requireNonNull(
          transaction.execute(_ -> store(shown.link(), wanted, upload, name, fit, from)));
    } catch (StepRefused left) {
      return new Outcome.Over();
    }
  }

  private Outcome store(
      CallLink shown,
      UUID wanted,
      Path upload,
      String name,
      ReceivedFiles.Looked.Fit fit,
      HandedInStore.From from) {
    var sheet = submissions.held(calls.find(shown.call()).orElseThrow());
    var link = calls.link(shown.id()).orElseThrow();
    var now = clock.instant();
    if (link.life(sheet.call(), sheet.draft(), now) != CallLink.Life.OPEN) {
      return new Outcome.Over();
    }
    var slot = sheet.find(wanted).orElseThrow(() -> new NotFound("wanted document " + wanted));
    var stands = slot.standing();
    if (stands.filter(HandedIn::isAccepted).isPresent()) {
      return new Outcome.Closed();
    }
    var digest = Sha256.of(upload);
    if (stands.filter(file -> file.sha256().equals(digest) && file.isOf(link.mail())).isPresent()) {
      return new Outcome.Taken(stands.get());
    }
    if (slot.files().size() >= HandedIn.MOST) {
      return new Outcome.TooOften();
    }
    vault.put(upload, fit.mediaType());
    var by = sheet.call().addressee(sheet.draft()).map(Call.Addressee::printed).orElse(link.name());
    var file =
        new HandedIn(
            UUID.randomUUID(),
            wanted,
            name,
            fit.mediaType(),
            size(upload),
            fit.pages(),
            digest,
            by,
            link.mail(),
            now,
            Optional.empty(),
            Optional.empty(),
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    stands.ifPresent(earlier -> files.replaced(earlier.id(), now));
    files.insert(file, from);
    record(sheet.call(), link, slot.wanted(), file, stands, from.clientIp());
    if (stands.isEmpty()) {
      letters.cameIn(sheet, slot.wanted(), file);
    }
    return new Outcome.Taken(file);
  }

  private void record(
      Call call,
      CallLink link,
      Wanted wanted,
      HandedIn file,
      Optional<HandedIn> earlier,
      String clientIp) {
    var details = new HashMap<String, String>();
    details.put("wanted", wanted.name());
    details.put("file", file.name());
    details.put("document", file.sha256().hex());
    earlier.ifPresent(old -> details.put("instead", old.sha256().hex()));
    audit.record(
        actor(link),
        "submission.handed-in",
        call.contract().map(ContractId::value).orElse(null),
        clientIp,
        Map.copyOf(details));
  }

  /** Who holds a link, as the record names them. */
  static Actor actor(CallLink link) {
    return new Actor(Actor.Kind.COUNTERPARTY, link.id().toString(), link.name());
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
