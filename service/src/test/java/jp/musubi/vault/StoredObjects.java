package jp.musubi.vault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import jp.musubi.ServiceTest;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.TenantId;
import jp.musubi.platform.secrets.BodyKeys;
import jp.musubi.seal.Sha256;
import org.springframework.transaction.support.TransactionOperations;

/** Objects as they lie in the store, for damaging them, and as the vault lends them. */
public final class StoredObjects {
  private StoredObjects() {}

  /** The file of an object under the body's newest key. */
  public static Path file(
      BodyKeys keys, TransactionOperations transactions, TenantId body, Sha256 digest) {
    return place(
        body,
        Objects.requireNonNull(
            Tenancy.in(
                body, () -> transactions.execute(_ -> keys.newestFileKey().nameOf(digest)))));
  }

  /** What the vault lends of an object. */
  public static byte[] bytes(Vault vault, TenantId body, Sha256 digest) {
    return Objects.requireNonNull(
        Tenancy.in(
            body,
            () ->
                vault.with(
                    digest,
                    file -> {
                      try {
                        return Files.readAllBytes(file);
                      } catch (IOException e) {
                        throw new UncheckedIOException(e);
                      }
                    })));
  }

  static Path place(TenantId body, String name) {
    return ServiceTest.RealParts.store()
        .resolve(body.toString())
        .resolve(name.substring(0, 2))
        .resolve(name.substring(2, 4))
        .resolve(name);
  }
}
