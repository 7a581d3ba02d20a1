package jp.musubi.renewal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import jp.musubi.contract.ContractId;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.ConcurrentChange;
import jp.musubi.seal.Sha256;
import jp.musubi.sealing.Extending;
import jp.musubi.vault.Vault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * 有効期間の延長, contract by contract, of the current body. May be stopped at any point and is then begun
 * again under a new epoch; a version is stored before it is recorded, and never instead of another.
 */
final class Renewing {
  private static final Logger LOG = LoggerFactory.getLogger(Renewing.class);
  private static final Actor SERVICE = new Actor(Actor.Kind.SERVICE, "renewal", "むすび");
  private static final String PDF = "application/pdf";

  /** A new timestamp that carries hardly longer would be asked for again and again. */
  static final Duration WORTH = Duration.ofDays(30);

  private final Versions versions;
  private final Work work;
  private final Vault vault;
  private final Extending extending;
  private final Waiting waiting;
  private final AuditTrail audit;
  private final TransactionOperations transactions;
  private final Clock clock;

  Renewing(
      Versions versions,
      Work work,
      Vault vault,
      Extending extending,
      Waiting waiting,
      AuditTrail audit,
      TransactionOperations transactions,
      Clock clock) {
    this.versions = versions;
    this.work = work;
    this.vault = vault;
    this.extending = extending;
    this.waiting = waiting;
    this.audit = audit;
    this.transactions = transactions;
    this.clock = clock;
  }

  private record Claim(ContractId contract, int epoch, Optional<String> asked, List<Version> now) {}

  /** Renews a contract that is due, or that somebody asked for. */
  Outcome renew(ContractId id) {
    try {
      var claimed = in(() -> claim(id));
      return claimed.isPresent() ? renew(claimed.get()) : Outcome.NOTHING;
    } catch (RuntimeException e) {
      return waiting.on(id, e);
    }
  }

  private Optional<Claim> claim(ContractId id) {
    var now = clock.instant();
    if (!versions.kept(id)
        || versions.standing(id).filter(standing -> standing.isDue(now)).isEmpty()) {
      return Optional.empty();
    }
    var taken = work.take(id, now);
    return Optional.of(new Claim(id, taken.epoch(), taken.asked(), versions.newest(id)));
  }

  private Outcome renew(Claim claim) {
    var made = new ArrayList<Version>();
    for (var current : claim.now()) {
      made.add(vault.with(current.sha256(), file -> extended(claim, current, file)));
    }
    return in(() -> record(claim, made));
  }

  private Version extended(Claim claim, Version current, Path file) {
    Path target = null;
    try {
      target = Files.createTempFile("musubi-renewal-", ".pdf");
      var newest = extending.extend(file, target);
      var digest = Sha256.of(target);
      var version = current.next(digest, newest, claim.asked(), clock.instant());
      transactions.executeWithoutResult(_ -> {
        insistOnMore(claim, current, version);
        if (!versions.kept(claim.contract())) {
          throw new ConcurrentChange("contract %s was disposed of".formatted(claim.contract()));
        }
        versions.announce(claim.contract(), digest, clock.instant());
      });
      vault.put(target, PDF);
      return version;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      remove(target);
    }
  }

  /** Whoever asks for a renewal now gets it; what renews by itself has to be worth it. */
  private void insistOnMore(Claim claim, Version current, Version version) {
    var end = versions.end(version);
    if (claim.asked().isEmpty() && end.isBefore(versions.end(current).plus(WORTH))) {
      throw new NoLater(end);
    }
  }

  private Outcome record(Claim claim, List<Version> made) {
    if (!work.holds(claim.contract(), claim.epoch()) || !versions.kept(claim.contract())) {
      LOG.warn("a renewal of contract {} discarded: taken over", claim.contract());
      return Outcome.NOTHING;
    }
    made.forEach(version -> versions.add(claim.contract(), version));
    work.settled(claim.contract());
    var contract = made.getFirst();
    audit.record(
        SERVICE,
        "protection.extended",
        claim.contract().value(),
        null,
        Map.of(
            "document",
            contract.sha256().hex(),
            "version",
            String.valueOf(contract.ordinal()),
            "until",
            contract.endsAt().toString(),
            "because",
            contract.why().name()));
    return Outcome.DONE;
  }

  private static void remove(@org.jspecify.annotations.Nullable Path file) {
    if (file == null) {
      return;
    }
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <T> T in(Supplier<T> query) {
    return Objects.requireNonNull(transactions.execute(_ -> query.get()));
  }
}
