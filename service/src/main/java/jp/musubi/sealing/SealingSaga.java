package jp.musubi.sealing;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.Attachments;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Decision;
import jp.musubi.contract.Inscription;
import jp.musubi.contract.Mandates;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.contract.Revision;
import jp.musubi.contract.SignatureFields;
import jp.musubi.evidence.Certificate;
import jp.musubi.organisation.Body;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.IntegrityBroken;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.Unavailable;
import jp.musubi.seal.SealException;
import jp.musubi.seal.Sha256;
import jp.musubi.vault.Vault;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * From one agreement to one more seal in the file; from the last one to 締結済. May be stopped at any
 * point and is then begun again under a new epoch; what an earlier run left behind is harmless
 * (docs/signing-cycle.md).
 */
final class SealingSaga {
  private static final Logger LOG = LoggerFactory.getLogger(SealingSaga.class);
  private static final Duration ALARM_AFTER = Duration.ofMinutes(5);
  private static final String PDF = "application/pdf";

  private final Contracts contracts;
  private final Attachments attachments;
  private final List<Inscription> inscriptions;
  private final Mandates mandates;
  private final Organisations organisations;
  private final Claims claims;
  private final Vault vault;
  private final Sealer sealer;
  private final TransactionOperations transactions;
  private final Clock clock;

  SealingSaga(
      Contracts contracts,
      Attachments attachments,
      List<Inscription> inscriptions,
      Mandates mandates,
      Organisations organisations,
      Claims claims,
      Vault vault,
      Sealer sealer,
      TransactionOperations transactions,
      Clock clock) {
    this.contracts = contracts;
    this.attachments = attachments;
    this.inscriptions = List.copyOf(inscriptions);
    this.mandates = mandates;
    this.organisations = organisations;
    this.claims = claims;
    this.vault = vault;
    this.sealer = sealer;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** An agreement whose seal is ours to make. */
  private record Claim(Agreement agreement, Particulars contract, int epoch) {
    boolean isLast() {
      return agreement.ordinal() == contract.parties().size() - 1;
    }

    Party party() {
      return contract.party(agreement.party()).orElseThrow();
    }
  }

  /**
   * Seals on a stored agreement of the current body: the only way to the key.
   *
   * @return false if the seal of an agreement given before has to be made first; when there is
   *     nothing left to do, true
   * @throws RuntimeException if it has to be tried again; the contract's page then says what waits
   */
  boolean sign(UUID agreementId) {
    if (inTransaction(() -> waitsForAnother(agreementId))) {
      return false;
    }
    var claimed = inTransaction(() -> claim(agreementId));
    if (claimed.isEmpty()) {
      return true;
    }
    var claim = claimed.get();
    try {
      seal(claim);
      return true;
    } catch (RuntimeException e) {
      report(claim, e);
      throw e;
    }
  }

  /** Parties of one turn may agree in the same second; their seals stand one upon the other. */
  private boolean waitsForAnother(UUID agreementId) {
    var agreement = agreement(agreementId);
    var contract = contracts.get(agreement.contract());
    return awaitsSeal(contract, agreement) && contract.revisions().size() < agreement.ordinal();
  }

  private Agreement agreement(UUID id) {
    return contracts
        .agreement(id)
        .orElseThrow(() -> new IntegrityBroken("a job without its agreement " + id));
  }

  private Optional<Claim> claim(UUID agreementId) {
    var agreement = agreement(agreementId);
    var contract = contracts.get(agreement.contract());
    if (!awaitsSeal(contract, agreement)) {
      return Optional.empty();
    }
    return Optional.of(new Claim(agreement, contract, claims.take(agreementId, clock.instant())));
  }

  private static boolean awaitsSeal(Particulars contract, Agreement agreement) {
    var running =
        contract.state().equals("AWAITING_AGREEMENTS") || contract.state().equals("CONCLUDING");
    var sealed = contract.revisions().stream().anyMatch(r -> r.agreement().equals(agreement.id()));
    return running && !sealed;
  }

  private void seal(Claim claim) {
    var source = claim.contract().currentFile();
    var shown = claim.contract().shownTo(claim.party());
    if (!shown.equals(claim.agreement().document())) {
      throw new IntegrityBroken(
          "agreement %s is to %s, the file was %s"
              .formatted(claim.agreement().id(), claim.agreement().document(), shown));
    }
    vault.with(
        source,
        file -> {
          try (var folder = WorkFolder.create()) {
            announce(claim, source);
            seal(claim, file, folder);
          }
          return source;
        });
  }

  private void seal(Claim claim, Path file, WorkFolder folder) {
    var sealedFile = folder.resolve("sealed.pdf");
    var agreements = contracts.agreements(claim.contract().id());
    var fields =
        SignatureFields.of(
            claim.contract(), agreements.subList(0, claim.agreement().ordinal() + 1));
    var sealed = sealer.seal(file, sealedFile, claim.agreement(), claim.contract(), fields);
    if (claim.isLast()) {
      conclude(claim, agreements, fields, sealed, sealedFile, folder);
    } else {
      var stored = vault.put(sealedFile, PDF);
      record(claim, () -> contracts.sealed(claim.contract().id(), revision(claim, sealed, stored)));
    }
  }

  private void conclude(
      Claim claim,
      List<Agreement> agreements,
      List<String> fields,
      Sealer.Seal sealed,
      Path sealedFile,
      WorkFolder folder) {
    var finalFile = folder.resolve("final.pdf");
    var archiveTimestamp = sealer.archive(sealedFile, finalFile, fields);
    var last = revision(claim, sealed, vault.put(finalFile, PDF));
    var facts =
        CertificateFacts.of(
            body().name(),
            claim.contract(),
            agreements,
            last,
            archiveTimestamp,
            sealer.originalCheck(body().code(), claim.contract()),
            sealer.isTrial(),
            attachments.of(claim.contract().id()),
            inscriptions.stream().flatMap(each -> each.of(claim.contract().id()).stream()).toList(),
            mandates.statedOf(claim.contract().id()));
    var full = certificate(facts, claim, folder, "certificate");
    var masked =
        certificate(
            facts.withMasked(CertificateFacts.masked(claim.contract())), claim, folder, "copy");
    record(claim, () -> contracts.conclude(claim.contract().id(), last, full, masked));
  }

  private Sha256 certificate(Certificate facts, Claim claim, WorkFolder folder, String name) {
    var sealed = folder.resolve(name + ".pdf");
    sealer.certify(facts, sealed, claim.contract());
    return vault.put(sealed, PDF);
  }

  private static Revision revision(Claim claim, Sealer.Seal sealed, Sha256 stored) {
    return new Revision(
        claim.agreement().ordinal(),
        claim.agreement().id(),
        stored,
        sealed.at(),
        sealed.certificateSerial(),
        sealed.timestampSerial());
  }

  /** I10: known before the key is used. The two certificates of a last agreement are part of it. */
  private void announce(Claim claim, Sha256 source) {
    transactions.executeWithoutResult(_ ->
        claims.announce(
            claim.agreement().id(),
            claim.epoch(),
            source,
            sealer.certificateSerial(),
            clock.instant()));
  }

  /** Records the outcome, unless somebody else has taken the agreement over in the meantime. */
  private void record(Claim claim, Supplier<Decision> step) {
    transactions.executeWithoutResult(_ -> {
      if (!claims.holds(claim.agreement().id(), claim.epoch())) {
        LOG.warn("seal of agreement {} discarded: taken over", claim.agreement().id());
        return;
      }
      if (step.get() instanceof Decision.Refused(var reason)) {
        // Withdrawn, declined or expired while the seal was made: it is not wanted any more.
        LOG.info("seal of agreement {} not recorded: {}", claim.agreement().id(), reason);
      }
    });
  }

  private void report(Claim claim, RuntimeException e) {
    var waiting = Duration.between(claim.agreement().agreedAt(), clock.instant());
    var cause = cause(e);
    if (waiting.compareTo(ALARM_AFTER) > 0) {
      LOG.error(
          "ALARM: agreement {} of contract {} has waited for its seal for {} ({})",
          claim.agreement().id(),
          claim.contract().id(),
          waiting,
          cause,
          e);
    } else {
      LOG.warn("agreement {} waits: {} ({})", claim.agreement().id(), cause, e.toString());
    }
    if (cause != null) {
      waits(claim.contract().id(), cause);
    }
  }

  private void waits(ContractId contract, String cause) {
    transactions.executeWithoutResult(_ -> contracts.sealingWaits(contract, cause));
  }

  /** The word on the contract's page; null for a failure of our own, which no outage explains. */
  private static @Nullable String cause(RuntimeException e) {
    return switch (e) {
      case SealException seal -> seal.port().name();
      case Unavailable _, IntegrityBroken _ -> "STORE";
      case NotValid _ -> "VALIDATION";
      default -> null;
    };
  }

  private Body body() {
    var tenant = Tenancy.required();
    return organisations.body(tenant).orElseThrow(() -> new IntegrityBroken("no body " + tenant));
  }

  private <T> T inTransaction(Supplier<T> work) {
    var result = transactions.execute(_ -> work.get());
    if (result == null) {
      throw new IllegalStateException("a transaction gave nothing");
    }
    return result;
  }
}
