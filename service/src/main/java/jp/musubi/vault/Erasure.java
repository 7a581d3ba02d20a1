package jp.musubi.vault;

import jp.musubi.platform.Tenancy;
import jp.musubi.platform.TenantId;
import jp.musubi.seal.Sha256;
import org.springframework.transaction.support.TransactionOperations;

/**
 * 原本の消去. Takes an object's bytes out of both stores, if nothing of the body needs it any more: the
 * record says so first, then the files go. It may end anywhere and begin again; the database
 * refuses what no disposal was recorded for.
 */
public final class Erasure {
  private final ObjectBytes first;
  private final SecondStore second;
  private final ObjectRecords objects;
  private final CareRecords care;
  private final TransactionOperations transactions;

  Erasure(
      ObjectBytes first,
      SecondStore second,
      ObjectRecords objects,
      CareRecords care,
      TransactionOperations transactions) {
    this.first = first;
    this.second = second;
    this.objects = objects;
    this.care = care;
    this.transactions = transactions;
  }

  /** What became of an object. */
  public enum Outcome {
    /** Its bytes are in neither store. */
    ERASED,
    /** Something else of the body has the same bytes. */
    KEPT
  }

  /** Erases one object of the current body; a second time changes nothing. */
  public Outcome of(Sha256 digest) {
    var tenant = Tenancy.required();
    var erased =
        transactions.execute(_ -> {
          objects.lock(digest);
          return objects.erase(digest);
        });
    if (!Boolean.TRUE.equals(erased)) {
      return Outcome.KEPT;
    }
    // Within the lock, so that bytes that are brought anew at this moment are not taken for these.
    transactions.executeWithoutResult(_ -> {
      objects.lock(digest);
      objects.erasedForm(digest).ifPresent(form -> remove(tenant, digest, form));
    });
    return Outcome.ERASED;
  }

  private void remove(TenantId tenant, Sha256 digest, ObjectForm form) {
    second
        .bytes()
        .ifPresent(store -> {
          care.copyKey(digest).ifPresent(key -> store.remove(tenant, digest, objects.form(key)));
          store.remove(tenant, digest, form);
        });
    objects.formerKey(digest).ifPresent(key -> first.remove(tenant, digest, objects.form(key)));
    first.remove(tenant, digest, form);
    objects.formerRemoved(digest);
  }
}
