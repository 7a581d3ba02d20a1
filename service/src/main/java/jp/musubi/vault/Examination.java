package jp.musubi.vault;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import jp.musubi.platform.IntegrityBroken;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.Tenancy;
import jp.musubi.seal.Sha256;
import org.springframework.transaction.support.TransactionOperations;

/** 原本を調べる. Looks at an object in both stores and changes nothing. */
public final class Examination {
  /** By then the job has made a copy, or something is wrong with it. */
  private static final Duration COPIED_WITHIN = Duration.ofDays(1);

  private final ObjectBytes first;
  private final SecondStore second;
  private final ObjectRecords objects;
  private final CareRecords care;
  private final TransactionOperations transactions;

  Examination(
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

  /**
   * What was found.
   *
   * @param first where it is read
   * @param second where its copy lies; empty without a second store, or before it was copied
   * @param overdue whether a copy should be there by now and never was
   */
  public record Examined(Condition first, Optional<Condition> second, boolean overdue) {}

  /** Whether there is a second store. */
  public boolean hasSecondStore() {
    return second.bytes().isPresent();
  }

  /** A vault for looking only: what it finds broken it does not report for repair. */
  public Vault vault() {
    return new StoredVault(first, objects, transactions, (_, _) -> {});
  }

  /** Looks at one object of the current body, in full. */
  public Examined of(Sha256 digest) {
    try {
      var found = second.bytes().flatMap(store -> copy(store, digest));
      return new Examined(first(digest), found, isOverdue(digest, found));
    } catch (IntegrityBroken keyLost) {
      return new Examined(Condition.DAMAGED, Optional.empty(), false);
    }
  }

  /** The same; empty of an object that was erased meanwhile. */
  Optional<Examined> look(Sha256 digest) {
    try {
      return Optional.of(of(digest));
    } catch (NotFound erased) {
      return Optional.empty();
    }
  }

  /** Whether anything of an erased object still lies in a store. */
  public boolean remains(Sha256 digest) {
    var form = Objects.requireNonNull(transactions.execute(_ -> objects.erasedForm(digest)));
    return form.isPresent()
        && (first.look(Tenancy.required(), digest, form.get()) != Condition.MISSING
            || second
                .bytes()
                .filter(store ->
                    store.look(Tenancy.required(), digest, form.get()) != Condition.MISSING)
                .isPresent());
  }

  /** Whether what was found is whole again. */
  boolean isWhole(Finding finding) {
    return look(finding.digest())
        .filter(examined ->
            switch (finding.store()) {
              case FIRST -> examined.first() == Condition.WHOLE;
              case SECOND -> examined.second().filter(Condition.WHOLE::equals).isPresent();
            })
        .isPresent();
  }

  private boolean isOverdue(Sha256 digest, Optional<Condition> found) {
    return hasSecondStore()
        && found.isEmpty()
        && Boolean.TRUE.equals(transactions.execute(_ -> care.storedBefore(digest, COPIED_WITHIN)));
  }

  private Condition first(Sha256 digest) {
    for (var form = form(digest); ; ) {
      var condition = first.look(Tenancy.required(), digest, form);
      var now = form(digest);
      // Encrypted anew in between, it lies elsewhere.
      if (condition == Condition.WHOLE || now.keyNumber() == form.keyNumber()) {
        return condition;
      }
      form = now;
    }
  }

  private Optional<Condition> copy(ObjectBytes store, Sha256 digest) {
    for (var key = copyKey(digest); key.isPresent(); ) {
      var number = key.getAsInt();
      var form = Objects.requireNonNull(transactions.execute(_ -> objects.form(number)));
      var condition = store.look(Tenancy.required(), digest, form);
      key = copyKey(digest);
      if (condition == Condition.WHOLE || key.equals(OptionalInt.of(number))) {
        return Optional.of(condition);
      }
    }
    return Optional.empty();
  }

  private ObjectForm form(Sha256 digest) {
    return Objects.requireNonNull(transactions.execute(_ -> objects.form(digest)))
        .orElseThrow(() -> new NotFound("object " + digest));
  }

  private OptionalInt copyKey(Sha256 digest) {
    return Objects.requireNonNull(transactions.execute(_ -> care.copyKey(digest)));
  }
}
