package jp.musubi.seal.validation;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Builds certification paths by PKIX at a given time (RFC 5280, 6); revocation is judged apart. */
final class Chains {
  private final Set<X509Certificate> anchors;
  private final Map<X509Certificate, List<List<X509Certificate>>> built = new HashMap<>();

  Chains(Set<X509Certificate> anchors) {
    this.anchors = anchors;
  }

  boolean trustsNobody() {
    return anchors.isEmpty();
  }

  /** The path from the certificate to its anchor, both included; empty when there is none. */
  Optional<List<X509Certificate>> path(
      X509Certificate end, Collection<X509Certificate> known, Instant at) {
    if (anchors.contains(end)) {
      return Optional.of(List.of(end));
    }
    var earlier = built.computeIfAbsent(end, _ -> new ArrayList<>());
    // A path found for one time holds at every time at which all of its certificates are valid.
    var same = earlier.stream().filter(path -> isWithin(path, at)).findFirst();
    if (same.isPresent()) {
      return same;
    }
    var found = search(end, known, at);
    found.ifPresent(earlier::add);
    return found;
  }

  private static boolean isWithin(List<X509Certificate> path, Instant at) {
    return path.stream()
        .limit(path.size() - 1L)
        .allMatch(each ->
            !at.isBefore(each.getNotBefore().toInstant())
                && !at.isAfter(each.getNotAfter().toInstant()));
  }

  private Optional<List<X509Certificate>> search(
      X509Certificate end, Collection<X509Certificate> known, Instant at) {
    try {
      var target = new X509CertSelector();
      target.setCertificate(end);
      var parameters =
          new PKIXBuilderParameters(
              anchors.stream().map(a -> new TrustAnchor(a, null)).collect(Collectors.toSet()),
              target);
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(at));
      parameters.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(known)));
      if (CertPathBuilder.getInstance("PKIX").build(parameters)
          instanceof PKIXCertPathBuilderResult built) {
        var path = new ArrayList<X509Certificate>();
        for (var each : built.getCertPath().getCertificates()) {
          path.add((X509Certificate) each);
        }
        path.add(built.getTrustAnchor().getTrustedCert());
        return Optional.of(path);
      }
      return Optional.empty();
    } catch (GeneralSecurityException none) {
      return Optional.empty();
    }
  }
}
