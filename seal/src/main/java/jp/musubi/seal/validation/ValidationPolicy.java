package jp.musubi.seal.validation;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Set;

/**
 * 検証方針 — whom the validation trusts and at what time it judges.
 *
 * @param trustAnchors certificates trusted without further question; none means that no signature
 *     can be judged
 * @param ours certificates of this service: sealing certificates or the authorities that issue
 *     nothing else. A signature whose path holds none of them is an external one (外部署名); none means
 *     that nobody asks
 * @param algorithms until when algorithms may be relied on
 * @param at the time of the judgement
 */
public record ValidationPolicy(
    Set<X509Certificate> trustAnchors,
    Set<X509Certificate> ours,
    AlgorithmSunset algorithms,
    Instant at) {
  public ValidationPolicy {
    trustAnchors = Set.copyOf(trustAnchors);
    ours = Set.copyOf(ours);
  }

  /** A policy by the standard table of algorithms that does not ask whose signatures they are. */
  public ValidationPolicy(Set<X509Certificate> trustAnchors, Instant at) {
    this(trustAnchors, Set.of(), AlgorithmSunset.standard(), at);
  }

  /** The same policy, with what is ours. */
  public ValidationPolicy withOurs(Set<X509Certificate> certificates) {
    return new ValidationPolicy(trustAnchors, certificates, algorithms, at);
  }
}
