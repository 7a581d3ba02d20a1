package jp.musubi.vault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import jp.musubi.platform.TenantId;
import jp.musubi.seal.Sha256;

/**
 * Writes one object twice at start. Some stores take a conditional write and overwrite all the same
 * (S3Proxy did); on such a store nothing may be kept.
 */
final class StoreCanary {
  private static final TenantId NOBODY = new TenantId(new UUID(0, 0));
  private static final String BYTES = "musubi store canary";

  private StoreCanary() {}

  /**
   * Tries the store.
   *
   * @throws IllegalStateException if the second write was not refused or the first one not kept
   */
  static void insistOnWriteOnce(ObjectStore store, StoreGate gate) {
    try {
      var first = file(BYTES);
      var second = file("other bytes under the same name");
      var read = Files.createTempFile("musubi-canary-", null);
      try {
        var digest = Sha256.of(first);
        var name = new ObjectName(digest.hex());
        gate.within("canary", () -> store.putIfAbsent(NOBODY, name, first));
        var again = gate.within("canary", () -> store.putIfAbsent(NOBODY, name, second));
        gate.within(
            "canary",
            () -> {
              store.get(NOBODY, name, read);
              return read;
            });
        if (again != ObjectStore.Written.THERE_BEFORE || !Sha256.of(read).equals(digest)) {
          throw new IllegalStateException("the object store lets stored bytes be overwritten");
        }
      } finally {
        for (var file : new Path[] {first, second, read}) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether what was written at start lies there. */
  static boolean isThere(ObjectStore store) throws IOException {
    var digest = Sha256.of(BYTES.getBytes(StandardCharsets.UTF_8));
    return store.exists(NOBODY, new ObjectName(digest.hex()));
  }

  private static Path file(String bytes) throws IOException {
    var file = Files.createTempFile("musubi-canary-", null);
    return Files.write(file, bytes.getBytes(StandardCharsets.UTF_8));
  }
}
