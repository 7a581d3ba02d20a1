package jp.musubi.seal.renewal;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import jp.musubi.seal.validation.AlgorithmSunset;

/**
 * 証拠記録の検証方針 — whom to trust, which algorithms, and at what time to judge.
 *
 * @param trustAnchors certificates trusted without further question
 * @param algorithms until when algorithms may be relied on
 * @param beside what was kept once for a batch whose records carry no certificates
 */
public record EvidencePolicy(
    Set<X509Certificate> trustAnchors,
    AlgorithmSunset algorithms,
    Optional<ValidationData> beside,
    Instant at) {
  public EvidencePolicy {
    trustAnchors = Set.copyOf(trustAnchors);
  }

  /** For records that need nothing beside them. */
  public EvidencePolicy(Set<X509Certificate> trustAnchors, Instant at) {
    this(trustAnchors, AlgorithmSunset.standard(), Optional.empty(), at);
  }
}
