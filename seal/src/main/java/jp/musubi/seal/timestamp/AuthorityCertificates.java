package jp.musubi.seal.timestamp;

import static jp.musubi.seal.timestamp.TokenRefusal.CERTIFICATION_AUTHORITY;
import static jp.musubi.seal.timestamp.TokenRefusal.KEY_USAGE;
import static jp.musubi.seal.timestamp.TokenRefusal.MALFORMED_CERTIFICATE;
import static jp.musubi.seal.timestamp.TokenRefusal.NO_CERTIFICATE;
import static jp.musubi.seal.timestamp.TokenRefusal.NO_PATH;
import static jp.musubi.seal.timestamp.TokenRefusal.NO_PURPOSE;
import static jp.musubi.seal.timestamp.TokenRefusal.PURPOSE_NOT_CRITICAL;
import static jp.musubi.seal.timestamp.TokenRefusal.PURPOSE_NOT_SOLE;
import static jp.musubi.seal.timestamp.TokenRefusal.WEAK_KEY;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.seal.Sha256;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.SignerId;
import org.bouncycastle.util.Store;

/**
 * Whom a token may come from. What depends on certificates alone is found once for each set of them
 * and remembered: an authority sends the same certificates with every token, and a path costs more
 * than all other checks together.
 */
final class AuthorityCertificates {
  private static final String TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
  private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
  private static final int SMALLEST_RSA = 2048;
  private static final int SMALLEST_CURVE = 256;

  /** More sets than anybody has authorities; a hostile one cannot fill the memory. */
  private static final int REMEMBERED = 32;

  private final Set<TrustAnchor> anchors;
  private final SequencedMap<Sha256, Path> paths = new LinkedHashMap<>();

  /**
   * A path that held when it was found.
   *
   * @param certificates leaf first, anchor last
   * @param holder the leaf as Bouncy Castle reads it
   * @param from when the last of them begins
   * @param until when the first of them ends
   */
  record Path(
      List<X509Certificate> certificates,
      X509CertificateHolder holder,
      Instant from,
      Instant until) {
    X509Certificate leaf() {
      return certificates.getFirst();
    }

    private boolean holdsAt(Instant time) {
      return !time.isBefore(from) && !time.isAfter(until);
    }
  }

  /** Either a path or why there is none. */
  sealed interface Search {
    record Found(Path path) implements Search {}

    record None(TokenVerdict.Refused why) implements Search {}
  }

  AuthorityCertificates(Collection<X509Certificate> anchors) {
    this.anchors =
        anchors.stream()
            .map(certificate -> new TrustAnchor(certificate, null))
            .collect(Collectors.toUnmodifiableSet());
  }

  Search path(Store<X509CertificateHolder> inside, SignerId signer, Instant at) {
    var holders = inside.getMatches(null);
    var leaf = holders.stream().filter(signer::match).findFirst();
    if (leaf.isEmpty()) {
      return none(NO_CERTIFICATE, "the certificate was not sent, though asked for");
    }
    try {
      var name = nameOf(leaf.get(), holders);
      var known = recall(name).filter(path -> path.holdsAt(at));
      if (known.isPresent()) {
        return new Search.Found(known.get());
      }
      var search = search(leaf.get(), holders, at);
      if (search instanceof Search.Found(var path)) {
        remember(name, path);
      }
      return search;
    } catch (IOException | CertificateException e) {
      return none(MALFORMED_CERTIFICATE, String.valueOf(e.getMessage()));
    }
  }

  private Search search(
      X509CertificateHolder leaf, Collection<X509CertificateHolder> holders, Instant at)
      throws IOException, CertificateException {
    var certificate = x509(leaf);
    var unfit = unfit(certificate);
    if (unfit.isPresent()) {
      return new Search.None(unfit.get());
    }
    if (at.isAfter(certificate.getNotAfter().toInstant())) {
      return none(
          TokenRefusal.CERTIFICATE_EXPIRED, "the certificate ended " + certificate.getNotAfter());
    }
    if (at.isBefore(certificate.getNotBefore().toInstant())) {
      return none(
          TokenRefusal.CERTIFICATE_NOT_YET_VALID,
          "the certificate begins " + certificate.getNotBefore());
    }
    var others = new ArrayList<X509Certificate>();
    for (var holder : holders) {
      others.add(x509(holder));
    }
    try {
      return new Search.Found(path(leaf, certificate, others, at));
    } catch (CertPathBuilderException e) {
      return none(NO_PATH, String.valueOf(e.getMessage()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform builds PKIX paths", e);
    }
  }

  /** What a timestamping certificate must be, whatever the time (RFC 3161, 2.3). */
  private static Optional<TokenVerdict.Refused> unfit(X509Certificate certificate)
      throws CertificateException {
    var purposes = certificate.getExtendedKeyUsage();
    if (purposes == null || !purposes.contains(TIME_STAMPING)) {
      return refused(NO_PURPOSE, "the certificate's purposes: " + purposes);
    }
    if (purposes.size() != 1) {
      return refused(PURPOSE_NOT_SOLE, "the certificate's purposes: " + purposes);
    }
    if (!certificate.getCriticalExtensionOIDs().contains(EXTENDED_KEY_USAGE)) {
      return refused(PURPOSE_NOT_CRITICAL, "the certificate's purpose is not critical");
    }
    if (certificate.getBasicConstraints() >= 0) {
      return refused(CERTIFICATION_AUTHORITY, "the certificate is an authority's");
    }
    var usage = certificate.getKeyUsage();
    if (usage != null && !usage[0] && !usage[1]) {
      return refused(KEY_USAGE, "neither digitalSignature nor nonRepudiation");
    }
    return switch (certificate.getPublicKey()) {
      case RSAKey rsa when rsa.getModulus().bitLength() >= SMALLEST_RSA -> Optional.empty();
      case ECKey ec when ec.getParams().getOrder().bitLength() >= SMALLEST_CURVE ->
          Optional.empty();
      default -> refused(WEAK_KEY, "the certificate's key: " + certificate.getPublicKey());
    };
  }

  private Path path(
      X509CertificateHolder holder, X509Certificate leaf, List<X509Certificate> others, Instant at)
      throws CertPathBuilderException,
          InvalidAlgorithmParameterException,
          NoSuchAlgorithmException {
    var target = new X509CertSelector();
    target.setCertificate(leaf);
    var parameters = new PKIXBuilderParameters(anchors, target);
    parameters.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(others)));
    // Revocation is a question for others, and asked after this.
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(at));
    var built = (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters);
    var path = new ArrayList<X509Certificate>();
    for (var certificate : built.getCertPath().getCertificates()) {
      path.add((X509Certificate) certificate);
    }
    path.add(built.getTrustAnchor().getTrustedCert());
    return new Path(
        List.copyOf(path),
        holder,
        path.stream().map(c -> c.getNotBefore().toInstant()).max(Instant::compareTo).orElseThrow(),
        path.stream().map(c -> c.getNotAfter().toInstant()).min(Instant::compareTo).orElseThrow());
  }

  private Optional<Path> recall(Sha256 name) {
    synchronized (paths) {
      return Optional.ofNullable(paths.get(name));
    }
  }

  private void remember(Sha256 name, Path path) {
    synchronized (paths) {
      if (paths.size() >= REMEMBERED) {
        paths.pollFirstEntry();
      }
      paths.put(name, path);
    }
  }

  private static Sha256 nameOf(
      X509CertificateHolder leaf, Collection<X509CertificateHolder> holders) throws IOException {
    var all = new java.io.ByteArrayOutputStream();
    all.write(leaf.getEncoded());
    for (var holder : holders) {
      all.write(holder.getEncoded());
    }
    return Sha256.of(all.toByteArray());
  }

  private static X509Certificate x509(X509CertificateHolder holder)
      throws IOException, CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(holder.getEncoded()));
  }

  private static Search none(TokenRefusal reason, String detail) {
    return new Search.None(new TokenVerdict.Refused(reason, detail));
  }

  private static Optional<TokenVerdict.Refused> refused(TokenRefusal reason, String detail) {
    return Optional.of(new TokenVerdict.Refused(reason, detail));
  }
}
