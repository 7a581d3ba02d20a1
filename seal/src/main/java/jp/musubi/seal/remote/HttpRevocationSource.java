package jp.musubi.seal.remote;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.musubi.seal.CertificateRevoked;
import jp.musubi.seal.Revocation;
import jp.musubi.seal.RevocationSource;
import jp.musubi.seal.RevocationUnavailable;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.jspecify.annotations.Nullable;

/**
 * OCSP first (RFC 6960), revocation lists second (RFC 5280), from the addresses in the certificate
 * but only at hosts that are allowed: an address in a certificate must not make the service call
 * whomever the certificate's author likes.
 */
public final class HttpRevocationSource implements RevocationSource {
  private static final int LARGEST_ANSWER = 10 * 1024 * 1024;
  private static final Duration SKEW = Duration.ofSeconds(60);

  /** An answer that names no end must not be replayed for ever. */
  private static final Duration LONGEST_AGE = Duration.ofDays(1);

  /** The bit of RFC 5280, 4.2.1.3. */
  private static final int CRL_SIGN = 6;

  private static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";

  private final Set<String> hosts;
  private final Clock clock;
  private final Egress egress;
  private final SecureRandom random = new SecureRandom();

  /**
   * A source.
   *
   * @param hosts the host names that may be asked
   * @param deadline for each exchange
   */
  public HttpRevocationSource(Collection<String> hosts, Clock clock, Duration deadline) {
    this.hosts = Set.copyOf(hosts);
    this.clock = clock;
    this.egress = new Egress(hosts, clock, deadline, LARGEST_ANSWER);
  }

  @Override
  public Revocation revocationOf(
      X509Certificate certificate, X509Certificate issuer, Instant freshAfter) {
    var subject = certificate.getSubjectX500Principal().getName();
    try {
      var responder = ocspAddress(certificate);
      if (responder.isPresent()) {
        try {
          return ocsp(certificate, issuer, responder.get());
        } catch (IOException
            | OCSPException
            | GeneralSecurityException
            | OperatorCreationException
            | IllegalArgumentException e) {
          // Whatever is wrong with the responder, forged answers included, the list may still tell.
          var list = crlAddress(certificate);
          if (list.isEmpty()) {
            throw new RevocationUnavailable(
                "%s does not say whether '%s' is revoked: %s"
                    .formatted(responder.get(), subject, e.getMessage()),
                e);
          }
          return crl(certificate, issuer, list.get());
        }
      }
      var list =
          crlAddress(certificate)
              .orElseThrow(() ->
                  new RevocationUnavailable(
                      "'%s' names nobody who says whether it is revoked".formatted(subject), null));
      return crl(certificate, issuer, list);
    } catch (IOException | GeneralSecurityException e) {
      throw new RevocationUnavailable(
          "nobody says whether '%s' is revoked: %s".formatted(subject, e.getMessage()), e);
    }
  }

  private Revocation ocsp(X509Certificate certificate, X509Certificate issuer, URI responder)
      throws IOException, OCSPException, GeneralSecurityException, OperatorCreationException {
    var id =
        new CertificateID(
            new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1),
            new X509CertificateHolder(issuer.getEncoded()),
            certificate.getSerialNumber());
    var nonce = new byte[16];
    random.nextBytes(nonce);
    var request =
        new OCSPReqBuilder()
            .addRequest(id)
            .setRequestExtensions(
                new Extensions(
                    new Extension(
                        OCSPObjectIdentifiers.id_pkix_ocsp_nonce,
                        false,
                        new DEROctetString(nonce).getEncoded())))
            .build();
    var der =
        egress.post(
            responder,
            "application/ocsp-request",
            request.getEncoded(),
            "application/ocsp-response");
    OCSPResp response;
    try {
      response = new OCSPResp(der);
    } catch (IllegalArgumentException e) {
      throw new IOException("not an OCSP response", e);
    }
    if (response.getStatus() != OCSPResp.SUCCESSFUL
        || !(response.getResponseObject() instanceof BasicOCSPResp basic)) {
      throw new IOException("OCSP status %d (expected: 0)".formatted(response.getStatus()));
    }
    var echoed = basic.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
    // Responders that answer from a stock leave the nonce out (RFC 6960, 4.4.1); a wrong one is a
    // replay.
    if (echoed != null
        && !Arrays.equals(
            echoed.getExtnValue().getOctets(), new DEROctetString(nonce).getEncoded())) {
      throw new IOException("another nonce than was sent");
    }
    var single = singleFor(id, basic);
    requireCurrent(single.getThisUpdate(), single.getNextUpdate());
    var signer = ocspSigner(basic, issuer);
    requireGood(single.getCertStatus(), certificate);
    return new Revocation(Revocation.Kind.OCSP, der, signer.map(List::of).orElseGet(List::of));
  }

  /** The answer for this very certificate: serial number and both issuer hashes. */
  private static SingleResp singleFor(CertificateID id, BasicOCSPResp basic) throws IOException {
    for (var single : basic.getResponses()) {
      // Field by field: responders differ in how they write the parameters of SHA-1.
      var other = single.getCertID();
      if (other.getSerialNumber().equals(id.getSerialNumber())
          && other.getHashAlgOID().equals(id.getHashAlgOID())
          && Arrays.equals(other.getIssuerNameHash(), id.getIssuerNameHash())
          && Arrays.equals(other.getIssuerKeyHash(), id.getIssuerKeyHash())) {
        return single;
      }
    }
    throw new IOException("the answer is about another certificate");
  }

  /** Who signed: empty for the issuer itself, else a responder that the issuer delegated to. */
  private Optional<X509Certificate> ocspSigner(BasicOCSPResp basic, X509Certificate issuer)
      throws IOException, OCSPException, GeneralSecurityException, OperatorCreationException {
    var verifiers = new JcaContentVerifierProviderBuilder();
    if (basic.isSignatureValid(verifiers.build(issuer))) {
      return Optional.empty();
    }
    for (var holder : basic.getCerts()) {
      var responder = new JcaX509CertificateConverter().getCertificate(holder);
      if (!basic.isSignatureValid(verifiers.build(responder))) {
        continue;
      }
      responder.verify(issuer.getPublicKey());
      responder.checkValidity(Date.from(clock.instant()));
      var usages = responder.getExtendedKeyUsage();
      if (usages == null || !usages.contains(OCSP_SIGNING)) {
        throw new IOException("the responder may not sign OCSP answers");
      }
      return Optional.of(responder);
    }
    throw new IOException("nobody known signed the answer");
  }

  private static void requireGood(@Nullable CertificateStatus status, X509Certificate certificate)
      throws IOException {
    // Null is how Bouncy Castle says good: CertificateStatus.GOOD.
    if (status == null) {
      return;
    }
    if (status instanceof RevokedStatus revoked) {
      throw new CertificateRevoked(
          "'%s' was revoked at %s"
              .formatted(
                  certificate.getSubjectX500Principal().getName(),
                  revoked.getRevocationTime().toInstant()),
          null);
    }
    throw new IOException("the responder does not know the certificate");
  }

  private Revocation crl(X509Certificate certificate, X509Certificate issuer, URI address)
      throws IOException, GeneralSecurityException {
    var der = egress.get(address);
    var list =
        (X509CRL)
            CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
    if (!list.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
      throw new IOException("the list at %s is another authority's".formatted(address));
    }
    list.verify(issuer.getPublicKey());
    requireCurrent(list.getThisUpdate(), list.getNextUpdate());
    requireWhole(list, issuer);
    var entry = list.getRevokedCertificate(certificate.getSerialNumber());
    if (entry != null) {
      throw new CertificateRevoked(
          "'%s' was revoked at %s"
              .formatted(
                  certificate.getSubjectX500Principal().getName(),
                  entry.getRevocationDate().toInstant()),
          null);
    }
    return new Revocation(Revocation.Kind.CRL, der, List.of());
  }

  /** Of an authority that may publish lists, and neither delta nor partial nor indirect. */
  private static void requireWhole(X509CRL list, X509Certificate issuer) throws IOException {
    var usage = issuer.getKeyUsage();
    if (usage != null && !usage[CRL_SIGN]) {
      throw new IOException("the authority may not sign revocation lists");
    }
    var critical = list.getCriticalExtensionOIDs();
    if (critical != null && !critical.isEmpty()) {
      throw new IOException("the list has critical extensions that are not known: " + critical);
    }
  }

  private void requireCurrent(Date thisUpdate, @Nullable Date nextUpdate) throws IOException {
    var now = clock.instant();
    var end =
        nextUpdate == null ? thisUpdate.toInstant().plus(LONGEST_AGE) : nextUpdate.toInstant();
    if (thisUpdate.toInstant().isAfter(now.plus(SKEW)) || end.isBefore(now.minus(SKEW))) {
      throw new IOException(
          "the answer was for %s to %s (now: %s)".formatted(thisUpdate, nextUpdate, now));
    }
  }

  private Optional<URI> ocspAddress(X509Certificate certificate) throws IOException {
    var value = certificate.getExtensionValue(Extension.authorityInfoAccess.getId());
    if (value == null) {
      return Optional.empty();
    }
    var access =
        AuthorityInformationAccess.getInstance(JcaX509ExtensionUtils.parseExtensionValue(value));
    return Arrays.stream(access.getAccessDescriptions())
        .filter(d -> d.getAccessMethod().equals(AccessDescription.id_ad_ocsp))
        .map(AccessDescription::getAccessLocation)
        .flatMap(name -> allowed(name).stream())
        .findFirst();
  }

  private Optional<URI> crlAddress(X509Certificate certificate) throws IOException {
    var value = certificate.getExtensionValue(Extension.cRLDistributionPoints.getId());
    if (value == null) {
      return Optional.empty();
    }
    var points = CRLDistPoint.getInstance(JcaX509ExtensionUtils.parseExtensionValue(value));
    return Arrays.stream(points.getDistributionPoints())
        .map(point -> point.getDistributionPoint())
        .filter(name -> name != null && name.getType() == DistributionPointName.FULL_NAME)
        .flatMap(name -> Arrays.stream(GeneralNames.getInstance(name.getName()).getNames()))
        .flatMap(name -> allowed(name).stream())
        .findFirst();
  }

  private Optional<URI> allowed(GeneralName name) {
    if (name.getTagNo() != GeneralName.uniformResourceIdentifier) {
      return Optional.empty();
    }
    var address = URI.create(name.getName().toString());
    var http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
    return http && address.getHost() != null && hosts.contains(address.getHost())
        ? Optional.of(address)
        : Optional.empty();
  }
}
