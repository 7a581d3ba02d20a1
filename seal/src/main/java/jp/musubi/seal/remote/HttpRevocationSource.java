package jp.musubi.seal.remote;

import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import jp.musubi.seal.CertificateRevoked;
import jp.musubi.seal.Revocation;
import jp.musubi.seal.RevocationSource;
import jp.musubi.seal.RevocationUnavailable;

/**
 * OCSP first (RFC 6960), revocation lists second (RFC 5280), from the addresses in the certificate
 * but only at hosts that are allowed. What was proved is remembered until its nextUpdate, under
 * certificate and issuer.
 */
public final class HttpRevocationSource implements RevocationSource {
  private static final int LARGEST_ANSWER = 10 * 1024 * 1024;
  private static final String NO_CHECK = "1.3.6.1.5.5.7.48.1.5";

  private final Clock clock;
  private final OcspClient responders;
  private final CrlClient lists;
  private final ProofMemory proofs = new ProofMemory();

  /**
   * A source.
   *
   * @param hosts who may be asked: a name for any port, or a name, a colon and a port
   * @param deadline for each exchange
   */
  public HttpRevocationSource(Collection<String> hosts, Clock clock, Duration deadline) {
    this.clock = clock;
    var egress = new Egress(hosts, clock, deadline, LARGEST_ANSWER);
    this.responders = new OcspClient(egress, clock);
    this.lists = new CrlClient(egress, clock, new ProofMemory());
  }

  @Override
  public Revocation revocationOf(
      X509Certificate certificate, X509Certificate issuer, Instant freshAfter) {
    var key = key(certificate, issuer);
    return proofs
        .recall(key, freshAfter, clock.instant())
        .map(Proof::revocation)
        .orElseGet(() -> {
          var proof = ask(certificate, issuer, freshAfter);
          proofs.remember(key, proof);
          return proof.revocation();
        });
  }

  private Proof ask(X509Certificate certificate, X509Certificate issuer, Instant freshAfter) {
    var failures = new ArrayList<IOException>();
    try {
      for (var responder : RevocationLinks.responders(certificate)) {
        try {
          var proof = responders.ask(responder, certificate, issuer);
          requireGoodResponder(proof, issuer, freshAfter);
          return proof;
        } catch (IOException e) {
          // Whatever is wrong with the responder, forged answers included, a list may still tell.
          failures.add(new IOException("%s: %s".formatted(responder, e.getMessage()), e));
        }
      }
      for (var address : RevocationLinks.lists(certificate)) {
        try {
          return lists.ask(address, certificate, issuer, freshAfter);
        } catch (IOException e) {
          failures.add(new IOException("%s: %s".formatted(address, e.getMessage()), e));
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      failures.add(new IOException("its addresses cannot be read", e));
    }
    throw unavailable(certificate, failures);
  }

  /** A delegated responder is exempt, or its own revocation is asked of the issuer's list. */
  private void requireGoodResponder(Proof proof, X509Certificate issuer, Instant freshAfter)
      throws IOException {
    for (var responder : proof.revocation().signers()) {
      if (responder.getExtensionValue(NO_CHECK) != null) {
        continue;
      }
      var addresses = RevocationLinks.lists(responder);
      if (addresses.isEmpty()) {
        throw new IOException("nobody says whether the responder itself is revoked");
      }
      try {
        lists.ask(addresses.getFirst(), responder, issuer, freshAfter);
      } catch (CertificateRevoked e) {
        // It is the responder's word that is worth nothing, not the certificate.
        throw new IOException("the responder itself is revoked", e);
      }
    }
  }

  private static RevocationUnavailable unavailable(
      X509Certificate certificate, List<IOException> failures) {
    var subject = certificate.getSubjectX500Principal().getName();
    if (failures.isEmpty()) {
      return new RevocationUnavailable(
          "'%s' names nobody who says whether it is revoked".formatted(subject), null);
    }
    var first = failures.removeFirst();
    failures.forEach(first::addSuppressed);
    return new RevocationUnavailable(
        "nobody says whether '%s' is revoked: %s".formatted(subject, first.getMessage()), first);
  }

  private static String key(X509Certificate certificate, X509Certificate issuer) {
    try {
      return Fingerprint.of(certificate) + " " + Fingerprint.of(issuer);
    } catch (CertificateEncodingException e) {
      throw new RevocationUnavailable("a certificate cannot be read", e);
    }
  }
}
