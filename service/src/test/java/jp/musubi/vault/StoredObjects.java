package jp.musubi.vault;

import java.nio.file.Path;
import java.util.Objects;
import jp.musubi.ServiceTest;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.TenantId;
import jp.musubi.platform.secrets.BodyKeys;
import jp.musubi.seal.Sha256;
import org.springframework.transaction.support.TransactionOperations;

/** Where objects lie in the store, for damaging them. */
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

  static Path place(TenantId body, String name) {
    return ServiceTest.RealParts.store()
        .resolve(body.toString())
        .resolve(name.substring(0, 2))
        .resolve(name.substring(2, 4))
        .resolve(name);
  }
}
