package jp.musubi.mark;

import java.util.Optional;
import java.util.UUID;
import jp.musubi.seal.Sha256;

/**
 * 印影. The picture of the seal of a 契約名義, as an administrator gave it.
 *
 * @param width in points
 * @param height in points
 * @param ended whether another has taken its place, or it was taken away
 */
record OfficeImprint(UUID id, UUID office, Sha256 sha256, int width, int height, boolean ended) {

  /** Whether it may be drawn for a contract that is made in the name of this office. */
  boolean isOf(Optional<UUID> contracting) {
    return !ended && contracting.filter(office::equals).isPresent();
  }
}
