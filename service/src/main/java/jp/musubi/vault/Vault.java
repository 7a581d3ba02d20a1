package jp.musubi.vault;

import java.nio.file.Path;
import java.util.function.Function;
import jp.musubi.seal.Sha256;

/** 原本保管. The current body's stored bytes: written once, checked on each read. */
public interface Vault {

  /**
   * Stores a file under its digest and records it in the caller's transaction. Durable when this
   * returns (fsync of file and folder, read back and compared). Storing the same bytes again
   * changes nothing.
   *
   * @throws jp.musubi.platform.Unavailable when the store does not answer
   * @throws jp.musubi.platform.IntegrityBroken when other bytes lie under that digest
   */
  Sha256 put(Path file, String mediaType);

  /**
   * Lends a file of the stored bytes to {@code use}; the file is gone afterwards.
   *
   * @throws jp.musubi.platform.NotFound when the current body has no such object
   * @throws jp.musubi.platform.IntegrityBroken when the bytes are not those that were stored
   * @throws jp.musubi.platform.Unavailable when the store does not answer
   */
  <T> T with(Sha256 sha256, Function<Path, T> use);
}
