package jp.musubi.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * 空き. Where objects and their copies lie, and how much more of them fits.
 *
 * @param second the folder of the copies; null if there is none
 */
public record Room(Path first, @Nullable Path second) {

  /**
   * Bytes of objects that can still come, each with its copy: what the fuller of the two devices
   * takes, and half of it where both folders lie on one.
   *
   * @throws IOException when a device does not answer
   */
  public long left() throws IOException {
    var one = Files.getFileStore(first);
    if (second == null) {
      return one.getUsableSpace();
    }
    var other = Files.getFileStore(second);
    return one.equals(other)
        ? one.getUsableSpace() / 2
        : Math.min(one.getUsableSpace(), other.getUsableSpace());
  }
}
