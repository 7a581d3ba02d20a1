package jp.musubi.vault;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;
import jp.musubi.platform.IntegrityBroken;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.Unavailable;
import jp.musubi.seal.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * 原本の手入れ. For the current body: second copies are made, every object is looked at once in each
 * interval, and what is missing or damaged is repaired from the other copy, once that was found to
 * be whole. It may end anywhere and goes on there.
 */
public final class VaultCare {
  private static final Logger LOG = LoggerFactory.getLogger(VaultCare.class);
  private static final int AT_ONCE = 100;
  private static final Duration RETRY_AFTER = Duration.ofMinutes(5);

  private final ObjectBytes first;
  private final SecondStore second;
  private final ObjectRecords objects;
  private final CareRecords care;
  private final Examination examination;
  private final Repair repair;
  private final TransactionOperations transactions;
  private final Duration interval;

  VaultCare(
      ObjectBytes first,
      SecondStore second,
      ObjectRecords objects,
      CareRecords care,
      TransactionOperations transactions,
      Duration interval) {
    this.first = first;
    this.second = second;
    this.objects = objects;
    this.care = care;
    this.examination = new Examination(first, second, objects, care, transactions);
    this.repair = new Repair(first, second, objects, care, transactions);
    this.transactions = transactions;
    this.interval = interval;
  }

  /** Hears what is found and repaired, in the transaction that keeps it. */
  public interface Told {
    /** An object is not whole. */
    void found(Finding finding);

    /** It is whole again. */
    void repaired(Finding finding);

    /** Whether the rest is left for the next time; asked after each object. */
    default boolean leavesTheRest() {
      return false;
    }
  }

  /**
   * Does what is due.
   *
   * @param most about so many bytes are looked at; one object is finished in any case
   * @return how many were
   */
  public long run(long most, Told told) {
    // The empty folder beneath a store that is gone would look like the loss of everything.
    insist(first, "first");
    second.bytes().ifPresent(store -> insist(store, "second"));
    var spent = second.bytes().map(store -> copyAll(store, most, told)).orElse(0L);
    spent += scrub(most - spent, told);
    in(care::open).forEach(finding -> tend(finding, told));
    return spent;
  }

  /** How it stands. */
  public Standing standing() {
    return in(care::standing);
  }

  /** How it has grown since then. */
  public Growth growth(Instant since) {
    return in(() -> care.growth(since));
  }

  /** Whether there is a second store. */
  public boolean hasSecondStore() {
    return second.bytes().isPresent();
  }

  private static void insist(ObjectBytes store, String which) {
    if (!store.answers()) {
      throw new Unavailable(
          "object store: the " + which + " is not the one written to at start",
          RETRY_AFTER,
          new IllegalStateException("the canary is gone"));
    }
  }

  private long copyAll(ObjectBytes store, long most, Told told) {
    var spent = 0L;
    var after = "";
    while (spent < most && !told.leavesTheRest()) {
      var from = after;
      var batch = in(() -> care.uncopied(from, AT_ONCE));
      if (batch.isEmpty()) {
        break;
      }
      for (var each : batch) {
        if (spent >= most || told.leavesTheRest()) {
          break;
        }
        after = each.digest().hex();
        spent += each.bytes();
        copy(store, each.digest());
      }
    }
    return spent;
  }

  private void copy(ObjectBytes store, Sha256 digest) {
    var tenant = Tenancy.required();
    var found = in(() -> objects.form(digest));
    if (found.isEmpty()) {
      return;
    }
    var form = found.get();
    try {
      var copied =
          first.lend(
              tenant,
              digest,
              form,
              plain -> {
                store.write(tenant, plain, digest, form);
                if (store.look(tenant, digest, form) != Condition.WHOLE) {
                  // Left by a writer that died, or damaged since.
                  store.repair(tenant, plain, digest, form);
                }
                return true;
              });
      if (copied.isEmpty()) {
        note(digest, Finding.Store.FIRST, Condition.MISSING, Finding.FoundBy.COPY);
        return;
      }
    } catch (IntegrityBroken e) {
      note(digest, Finding.Store.FIRST, Condition.DAMAGED, Finding.FoundBy.COPY);
      return;
    }
    if (store.look(tenant, digest, form) != Condition.WHOLE) {
      throw new IntegrityBroken("the second store does not keep object %s".formatted(digest));
    }
    var former = in(() -> care.copyKey(digest));
    if (former.isPresent() && former.getAsInt() != form.keyNumber()) {
      store.remove(tenant, digest, in(() -> objects.form(former.getAsInt())));
    }
    var kept =
        in(() -> {
          var there = objects.held(digest);
          if (there) {
            care.copied(digest, form);
          }
          return there;
        });
    if (!kept) {
      // Erased while it was copied.
      store.remove(tenant, digest, form);
    }
  }

  private long scrub(long most, Told told) {
    var spent = 0L;
    while (spent < most && !told.leavesTheRest()) {
      var reached = in(() -> care.round(interval));
      if (reached.isEmpty()) {
        break;
      }
      var batch = in(() -> care.objectsAfter(reached.get(), AT_ONCE));
      if (batch.isEmpty()) {
        transactions.executeWithoutResult(_ -> care.roundEnded());
        break;
      }
      for (var each : batch) {
        if (spent >= most || told.leavesTheRest()) {
          break;
        }
        spent += each.bytes();
        var examined = examination.look(each.digest());
        transactions.executeWithoutResult(_ -> {
          // Erased since it was listed, nothing is missing.
          if (objects.held(each.digest())) {
            examined.ifPresent(found -> {
              keep(each.digest(), Finding.Store.FIRST, found.first());
              found.second().ifPresent(copy -> keep(each.digest(), Finding.Store.SECOND, copy));
            });
          }
          care.reached(each);
        });
      }
    }
    return spent;
  }

  private void keep(Sha256 digest, Finding.Store store, Condition condition) {
    if (condition != Condition.WHOLE) {
      care.found(digest, store, condition, Finding.FoundBy.SCRUB);
    }
  }

  private void note(Sha256 digest, Finding.Store store, Condition condition, Finding.FoundBy by) {
    transactions.executeWithoutResult(_ -> care.found(digest, store, condition, by));
  }

  private void tend(Finding finding, Told told) {
    if (!finding.told()) {
      transactions.executeWithoutResult(_ -> {
        care.told(finding);
        told.found(finding);
      });
    }
    if (!examination.isWhole(finding) && !repair.of(finding)) {
      if (!in(() -> objects.held(finding.digest()))) {
        return;
      }
      LOG.error(
          "object {} of body {} is {} in the {} store and there is no whole copy to repair it from",
          finding.digest(),
          Tenancy.required(),
          finding.condition(),
          finding.store());
      return;
    }
    transactions.executeWithoutResult(_ -> {
      care.repaired(finding);
      told.repaired(finding);
    });
    LOG.error(
        "object {} of body {} was {} in the {} store and is whole again; find out why",
        finding.digest(),
        Tenancy.required(),
        finding.condition(),
        finding.store());
  }

  private <T> T in(Supplier<T> query) {
    return Objects.requireNonNull(transactions.execute(_ -> query.get()));
  }
}
