package jp.musubi.renewal;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.seal.Sha256;
import jp.musubi.sealing.Extending;
import jp.musubi.vault.Vault;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** 有効期間の確認: reads from a concluded contract's files until when they can be verified, and why. */
@Component("protectionAssessing")
class Assessing {
  private final Contracts contracts;
  private final Versions versions;
  private final Vault vault;
  private final Extending extending;
  private final Waiting waiting;
  private final TransactionOperations transactions;
  private final Clock clock;

  Assessing(
      Contracts contracts,
      Versions versions,
      Vault vault,
      Extending extending,
      Waiting waiting,
      TransactionOperations transactions,
      Clock clock) {
    this.contracts = contracts;
    this.versions = versions;
    this.vault = vault;
    this.extending = extending;
    this.waiting = waiting;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Notes until when the files of a concluded contract can be verified, once. */
  Outcome of(ContractId id) {
    try {
      var contract = contracts.get(id);
      if (!contract.state().equals("CONCLUDED")) {
        return Outcome.NOTHING;
      }
      var found =
          List.of(
              concluded(Version.Kind.FINAL, contract.finalFile()),
              concluded(Version.Kind.CERTIFICATE, contract.certificate()),
              concluded(Version.Kind.CERTIFICATE_COPY, contract.certificateMasked()));
      return Objects.requireNonNull(
          transactions.execute(_ -> {
            if (!versions.kept(id) || !versions.of(id).isEmpty()) {
              return Outcome.NOTHING;
            }
            found.forEach(version -> versions.add(id, version));
            return Outcome.DONE;
          }));
    } catch (RuntimeException e) {
      return waiting.on(id, e);
    }
  }

  private Version concluded(Version.Kind kind, Optional<Sha256> file) {
    var digest = file.orElseThrow();
    var newest =
        vault
            .with(digest, extending::examine)
            .newest()
            .orElseThrow(() -> new IllegalStateException("no timestamp carries " + digest));
    return Version.concluded(kind, digest, newest, clock.instant());
  }
}
