package jp.musubi.seal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who signed in the values that this engine made last: they need not be read again to be preserved
 * in the same process. What is not known here is read from the file.
 */
final class SignerMemory {
  private static final int MOST = 64;

  private final Map<Sha256, Signers> made = new LinkedHashMap<>();

  /** Keeps who signed in a value of /Contents, its padding included. */
  synchronized void keep(byte[] contents, Signers signers) {
    made.put(Sha256.of(contents), signers);
    if (made.size() > MOST) {
      made.remove(made.keySet().iterator().next());
    }
  }

  synchronized Optional<Signers> find(byte[] contents) {
    return Optional.ofNullable(made.get(Sha256.of(contents)));
  }
}
