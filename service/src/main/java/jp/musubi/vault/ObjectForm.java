package jp.musubi.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import jp.musubi.platform.IntegrityBroken;
import jp.musubi.platform.secrets.FileKey;
import jp.musubi.seal.Sha256;

/** How an object lies in the store: encrypted, or plain from before files were encrypted. */
sealed interface ObjectForm {
  /** Its number in {@code vault_object.key_number}. */
  int keyNumber();

  /** Under which name the bytes with this digest lie. */
  ObjectName nameOf(Sha256 plain);

  /** Brings the bytes that were stored into the form in which they lie in the store. */
  void close(Path plain, Path stored, Sha256 digest) throws IOException;

  /**
   * Brings what lies in the store back.
   *
   * @throws IntegrityBroken if that does not give the bytes of {@code digest}
   */
  void open(Path stored, Path plain, Sha256 digest) throws IOException;

  /** Encrypted with one of the body's keys; the name tells nothing without that key. */
  record Encrypted(FileKey key) implements ObjectForm {
    @Override
    public int keyNumber() {
      return key.number();
    }

    @Override
    public ObjectName nameOf(Sha256 plain) {
      return new ObjectName(key.nameOf(plain));
    }

    @Override
    public void close(Path plain, Path stored, Sha256 digest) throws IOException {
      key.encrypt(plain, stored, digest);
    }

    @Override
    public void open(Path stored, Path plain, Sha256 digest) throws IOException {
      key.decrypt(stored, plain, digest);
    }
  }

  /** As it came, under its digest: read until the job has encrypted it, and never written. */
  record Plain() implements ObjectForm {
    static final int NO_KEY = 0;

    @Override
    public int keyNumber() {
      return NO_KEY;
    }

    @Override
    public ObjectName nameOf(Sha256 plain) {
      return new ObjectName(plain.hex());
    }

    @Override
    public void close(Path plain, Path stored, Sha256 digest) {
      throw new IllegalStateException("nothing is stored plain any more: " + digest);
    }

    @Override
    public void open(Path stored, Path plain, Sha256 digest) throws IOException {
      Files.copy(stored, plain, StandardCopyOption.REPLACE_EXISTING);
      var found = Sha256.of(plain);
      if (!found.equals(digest)) {
        throw new IntegrityBroken("object %s holds bytes of %s".formatted(digest, found));
      }
    }
  }
}
