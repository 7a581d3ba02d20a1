package jp.musubi.operations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import jp.musubi.contract.SignatureFields;
import jp.musubi.operations.Snapshot.ContractRow;
import jp.musubi.operations.Snapshot.RevisionRow;
import jp.musubi.platform.IntegrityBroken;
import jp.musubi.platform.NotFound;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.validation.ValidationPolicy;
import jp.musubi.seal.validation.ValidationReport;
import jp.musubi.seal.validation.Validator;
import jp.musubi.seal.validation.Verdict;
import jp.musubi.vault.Condition;
import jp.musubi.vault.Examination;
import jp.musubi.vault.Vault;

/** Checks on the stored bytes: all there and whole, each file grown from the one before, valid. */
final class FileChecks {
  private static final String LTA = "PAdES-BASELINE-LTA";

  private final Snapshot snapshot;
  private final Examination objects;
  private final Vault vault;
  private final ValidationPolicy policy;
  private final Findings findings;

  FileChecks(Snapshot snapshot, Examination objects, ValidationPolicy policy, Findings findings) {
    this.snapshot = snapshot;
    this.objects = objects;
    this.vault = objects.vault();
    this.policy = policy;
    this.findings = findings;
  }

  void run(AuditScope scope) {
    snapshot.objects().stream()
        .filter(object -> scope.readsFilesOf(object.storedAt()))
        .forEach(object -> copies(object.sha256()));
    snapshot.erased().forEach(this::erasure);
    for (var contract : snapshot.contracts()) {
      if (!scope.readsFilesOf(snapshot.lastSealOf(contract))) {
        continue;
      }
      if (!contract.isDisposed()) {
        growth(contract);
      }
      if (contract.isConcluded()) {
        renewed(contract);
        finalFile(contract);
        certificate(contract, contract.certificate());
        certificate(contract, contract.certificateMasked());
      }
    }
  }

  /** Both copies are there and whole; one that is to be made is given its time. */
  private void copies(String object) {
    var examined = objects.of(Sha256.parse(object));
    if (examined.first() != Condition.WHOLE) {
      findings.add("I3", "object-damaged", object, examined.first().name());
    }
    examined
        .second()
        .filter(copy -> copy != Condition.WHOLE)
        .ifPresent(copy -> findings.add("I3", "copy-damaged", object, copy.name()));
    if (examined.overdue()) {
      findings.add("I3", "copy-missing", object, "no second copy after a day");
    }
  }

  /** What was erased is needed by nothing, and lies nowhere. */
  private void erasure(Snapshot.ErasedRow object) {
    if (object.needed()) {
      findings.add("I3", "erased-but-needed", object.sha256(), "a contract has it");
    }
    if (objects.remains(Sha256.parse(object.sha256()))) {
      findings.add("I3", "erased-but-there", object.sha256(), "bytes are in a store");
    }
  }

  /** Each revision begins with every byte of the one before: nothing earlier was changed. */
  private void growth(ContractRow contract) {
    var before = contract.prepared();
    var seals = 0;
    for (var revision : snapshot.revisionsOf(contract)) {
      var own = snapshot.ownSignatureOver(contract, seals++);
      if (own.isPresent()) {
        if (before != null && !grows(before, own.get().file(), contract)) {
          findings.add("I5", "not-grown", contract.number(), "own signature upon " + own.get());
        }
        before = own.get().file();
      }
      if (before != null && !grows(before, revision.file(), contract)) {
        findings.add("I5", "not-grown", contract.number(), "seal " + revision.ordinal());
      }
      before = revision.file();
    }
  }

  /** The first version is what was concluded, and each later one begins with all of the former. */
  private void renewed(ContractRow contract) {
    var versions = snapshot.versions().of(contract);
    for (var version : versions) {
      var former =
          versions.stream()
              .filter(each -> each.file().equals(version.file()))
              .filter(each -> each.ordinal() == version.ordinal() - 1)
              .findFirst();
      var concluded =
          Stream.of(contract.finalFile(), contract.certificate(), contract.certificateMasked())
              .anyMatch(version.sha256()::equals);
      var follows =
          former.map(each -> grows(each.sha256(), version.sha256(), contract)).orElse(concluded);
      if (!follows) {
        findings.add(
            "I3", "version-not-grown", contract.number(), version.file() + " " + version.ordinal());
      }
    }
  }

  private boolean grows(String shorter, String longer, ContractRow contract) {
    return read(
            shorter,
            contract.number(),
            old -> read(longer, contract.number(), grown -> startsWith(grown, old)).orElse(true))
        // A file that cannot be read has been reported already.
        .orElse(true);
  }

  private void finalFile(ContractRow contract) {
    var file = contract.finalFile();
    if (file == null) {
      return;
    }
    validate(snapshot.versions().newest(contract, file), contract)
        .ifPresent(report -> {
          var own =
              snapshot.ownSignaturesOf(contract).stream().filter(each -> !each.takenBack()).count();
          insistOnLta(report, contract, snapshot.partiesOf(contract).size() + (int) own);
          times(report, contract, snapshot.revisionsOf(contract));
        });
  }

  private void certificate(ContractRow contract, @org.jspecify.annotations.Nullable String file) {
    if (file != null) {
      validate(snapshot.versions().newest(contract, file), contract)
          .ifPresent(report -> insistOnLta(report, contract, 1));
    }
  }

  private void insistOnLta(ValidationReport report, ContractRow contract, int seals) {
    var level = report.signatures().stream().allMatch(s -> s.level().equals(LTA));
    if (report.verdict() != Verdict.VALID || !level || report.signatures().size() != seals) {
      findings.add(
          "I3",
          "not-valid",
          contract.number(),
          "%s %s %d seals (expected: %d) %s"
              .formatted(
                  report.sha256().shortHex(),
                  report.verdict(),
                  report.signatures().size(),
                  seals,
                  report.reasons()));
    }
  }

  /** The recorded time of a seal is the time in its timestamp. */
  private void times(ValidationReport report, ContractRow contract, List<RevisionRow> revisions) {
    var seals =
        report.signatures().stream()
            .filter(signature -> !SignatureFields.isOwn(signature.field()))
            .toList();
    for (var i = 0; i < Math.min(revisions.size(), seals.size()); i++) {
      var recorded = revisions.get(i).sealedAt().truncatedTo(ChronoUnit.MILLIS);
      var proven = seals.get(i).timestamp();
      if (proven.isEmpty()
          || !proven.get().time().truncatedTo(ChronoUnit.MILLIS).equals(recorded)) {
        findings.add(
            "I13",
            "recorded-time-differs",
            contract.number(),
            "%s, %s".formatted(recorded, proven));
      }
    }
  }

  private Optional<ValidationReport> validate(String sha256, ContractRow contract) {
    return read(
        sha256,
        contract.number(),
        file -> {
          try {
            return Validator.validate(file, policy);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private <T> Optional<T> read(String sha256, String subject, Function<Path, T> use) {
    try {
      return Optional.of(vault.with(Sha256.parse(sha256), use));
    } catch (IntegrityBroken | NotFound e) {
      findings.add("I3", "object-damaged", subject, String.valueOf(e.getMessage()));
    } catch (UncheckedIOException e) {
      findings.add("I3", "not-readable", subject, String.valueOf(e.getMessage()));
    }
    return Optional.empty();
  }

  private static boolean startsWith(Path grown, Path old) {
    try {
      var same = Files.mismatch(old, grown);
      return same == -1 || same == Files.size(old);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
