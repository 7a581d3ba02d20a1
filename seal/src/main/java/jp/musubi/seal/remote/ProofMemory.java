package jp.musubi.seal.remote;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/** The latest proofs, until they end; of a bounded number and safe for several threads. */
final class ProofMemory {
  private static final int PROOFS = 256;

  /** Lists can be large. */
  private static final long BYTES = 32L * 1024 * 1024;

  private final SequencedMap<String, Proof> proofs = new LinkedHashMap<>();
  private long bytes;

  synchronized Optional<Proof> recall(String key, Instant freshAfter, Instant now) {
    var proof = proofs.get(key);
    if (proof == null) {
      return Optional.empty();
    }
    if (!now.isBefore(proof.until())) {
      forget(key);
      return Optional.empty();
    }
    return proof.answers(freshAfter, now) ? Optional.of(proof) : Optional.empty();
  }

  synchronized void remember(String key, Proof proof) {
    forget(key);
    proofs.put(key, proof);
    bytes += proof.revocation().der().length;
    while (proofs.size() > PROOFS || (bytes > BYTES && proofs.size() > 1)) {
      forget(proofs.firstEntry().getKey());
    }
  }

  private void forget(String key) {
    var before = proofs.remove(key);
    if (before != null) {
      bytes -= before.revocation().der().length;
    }
  }
}
