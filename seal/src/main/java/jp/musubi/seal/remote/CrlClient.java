package jp.musubi.seal.remote;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import jp.musubi.seal.CertificateRevoked;
import jp.musubi.seal.Revocation;
import jp.musubi.seal.Verifiers;
import org.bouncycastle.cert.CertException;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.operator.OperatorCreationException;

/**
 * Fetches revocation lists (RFC 5280, 5) and believes only whole ones. The entries of a list are
 * read one after the other and not kept: a list of a hundred thousand costs its bytes.
 */
final class CrlClient {
  /** The bit of RFC 5280, 4.2.1.3. */
  private static final int CRL_SIGN = 6;

  private final Egress egress;
  private final Clock clock;
  private final ProofMemory lists;

  CrlClient(Egress egress, Clock clock, ProofMemory lists) {
    this.egress = egress;
    this.clock = clock;
    this.lists = lists;
  }

  /**
   * A proof that the certificate is not on the list.
   *
   * @throws CertificateRevoked when it is
   * @throws IOException when the list cannot be had, or not be believed
   */
  Proof ask(URI address, X509Certificate certificate, X509Certificate issuer, Instant freshAfter)
      throws IOException {
    var now = clock.instant();
    try {
      // One list speaks of all certificates of its issuer.
      var name = "list " + address + " " + Fingerprint.of(issuer);
      var known = lists.recall(name, freshAfter, now);
      if (known.isPresent()) {
        requireAbsent(new X509CRLHolder(known.get().revocation().der()), certificate, issuer);
        return known.get();
      }
      var der = egress.get(address);
      var list = new X509CRLHolder(der);
      requireBelievable(list, issuer);
      requireAbsent(list, certificate, issuer);
      var proof =
          Proof.of(
              new Revocation(Revocation.Kind.CRL, der, List.of()),
              list.getThisUpdate(),
              list.getNextUpdate(),
              now);
      lists.remember(name, proof);
      return proof;
    } catch (CertException | GeneralSecurityException | OperatorCreationException e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    } catch (IllegalArgumentException | IllegalStateException | ClassCastException e) {
      // Bouncy Castle reports malformed lists so.
      throw new IOException("not a revocation list", e);
    }
  }

  /** Of this issuer, who may publish lists, and neither delta nor partial nor indirect. */
  private static void requireBelievable(X509CRLHolder list, X509Certificate issuer)
      throws IOException, CertException, GeneralSecurityException, OperatorCreationException {
    var holder = new JcaX509CertificateHolder(issuer);
    if (!list.getIssuer().equals(holder.getSubject())) {
      throw new IOException("the list is another authority's");
    }
    if (!list.isSignatureValid(
        Verifiers.of(list.toASN1Structure().getSignatureAlgorithm(), issuer))) {
      throw new IOException("the list's signature does not verify");
    }
    var usage = issuer.getKeyUsage();
    if (usage != null && !usage[CRL_SIGN]) {
      throw new IOException("the authority may not sign revocation lists");
    }
    // Delta CRL indicator and issuing distribution point are critical (RFC 5280, 5.2.4 and 5.2.5).
    if (!list.getCriticalExtensionOIDs().isEmpty()) {
      throw new IOException(
          "the list is a delta, partial or indirect one: critical extensions "
              + list.getCriticalExtensionOIDs());
    }
  }

  private static void requireAbsent(
      X509CRLHolder list, X509Certificate certificate, X509Certificate issuer) {
    var entry = list.getRevokedCertificate(certificate.getSerialNumber());
    if (entry != null) {
      throw new CertificateRevoked(
          "'%s' was revoked at %s, says %s"
              .formatted(
                  certificate.getSubjectX500Principal().getName(),
                  entry.getRevocationDate().toInstant(),
                  issuer.getSubjectX500Principal().getName()),
          null);
    }
  }
}
