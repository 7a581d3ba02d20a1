package jp.musubi.platform.secrets;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import jp.musubi.platform.IntegrityBroken;

/**
 * The master key that wraps, and the ones before it that still unwrap until every key is wrapped
 * anew.
 */
final class MasterKeys {
  private final MasterKey current;
  private final List<MasterKey> former;

  MasterKeys(MasterKey current, List<MasterKey> former) {
    this.current = current;
    this.former = List.copyOf(former);
  }

  /** The one that wraps from now on. */
  MasterKey current() {
    return current;
  }

  /** Whether the settings name the master key with this id. */
  boolean know(String masterId) {
    return named(masterId).isPresent();
  }

  /**
   * The key that was wrapped by the master key with this id.
   *
   * @throws IntegrityBroken if the settings do not name that master key
   */
  SecretKey unwrap(String masterId, byte[] wrapped, String whose) {
    return named(masterId)
        .orElseThrow(() ->
            new IntegrityBroken(
                "the key of %s was wrapped by master key %s, which no setting names"
                    .formatted(whose, masterId)))
        .unwrap(wrapped, whose);
  }

  private Optional<MasterKey> named(String id) {
    return Stream.concat(Stream.of(current), former.stream())
        .filter(key -> key.id().equals(id))
        .findFirst();
  }
}
