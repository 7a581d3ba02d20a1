package jp.musubi.vault;

import java.util.Objects;
import jp.musubi.platform.IntegrityBroken;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.TenantId;
import jp.musubi.seal.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * 再暗号化 — brings the current body's objects under its newest key: those of an older key, and those
 * stored before files were encrypted. It may end anywhere and begin again; at each instant an
 * object can be read under what its record says.
 */
public final class Reencryption {
  private static final Logger LOG = LoggerFactory.getLogger(Reencryption.class);
  private static final int AT_ONCE = 100;

  private final ObjectBytes bytes;
  private final ObjectRecords records;
  private final TransactionOperations transactions;

  Reencryption(ObjectBytes bytes, ObjectRecords records, TransactionOperations transactions) {
    this.bytes = bytes;
    this.records = records;
    this.transactions = transactions;
  }

  /**
   * What became of it.
   *
   * @param moved objects that lie under the newest key since
   * @param broken objects that could not be read; each is an alarm in the log
   */
  public record Outcome(int moved, int broken) {}

  /** Runs until nothing is behind. */
  public Outcome run() {
    var tenant = Tenancy.required();
    if (!Boolean.TRUE.equals(transactions.execute(_ -> records.any()))) {
      // A body that has stored nothing needs no key for it yet.
      return new Outcome(0, 0);
    }
    var target = Objects.requireNonNull(transactions.execute(_ -> records.newest()));
    var moved = 0;
    var broken = 0;
    var after = "";
    for (; ; ) {
      var from = after;
      var behind =
          Objects.requireNonNull(transactions.execute(_ -> records.behind(target, from, AT_ONCE)));
      if (behind.isEmpty()) {
        return new Outcome(moved, broken);
      }
      for (var digest : behind) {
        after = digest.hex();
        try {
          moved += move(tenant, digest, target) ? 1 : 0;
        } catch (IntegrityBroken e) {
          broken++;
          LOG.error("an object of body {} could not be encrypted anew", tenant, e);
        }
      }
    }
  }

  private boolean move(TenantId tenant, Sha256 digest, ObjectForm to) {
    removeFormer(tenant, digest);
    var found = Objects.requireNonNull(transactions.execute(_ -> records.form(digest)));
    if (found.isEmpty()) {
      return false;
    }
    var from = found.get();
    if (from.keyNumber() == to.keyNumber()) {
      return false;
    }
    var written =
        bytes.lend(
            tenant,
            digest,
            from,
            plain -> {
              bytes.write(tenant, plain, digest, to);
              return digest;
            });
    // Only what has been read back may take the place of what is there.
    if (written.isEmpty() || bytes.lend(tenant, digest, to, _ -> digest).isEmpty()) {
      throw new IntegrityBroken("object %s is not in the store".formatted(digest));
    }
    var mine = transactions.execute(_ -> records.moved(digest, from, to));
    if (!Boolean.TRUE.equals(transactions.execute(_ -> records.held(digest)))) {
      // Erased while it was encrypted anew.
      bytes.remove(tenant, digest, to);
    }
    removeFormer(tenant, digest);
    return Boolean.TRUE.equals(mine);
  }

  private void removeFormer(TenantId tenant, Sha256 digest) {
    var former = Objects.requireNonNull(transactions.execute(_ -> records.formerKey(digest)));
    if (former.isPresent()) {
      var form = Objects.requireNonNull(transactions.execute(_ -> records.form(former.getAsInt())));
      bytes.remove(tenant, digest, form);
      transactions.executeWithoutResult(_ -> records.formerRemoved(digest));
    }
  }
}
