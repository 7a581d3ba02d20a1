package jp.musubi.vault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import jp.musubi.platform.IntegrityBroken;
import jp.musubi.platform.TenantId;
import jp.musubi.seal.Sha256;

/**
 * Bytes on their way to the store and back. Copies lie in files of their own, readable by the
 * service only, and are gone afterwards.
 */
final class ObjectBytes {
  private static final int AT_ONCE = 500;

  private final ObjectStore store;
  private final StoreGate gate;

  ObjectBytes(ObjectStore store, StoreGate gate) {
    this.store = store;
    this.gate = gate;
  }

  /** Writes a file in the form it is to lie in; reads nothing back. */
  void write(TenantId tenant, Path plain, Sha256 digest, ObjectForm form) {
    try (var stored = Copy.empty("musubi-stored-", null)) {
      form.close(plain, stored.path(), digest);
      gate.within("write", () -> store.putIfAbsent(tenant, form.nameOf(digest), stored.path()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a file where the object is damaged or missing; the caller has checked it. */
  void repair(TenantId tenant, Path plain, Sha256 digest, ObjectForm form) {
    try (var stored = Copy.empty("musubi-stored-", null)) {
      form.close(plain, stored.path(), digest);
      gate.within(
          "repair",
          () -> {
            store.replace(tenant, form.nameOf(digest), stored.path());
            return true;
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What lies where the object should be. */
  Condition look(TenantId tenant, Sha256 digest, ObjectForm form) {
    try {
      return lend(tenant, digest, form, _ -> Condition.WHOLE).orElse(Condition.MISSING);
    } catch (IntegrityBroken e) {
      return Condition.DAMAGED;
    }
  }

  /**
   * Whether this is the store that the service wrote to at its start, and not the empty folder
   * beneath one that is no longer there.
   */
  boolean answers() {
    return gate.within("canary", () -> StoreCanary.isThere(store));
  }

  /**
   * Lends the plain bytes of an object, checked.
   *
   * @return empty if the store has no such object
   * @throws jp.musubi.platform.IntegrityBroken if other bytes lie there
   */
  <T> Optional<T> lend(TenantId tenant, Sha256 digest, ObjectForm form, Function<Path, T> use) {
    try (var plain = Copy.empty("musubi-", ".pdf")) {
      try (var stored = Copy.empty("musubi-stored-", null)) {
        if (!gate.within("read", () -> fetch(tenant, form.nameOf(digest), stored.path()))) {
          return Optional.empty();
        }
        form.open(stored.path(), plain.path(), digest);
      }
      return Optional.of(use.apply(plain.path()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes an object away whose bytes lie in the store in another form. */
  void remove(TenantId tenant, Sha256 digest, ObjectForm form) {
    gate.within("remove", () -> store.remove(tenant, form.nameOf(digest)));
  }

  /** How many files of a body lie in the store; counting many takes longer than the deadline. */
  long count(TenantId tenant) {
    try {
      return store.count(tenant);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes all files of a body away. */
  void removeAll(TenantId tenant) {
    while (gate.within("remove", () -> store.removeSome(tenant, AT_ONCE))) {
      // Each call within the deadline of the store.
    }
  }

  private boolean fetch(TenantId tenant, ObjectName name, Path target) throws IOException {
    try {
      store.get(tenant, name, target);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** A file that is gone when it is closed. */
  private record Copy(Path path) implements AutoCloseable {
    static Copy empty(String prefix, @org.jspecify.annotations.Nullable String suffix)
        throws IOException {
      return new Copy(Files.createTempFile(prefix, suffix));
    }

    @Override
    public void close() throws IOException {
      Files.deleteIfExists(path);
    }
  }
}
