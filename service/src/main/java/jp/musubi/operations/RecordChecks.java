package jp.musubi.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import jp.musubi.operations.Snapshot.AgreementRow;
import jp.musubi.operations.Snapshot.ContractRow;
import jp.musubi.operations.Snapshot.PartyRow;
import jp.musubi.operations.Snapshot.RevisionRow;
import org.jspecify.annotations.Nullable;

/** Checks that need no file: states, order, attempts, jobs, mail, times, audit entries. Pure. */
final class RecordChecks {
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(2);
  private static final Duration MAIL_PATIENCE = Duration.ofDays(2);

  private static final Duration ERASING_PATIENCE = Duration.ofDays(1);

  private static final Duration RENEWAL_PATIENCE = Duration.ofDays(30);

  private static final Map<String, String> LAST_ACTION =
      Map.of(
          "CONCLUDED", "contract.concluded",
          "DECLINED", "contract.declined",
          "RETURNED", "contract.returned",
          "ON_PAPER", "contract.moved-to-paper",
          "ELSEWHERE", "contract.registered-elsewhere",
          "WITHDRAWN", "contract.withdrawn",
          "EXPIRED", "contract.expired");

  private final Snapshot snapshot;
  private final Instant now;
  private final Findings findings;

  RecordChecks(Snapshot snapshot, Instant now, Findings findings) {
    this.snapshot = snapshot;
    this.now = now;
    this.findings = findings;
  }

  void run(String tenant) {
    for (var contract : snapshot.contracts()) {
      state(contract);
      order(contract);
      shownBytes(contract);
      ownSignatures(contract);
      attempts(contract);
      jobs(contract, tenant);
      times(contract);
      replay(contract);
      disposal(contract);
      renewal(contract);
    }
    mails();
  }

  private void state(ContractRow contract) {
    var concluded = contract.wasConcluded();
    var kept = concluded || contract.wasFromElsewhere();
    if (kept != (contract.finalFile() != null)
        || concluded != (contract.certificate() != null)
        || concluded != (contract.certificateMasked() != null)
        || kept != (contract.concludedAt() != null)) {
      findings.add("I4", "concluded-without-file", contract.number(), contract.state());
    }
    if (contract.concludedAt() != null && contract.endedAt() != null) {
      findings.add("I6", "concluded-and-ended", contract.number(), contract.state());
    }
    var revisions = snapshot.revisionsOf(contract);
    if (concluded
        && (revisions.isEmpty() || !revisions.getLast().file().equals(contract.finalFile()))) {
      findings.add(
          "I1", "final-is-not-last", contract.number(), String.valueOf(contract.finalFile()));
    }
    if (concluded && revisions.size() != snapshot.partiesOf(contract).size()) {
      findings.add("I1", "seals-missing", contract.number(), revisions.size() + " seals");
    }
  }

  private void order(ContractRow contract) {
    var parties = snapshot.partiesOf(contract);
    var agreements = snapshot.agreementsOf(contract);
    var turns = parties.stream().collect(Collectors.toMap(PartyRow::id, PartyRow::turn));
    for (var i = 0; i < agreements.size(); i++) {
      var agreement = agreements.get(i);
      if (agreement.ordinal() != i
          || i >= parties.size()
          // Parties are sorted by turn: the i-th agreement is one of the i-th party's turn.
          || !Objects.equals(turns.get(agreement.party()), parties.get(i).turn())
          || (i > 0 && agreement.agreedAt().isBefore(agreements.get(i - 1).agreedAt()))) {
        findings.add("I7", "out-of-order", contract.number(), "agreement " + agreement.id());
      }
    }
    var all = contract.state().equals("CONCLUDING") || contract.wasConcluded();
    if (all && agreements.size() != parties.size()) {
      findings.add(
          "I7",
          "agreement-missing",
          contract.number(),
          "%d of %d".formatted(agreements.size(), parties.size()));
    }
  }

  private void shownBytes(ContractRow contract) {
    var revisions = snapshot.revisionsOf(contract);
    for (var agreement : snapshot.agreementsOf(contract)) {
      var before = withSeals(contract, revisions, snapshot.sealsBefore(agreement));
      if (!agreement.document().equals(before)) {
        findings.add(
            "I5",
            "other-bytes-shown",
            contract.number(),
            "agreement %s is to %s, the file was %s"
                .formatted(agreement.id(), agreement.document(), before));
      }
      for (var attempt : snapshot.attemptsFor(agreement.id())) {
        if (!attempt.source().equals(withSeals(contract, revisions, agreement.ordinal()))) {
          findings.add("I5", "other-bytes-sealed", contract.number(), attempt.source());
        }
      }
    }
  }

  /** The file with so many seals and the own signature upon them; null if it is not there. */
  private @Nullable String withSeals(ContractRow contract, List<RevisionRow> revisions, int count) {
    return snapshot
        .ownSignatureOver(contract, count)
        .map(Snapshot.OwnRow::file)
        .orElseGet(() -> sealed(contract, revisions, count));
  }

  private static @Nullable String sealed(
      ContractRow contract, List<RevisionRow> revisions, int count) {
    return count == 0
        ? contract.prepared()
        : count <= revisions.size() ? revisions.get(count - 1).file() : null;
  }

  /** 当事者型: who has to sign itself has not agreed without, and signed the file it was given. */
  private void ownSignatures(ContractRow contract) {
    var revisions = snapshot.revisionsOf(contract);
    var own = snapshot.ownSignaturesOf(contract);
    for (var each : own) {
      if (!each.base().equals(sealed(contract, revisions, each.seals()))) {
        findings.add("I5", "own-signature-elsewhere", contract.number(), each.base());
      }
    }
    var agreed =
        snapshot.agreementsOf(contract).stream()
            .map(AgreementRow::party)
            .collect(Collectors.toSet());
    for (var party : snapshot.partiesOf(contract)) {
      var stands = own.stream().filter(o -> o.party().equals(party.id()) && !o.takenBack()).count();
      if (stands > 1 || (stands == 1 && !party.ownSignature())) {
        findings.add("I5", "own-signature-unasked", contract.number(), party.id().toString());
      }
      if (party.ownSignature() && agreed.contains(party.id()) && stands == 0) {
        findings.add("I5", "own-signature-missing", contract.number(), party.id().toString());
      }
    }
  }

  private void attempts(ContractRow contract) {
    for (var revision : snapshot.revisionsOf(contract)) {
      if (snapshot.attemptsFor(revision.agreement()).isEmpty()) {
        findings.add(
            "I10", "seal-without-attempt", contract.number(), "seal " + revision.ordinal());
      }
    }
  }

  private void jobs(ContractRow contract, String tenant) {
    if (!contract.isRunning()) {
      return;
    }
    var sealed = snapshot.revisionsOf(contract).size();
    snapshot.agreementsOf(contract).stream()
        .filter(agreement -> agreement.ordinal() >= sealed)
        .filter(agreement -> !snapshot.jobs().contains(tenant + "/" + agreement.id()))
        .forEach(agreement ->
            findings.add("I11", "stuck", contract.number(), "agreement " + agreement.id()));
  }

  private void times(ContractRow contract) {
    var revisions = snapshot.revisionsOf(contract);
    var agreements = snapshot.agreementsOf(contract);
    for (var i = 0; i < revisions.size(); i++) {
      var sealedAt = revisions.get(i).sealedAt();
      var agreement = revisions.get(i).agreement();
      var agreedLater =
          agreements.stream()
              .filter(a -> a.id().equals(agreement))
              .map(AgreementRow::agreedAt)
              .anyMatch(agreedAt -> agreedAt.isAfter(sealedAt.plus(CLOCK_SKEW)));
      if (agreedLater) {
        findings.add("I13", "sealed-before-agreed", contract.number(), sealedAt.toString());
      }
      if (i > 0 && sealedAt.isBefore(revisions.get(i - 1).sealedAt())) {
        findings.add("I13", "time-runs-backwards", contract.number(), sealedAt.toString());
      }
      if (sealedAt.isAfter(now.plus(CLOCK_SKEW))) {
        findings.add("I13", "time-in-the-future", contract.number(), sealedAt.toString());
      }
    }
  }

  /** I4: what is gone was disposed of, by two people, and soon. */
  private void disposal(ContractRow contract) {
    var records = snapshot.disposalsOf(contract);
    if (contract.isDisposed() == records.isEmpty()
        || records.stream().anyMatch(record -> !record.byTwo())) {
      findings.add("I4", "disposed-without-record", contract.number(), contract.state());
    }
    if (records.stream()
        .anyMatch(r -> !r.erased() && r.confirmedAt().isBefore(now.minus(ERASING_PATIENCE)))) {
      findings.add("I11", "disposal-stuck", contract.number(), "not erased after a day");
    }
  }

  /** I11: what is to be renewed is renewed, months before its end. */
  private void renewal(ContractRow contract) {
    if (snapshot.versions().wasDueBefore(contract, now.minus(RENEWAL_PATIENCE))) {
      findings.add("I11", "renewal-late", contract.number(), "due for more than 30 days");
    }
  }

  /** I8: the state is what the audit chain tells, step by step. */
  private void replay(ContractRow contract) {
    BiConsumer<String, Long> expect =
        (action, count) -> {
          var found = snapshot.entriesOf(contract, action);
          if (found != count) {
            findings.add(
                "I8",
                "state-without-entry",
                contract.number(),
                "%s: %d entries (expected: %d)".formatted(action, found, count));
          }
        };
    var agreements = (long) snapshot.agreementsOf(contract).size();
    var seals = (long) snapshot.revisionsOf(contract).size();
    expect.accept("contract.dispatched", Math.min(agreements, 1));
    expect.accept("contract.agreed", Math.max(agreements - 1, 0));
    var own = snapshot.ownSignaturesOf(contract);
    expect.accept("contract.own-signature-taken", (long) own.size());
    expect.accept(
        "contract.own-signature-taken-back",
        own.stream().filter(Snapshot.OwnRow::takenBack).count());
    expect.accept("contract.sealed", contract.wasConcluded() ? seals - 1 : seals);
    expect.accept("contract.disposed", contract.isDisposed() ? 1L : 0L);
    LAST_ACTION.forEach((state, action) ->
        expect.accept(
            action,
            contract.state().equals(state)
                    || (state.equals("CONCLUDED") && contract.wasConcluded())
                    || (state.equals("ELSEWHERE") && contract.wasFromElsewhere())
                ? 1L
                : 0L));
  }

  private void mails() {
    for (var mail : snapshot.mails()) {
      if (mail.pending() && mail.createdAt().isBefore(now.minus(MAIL_PATIENCE))) {
        findings.add("I9", "mail-stuck", mail.occasion(), mail.attempts() + " attempts");
      }
    }
  }
}
