package jp.musubi.seal.remote;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.seal.SealException;
import jp.musubi.seal.TimestampAuthority;
import jp.musubi.seal.TimestampToken;
import jp.musubi.seal.TimestampUnavailable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;

/**
 * A time-stamping authority over HTTP (RFC 3161, 3.4). A token is accepted only when everything
 * about it is right (SIG-12): status, nonce, imprint, policy, time, critical and sole EKU
 * timeStamping, ESSCertID(v2), signature, and a path to a trust anchor.
 */
public final class HttpTimestampAuthority implements TimestampAuthority {
  private static final int LARGEST_ANSWER = 64 * 1024;
  private static final Duration LARGEST_SKEW = Duration.ofSeconds(60);

  private final URI address;
  private final Set<ASN1ObjectIdentifier> policies;
  private final Set<TrustAnchor> anchors;
  private final Clock clock;
  private final Egress egress;
  private final SecureRandom random = new SecureRandom();

  /**
   * An authority.
   *
   * @param policies dotted object identifiers of acceptable policies; empty accepts any
   * @param anchors roots that the authority's certificate must lead to
   * @param deadline for a whole exchange
   */
  public HttpTimestampAuthority(
      URI address,
      Collection<String> policies,
      Collection<X509Certificate> anchors,
      Clock clock,
      Duration deadline) {
    this.address = address;
    this.policies =
        policies.stream().map(ASN1ObjectIdentifier::new).collect(Collectors.toUnmodifiableSet());
    this.anchors =
        anchors.stream()
            .map(certificate -> new TrustAnchor(certificate, null))
            .collect(Collectors.toUnmodifiableSet());
    this.clock = clock;
    this.egress = new Egress(deadline, LARGEST_ANSWER);
  }

  @Override
  public TimestampToken timestamp(byte[] imprint) {
    try {
      var generator = new TimeStampRequestGenerator();
      generator.setCertReq(true);
      var request = generator.generate(algorithm(imprint), imprint, new BigInteger(128, random));
      return check(
          request,
          egress.post(
              address,
              "application/timestamp-query",
              request.getEncoded(),
              "application/timestamp-reply"));
    } catch (IOException e) {
      throw new TimestampUnavailable("%s: %s".formatted(address, e.getMessage()), e);
    } catch (TSPException | GeneralSecurityException | OperatorCreationException e) {
      throw new TimestampUnavailable(
          "%s gave a token that cannot be relied on: %s".formatted(address, e.getMessage()), e);
    } catch (SealException e) {
      throw e;
    } catch (RuntimeException e) {
      // Bouncy Castle reports some malformed answers by IllegalArgumentException and the like.
      throw new TimestampUnavailable("%s gave no timestamp token".formatted(address), e);
    }
  }

  private static ASN1ObjectIdentifier algorithm(byte[] imprint) {
    return switch (imprint.length) {
      case 32 -> NISTObjectIdentifiers.id_sha256;
      case 48 -> NISTObjectIdentifiers.id_sha384;
      case 64 -> NISTObjectIdentifiers.id_sha512;
      default ->
          throw new IllegalArgumentException("a digest of %d bytes".formatted(imprint.length));
    };
  }

  private TimestampToken check(TimeStampRequest request, byte[] answer)
      throws IOException, TSPException, GeneralSecurityException, OperatorCreationException {
    var response = new TimeStampResponse(answer);
    response.validate(request);
    var token = response.getTimeStampToken();
    if (token == null) {
      throw new TimestampUnavailable(
          "%s refused: status %d, %s"
              .formatted(address, response.getStatus(), response.getStatusString()),
          null);
    }
    var info = token.getTimeStampInfo();
    if (!policies.isEmpty() && !policies.contains(info.getPolicy())) {
      throw new TimestampUnavailable(
          "%s: policy %s (expected: one of %s)".formatted(address, info.getPolicy(), policies),
          null);
    }
    var skew = Duration.between(clock.instant(), info.getGenTime().toInstant()).abs();
    if (skew.compareTo(LARGEST_SKEW) > 0) {
      throw new TimestampUnavailable(
          "%s: time differs from ours by %s (expected: at most %s)"
              .formatted(address, skew, LARGEST_SKEW),
          null);
    }
    var inside = new ArrayList<X509Certificate>();
    for (var holder : token.getCertificates().getMatches(null)) {
      inside.add(x509(holder));
    }
    var signer = signer(token);
    if (token.getSignedAttributes().get(PKCSObjectIdentifiers.id_aa_signingCertificate) == null
        && token.getSignedAttributes().get(PKCSObjectIdentifiers.id_aa_signingCertificateV2)
            == null) {
      throw new TimestampUnavailable(address + ": no signing-certificate attribute", null);
    }
    // Checks the signature, ESSCertID(v2), the critical and sole EKU, and validity at genTime.
    token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(signer));
    return new TimestampToken(
        token.getEncoded(),
        info.getGenTime().toInstant(),
        info.getSerialNumber(),
        path(x509(signer), inside, info.getGenTime()));
  }

  private X509CertificateHolder signer(TimeStampToken token) {
    for (var holder : token.getCertificates().getMatches(null)) {
      if (token.getSID().match(holder)) {
        return holder;
      }
    }
    throw new TimestampUnavailable(address + " did not send its certificate though asked to", null);
  }

  private List<X509Certificate> path(X509Certificate leaf, List<X509Certificate> inside, Date at)
      throws GeneralSecurityException {
    var target = new X509CertSelector();
    target.setCertificate(leaf);
    var parameters = new PKIXBuilderParameters(anchors, target);
    parameters.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(inside)));
    // Revocation is asked for when the document is archived, after the timestamp (SIG-9).
    parameters.setRevocationEnabled(false);
    parameters.setDate(at);
    var result = (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters);
    var path = new ArrayList<X509Certificate>();
    for (var certificate : result.getCertPath().getCertificates()) {
      path.add((X509Certificate) certificate);
    }
    path.add(result.getTrustAnchor().getTrustedCert());
    return path;
  }

  private static X509Certificate x509(X509CertificateHolder holder)
      throws IOException, CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(holder.getEncoded()));
  }
}
