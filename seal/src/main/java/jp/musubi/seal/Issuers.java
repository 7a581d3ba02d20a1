package jp.musubi.seal;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who issued a certificate, by name and by signature. What was verified once need not be verified
 * again: neither certificate can change.
 */
final class Issuers {
  private static final int MOST = 4_096;

  private final Map<Link, Boolean> verified = new ConcurrentHashMap<>();

  private record Link(X509Certificate certificate, X509Certificate issuer) {}

  Optional<X509Certificate> of(X509Certificate certificate, Collection<X509Certificate> known) {
    return known.stream().filter(issuer -> issued(issuer, certificate)).findFirst();
  }

  boolean isRoot(X509Certificate certificate) {
    return issued(certificate, certificate);
  }

  private boolean issued(X509Certificate issuer, X509Certificate certificate) {
    if (!issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
      return false;
    }
    if (verified.size() > MOST) {
      verified.clear();
    }
    return verified.computeIfAbsent(new Link(certificate, issuer), Issuers::verifies);
  }

  private static boolean verifies(Link link) {
    try {
      link.certificate().verify(link.issuer().getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      // Another authority of the same name: not the issuer.
      return false;
    }
  }
}
