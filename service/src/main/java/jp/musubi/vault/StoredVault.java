package jp.musubi.vault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.function.Function;
import jp.musubi.platform.IntegrityBroken;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.TenantId;
import jp.musubi.seal.Sha256;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The vault: bytes in the object store, what lies there in {@code vault_object}. */
final class StoredVault implements Vault {
  private final ObjectStore store;
  private final StoreGate gate;
  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final Clock clock;

  StoredVault(
      ObjectStore store,
      StoreGate gate,
      JdbcClient jdbc,
      TransactionOperations transactions,
      Clock clock) {
    this.store = store;
    this.gate = gate;
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.clock = clock;
  }

  @Override
  public Sha256 put(Path file, String mediaType) {
    var tenant = Tenancy.required();
    var sha256 = Sha256.of(file);
    var bytes = size(file);
    gate.within("write", () -> store.putIfAbsent(tenant, sha256, file));
    // Read back even if it was there before: a name that is taken says nothing of the bytes.
    lend(tenant, sha256, _ -> sha256);
    transactions.executeWithoutResult(_ -> record(sha256, bytes, mediaType));
    return sha256;
  }

  @Override
  public <T> T with(Sha256 sha256, Function<Path, T> use) {
    var tenant = Tenancy.required();
    var known = transactions.execute(_ -> isRecorded(sha256));
    if (!Boolean.TRUE.equals(known)) {
      throw new NotFound("object " + sha256);
    }
    return lend(tenant, sha256, use);
  }

  private <T> T lend(TenantId tenant, Sha256 sha256, Function<Path, T> use) {
    Path copy;
    try {
      copy = Files.createTempFile("musubi-", ".pdf");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      gate.within("read", () -> fetch(tenant, sha256, copy));
      var found = Sha256.of(copy);
      if (!found.equals(sha256)) {
        throw new IntegrityBroken("object %s holds bytes of %s".formatted(sha256, found));
      }
      return use.apply(copy);
    } finally {
      discard(copy);
    }
  }

  private Path fetch(TenantId tenant, Sha256 sha256, Path copy) throws IOException {
    try {
      store.get(tenant, sha256, copy);
      return copy;
    } catch (NoSuchFileException e) {
      var lost =
          new IntegrityBroken("object %s is recorded but not in the store".formatted(sha256));
      lost.initCause(e);
      throw lost;
    }
  }

  private boolean isRecorded(Sha256 sha256) {
    return jdbc.sql("select 1 from vault_object where sha256 = :sha256")
        .param("sha256", sha256.hex())
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  private void record(Sha256 sha256, long bytes, String mediaType) {
    jdbc.sql(
            """
            insert into vault_object (sha256, bytes, media_type, stored_at)
            values (:sha256, :bytes, :mediaType, :now)
            on conflict (tenant_id, sha256) do nothing
            """)
        .param("sha256", sha256.hex())
        .param("bytes", bytes)
        .param("mediaType", mediaType)
        .param("now", Timestamp.from(clock.instant()))
        .update();
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void discard(Path copy) {
    try {
      Files.deleteIfExists(copy);
    } catch (IOException e) {
      throw new UncheckedIOException("a copy of a stored file was left at " + copy, e);
    }
  }
}
