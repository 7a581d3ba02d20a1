package jp.musubi.vault;

import java.util.Objects;
import java.util.function.Supplier;
import jp.musubi.platform.IntegrityBroken;
import jp.musubi.platform.Tenancy;
import jp.musubi.seal.Sha256;
import org.springframework.transaction.support.TransactionOperations;

/** 修復. Puts an object where it is missing or damaged, from the other copy and from nothing else. */
final class Repair {
  private final ObjectBytes first;
  private final SecondStore second;
  private final ObjectRecords objects;
  private final CareRecords care;
  private final TransactionOperations transactions;

  Repair(
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

  /** Whether the object is whole now; the other copy is checked while it is lent. */
  boolean of(Finding finding) {
    var digest = finding.digest();
    var key = in(() -> care.copyKey(digest));
    if (second.bytes().isEmpty() || key.isEmpty()) {
      return false;
    }
    var store = second.bytes().get();
    var found = in(() -> objects.form(digest));
    if (found.isEmpty()) {
      return false;
    }
    var form = found.get();
    var copy = in(() -> objects.form(key.getAsInt()));
    return switch (finding.store()) {
      case FIRST -> repair(digest, store, copy, first, form);
      case SECOND -> repair(digest, first, form, store, copy);
    };
  }

  private boolean repair(
      Sha256 digest, ObjectBytes from, ObjectForm lies, ObjectBytes to, ObjectForm written) {
    var tenant = Tenancy.required();
    try {
      return from.lend(
              tenant,
              digest,
              lies,
              plain -> {
                to.repair(tenant, plain, digest, written);
                if (!in(() -> objects.held(digest))) {
                  // Erased while it was repaired.
                  to.remove(tenant, digest, written);
                  return false;
                }
                return to.look(tenant, digest, written) == Condition.WHOLE;
              })
          .orElse(false);
    } catch (IntegrityBroken e) {
      return false;
    }
  }

  private <T> T in(Supplier<T> query) {
    return Objects.requireNonNull(transactions.execute(_ -> query.get()));
  }
}
