package jp.musubi.renewal;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Particulars;
import jp.musubi.platform.IntegrityBroken;
import jp.musubi.platform.NotFound;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.validation.Examined;
import jp.musubi.seal.validation.Reason;
import jp.musubi.seal.validation.Verdict;
import jp.musubi.sealing.Extending;
import jp.musubi.sealing.NotValid;
import jp.musubi.vault.Vault;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * 一括検証の判定: reads every file of a contract, which compares it with its digest, and judges the newest
 * version of each. May end anywhere; what is judged stays.
 */
@Component("verificationJudging")
class Judging {
  private static final int AT_ONCE = 50;

  private final Contracts contracts;
  private final Versions versions;
  private final RoundStore rounds;
  private final Vault vault;
  private final Extending extending;
  private final TransactionOperations transactions;
  private final Clock clock;

  Judging(
      Contracts contracts,
      Versions versions,
      RoundStore rounds,
      Vault vault,
      Extending extending,
      TransactionOperations transactions,
      Clock clock) {
    this.contracts = contracts;
    this.versions = versions;
    this.rounds = rounds;
    this.vault = vault;
    this.extending = extending;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Judges what is left of a round; how many contracts that were.
   *
   * @throws jp.musubi.platform.Unavailable when the store does not answer: nothing was found out
   */
  int run(UUID round) {
    for (var done = 0; ; ) {
      var left = in(() -> rounds.left(round, AT_ONCE));
      if (left.isEmpty()) {
        transactions.executeWithoutResult(_ -> rounds.finish(round, clock.instant()));
        return done;
      }
      for (var contract : left) {
        var outcome = judge(contract);
        transactions.executeWithoutResult(
            _ -> rounds.judged(round, contract, outcome, clock.instant()));
        done++;
      }
    }
  }

  private Round.Outcome judge(ContractId id) {
    var contract = contracts.get(id);
    if (!contract.state().equals("CONCLUDED")) {
      return Round.Outcome.of(Round.Verdict.UNDECIDED, "disposed");
    }
    try {
      var judged = files(contract).map(file -> vault.with(file, extending::examine)).toList();
      followed(id).forEach(file -> vault.with(file, _ -> file));
      return outcome(contract, judged);
    } catch (IntegrityBroken broken) {
      return Round.Outcome.of(Round.Verdict.INVALID, "object-damaged");
    } catch (NotFound gone) {
      return Round.Outcome.of(Round.Verdict.INVALID, "object-missing");
    } catch (NotValid unreadable) {
      return Round.Outcome.of(Round.Verdict.INVALID, "not-readable");
    }
  }

  /** As they are handed out. */
  private Stream<Sha256> files(Particulars contract) {
    return Stream.of(contract.finalFile(), contract.certificate(), contract.certificateMasked())
        .map(Optional::orElseThrow)
        .map(file -> in(() -> versions.newest(contract.id(), file)));
  }

  /** What stands behind a newer version: it is not judged any more, and it is still the same. */
  private Set<Sha256> followed(ContractId contract) {
    return in(() -> {
      var all = new LinkedHashSet<Sha256>();
      versions.of(contract).forEach(version -> all.add(version.sha256()));
      versions.newest(contract).forEach(version -> all.remove(version.sha256()));
      return all;
    });
  }

  private Round.Outcome outcome(Particulars contract, List<Examined> judged) {
    var verdict =
        judged.stream()
            .map(each -> verdict(each.report().verdict()))
            .max(Comparator.comparingInt(Judging::gravity))
            .orElseThrow();
    var reasons =
        judged.stream()
            .sorted(
                Comparator.comparingInt(
                    (Examined each) -> -gravity(verdict(each.report().verdict()))))
            .flatMap(each -> each.report().reasons().stream())
            .map(Reason::what)
            .distinct()
            .toList();
    return new Round.Outcome(
        verdict,
        reasons,
        judged.getFirst().newest().map(newest -> newest.time()),
        ends(contract, judged));
  }

  private static Round.Verdict verdict(Verdict verdict) {
    return switch (verdict) {
      case VALID, VALID_WITH_WARNINGS -> Round.Verdict.VALID;
      case INVALID -> Round.Verdict.INVALID;
      case INDETERMINATE, NO_SIGNATURE -> Round.Verdict.UNDECIDED;
    };
  }

  private static int gravity(Round.Verdict verdict) {
    return switch (verdict) {
      case VALID -> 0;
      case UNDECIDED -> 1;
      case INVALID -> 2;
    };
  }

  /** The first end of the three; none when one of them carries no timestamp that holds. */
  private Optional<Instant> ends(Particulars contract, List<Examined> judged) {
    if (judged.stream().anyMatch(each -> each.newest().isEmpty())) {
      return Optional.empty();
    }
    var now = clock.instant();
    return in(() ->
        judged.stream()
            .map(each ->
                versions.end(
                    Version.concluded(
                        Version.Kind.FINAL,
                        contract.finalFile().orElseThrow(),
                        each.newest().orElseThrow(),
                        now)))
            .min(Comparator.naturalOrder()));
  }

  private <T> T in(Supplier<T> query) {
    return Objects.requireNonNull(transactions.execute(_ -> query.get()));
  }
}
