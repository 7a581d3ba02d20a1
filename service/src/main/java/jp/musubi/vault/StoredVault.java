package jp.musubi.vault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import jp.musubi.platform.IntegrityBroken;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.TenantId;
import jp.musubi.seal.Sha256;
import org.springframework.transaction.support.TransactionOperations;

/** The vault: encrypted bytes in the object store, what lies there in {@code vault_object}. */
final class StoredVault implements Vault {
  private final ObjectBytes bytes;
  private final ObjectRecords records;
  private final TransactionOperations transactions;
  private final Reports reports;

  StoredVault(
      ObjectBytes bytes,
      ObjectRecords records,
      TransactionOperations transactions,
      Reports reports) {
    this.bytes = bytes;
    this.records = records;
    this.transactions = transactions;
    this.reports = reports;
  }

  @Override
  public Sha256 put(Path file, String mediaType) {
    var tenant = Tenancy.required();
    var digest = Sha256.of(file);
    if (Boolean.TRUE.equals(transactions.execute(_ -> revived(tenant, file, digest)))) {
      return digest;
    }
    var recorded = form(digest);
    var form = recorded.orElseGet(this::newest);
    if (!(form instanceof ObjectForm.Plain)) {
      bytes.write(tenant, file, digest, form);
    }
    // Read back even if it was there before: a name that is taken says nothing of the bytes.
    if (recorded.isPresent()) {
      with(digest, _ -> digest);
    } else if (bytes.lend(tenant, digest, form, _ -> digest).isEmpty()) {
      throw gone(digest);
    }
    var size = size(file);
    transactions.executeWithoutResult(_ -> records.add(digest, size, mediaType, form));
    return digest;
  }

  /** Bytes that were erased and come again are stored as if they had never been there. */
  private boolean revived(TenantId tenant, Path file, Sha256 digest) {
    if (records.erasedForm(digest).isEmpty()) {
      return false;
    }
    records.lock(digest);
    var erased = records.erasedForm(digest);
    if (erased.isEmpty()) {
      return false;
    }
    bytes.remove(tenant, digest, erased.get());
    var form = records.newest();
    bytes.write(tenant, file, digest, form);
    if (bytes.lend(tenant, digest, form, _ -> digest).isEmpty()) {
      throw gone(digest);
    }
    records.revive(digest, form);
    return true;
  }

  @Override
  public <T> T with(Sha256 digest, Function<Path, T> use) {
    var tenant = Tenancy.required();
    var form = form(digest).orElseThrow(() -> new NotFound("object " + digest));
    for (; ; ) {
      var read = lend(tenant, digest, form, use);
      if (read.isPresent()) {
        return read.get();
      }
      // Gone from there: lost, or encrypted anew, or erased since its record was read.
      var now = form(digest).orElseThrow(() -> new NotFound("object " + digest));
      if (now.keyNumber() == form.keyNumber()) {
        throw reported(digest, Condition.MISSING, gone(digest));
      }
      form = now;
    }
  }

  private <T> Optional<T> lend(
      TenantId tenant, Sha256 digest, ObjectForm form, Function<Path, T> use) {
    var opened = new AtomicBoolean();
    try {
      return bytes.lend(
          tenant,
          digest,
          form,
          plain -> {
            opened.set(true);
            return use.apply(plain);
          });
    } catch (IntegrityBroken e) {
      // Once it is open, what is broken is another object that the caller reads meanwhile.
      throw opened.get() ? e : reported(digest, Condition.DAMAGED, e);
    }
  }

  private IntegrityBroken reported(Sha256 digest, Condition condition, IntegrityBroken broken) {
    try {
      reports.broken(digest, condition);
    } catch (RuntimeException e) {
      // The alarm of what is broken matters more; the round finds it again.
      broken.addSuppressed(e);
    }
    return broken;
  }

  private Optional<ObjectForm> form(Sha256 digest) {
    return Objects.requireNonNull(transactions.execute(_ -> records.form(digest)));
  }

  private ObjectForm newest() {
    return Objects.requireNonNull(transactions.execute(_ -> records.newest()));
  }

  private static IntegrityBroken gone(Sha256 digest) {
    return new IntegrityBroken("object %s is recorded but not in the store".formatted(digest));
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
