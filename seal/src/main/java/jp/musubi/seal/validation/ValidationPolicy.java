package jp.musubi.seal.validation;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Set;

/**
 * 検証方針 — whom the validation trusts and at what time it judges.
 *
 * @param trustAnchors certificates trusted without further question; none means that no signature
 *     can be judged
 * @param at the time of the judgement
 */
public record ValidationPolicy(Set<X509Certificate> trustAnchors, Instant at) {
  public ValidationPolicy {
    trustAnchors = Set.copyOf(trustAnchors);
  }
}
