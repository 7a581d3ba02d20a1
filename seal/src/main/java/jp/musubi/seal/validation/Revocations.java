package jp.musubi.seal.validation;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import jp.musubi.seal.Verifiers;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.CertificateList;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;

/**
 * Judges whether a certificate had been revoked at a time, by answers bound to that certificate and
 * signed by its issuer or by a responder the issuer appointed (RFC 6960, 4.2.2.2; RFC 5280, 6.3).
 */
final class Revocations {
  private static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";

  private final Evidence evidence;
  private final Algorithms algorithms;
  private final IntFunction<Instant> proven;
  private final Map<Signed, Boolean> signed = new HashMap<>();

  /**
   * Judges by what a file carries.
   *
   * @param proven when the revision that ends at a byte is proven to have existed: an answer made
   *     with an algorithm that was retired by then counts for nothing
   */
  Revocations(Evidence evidence, Algorithms algorithms, IntFunction<Instant> proven) {
    this.evidence = evidence;
    this.algorithms = algorithms;
    this.proven = proven;
  }

  private record Use(Instant time, boolean mustCover) {}

  /** An answer or list and who would have had to sign it; answers are equal only to themselves. */
  private record Signed(Object answer, X509Certificate issuer, Instant existed) {}

  private sealed interface Status {
    record Good() implements Status {}

    record Revoked(Instant since) implements Status {}

    record Unknown() implements Status {}
  }

  /**
   * Judges every certificate of a path but its anchor.
   *
   * @param at the proven time of use
   * @param mustCover whether an answer must still have been current at that time
   */
  void judge(List<X509Certificate> path, Instant at, boolean mustCover, Judgement judgement) {
    for (var i = 0; i + 1 < path.size(); i++) {
      var certificate = path.get(i);
      var who = certificate.getSubjectX500Principal().getName();
      switch (status(certificate, path.get(i + 1), new Use(at, mustCover))) {
        case Status.Good _ -> {}
        case Status.Revoked revoked ->
            judgement.failed(
                "certificate-revoked",
                i == 0 ? "REVOKED" : "REVOKED_CA",
                who + " since " + revoked.since());
        case Status.Unknown _ ->
            judgement.undecided("revocation-unknown", "TRY_LATER", "no answer about " + who);
      }
    }
  }

  private Status status(X509Certificate certificate, X509Certificate issuer, Use at) {
    var all = new ArrayList<Status>();
    for (var answer : evidence.answers()) {
      try {
        for (var single : answer.response().getResponses()) {
          if (concerns(single, certificate, issuer) && isSigned(answer, issuer)) {
            all.add(of(single, certificate, at));
          }
        }
      } catch (GeneralSecurityException | OCSPException | IOException | RuntimeException _) {
        // An answer that cannot be checked is none; the status then stays unknown.
      }
    }
    for (var list : evidence.lists()) {
      if (isSigned(list, issuer) && withinScope(list.list(), certificate)) {
        all.add(of(list.list(), certificate, at));
      }
    }
    return all.stream()
        .filter(Status.Revoked.class::isInstance)
        .findFirst()
        .or(() -> all.stream().filter(Status.Good.class::isInstance).findFirst())
        .orElseGet(Status.Unknown::new);
  }

  private boolean isSigned(Evidence.Answer answer, X509Certificate issuer) {
    return signed.computeIfAbsent(
        new Signed(answer, issuer, proven.apply(answer.end())),
        asked -> {
          try {
            return signedForIssuer(answer.response(), issuer, asked.existed());
          } catch (OCSPException
              | GeneralSecurityException
              | OperatorCreationException
              | IOException
              | RuntimeException unusable) {
            // An answer that cannot be checked is none; the status then stays unknown.
            return false;
          }
        });
  }

  private boolean isSigned(Evidence.Listed list, X509Certificate issuer) {
    return signed.computeIfAbsent(
        new Signed(list, issuer, proven.apply(list.end())),
        asked -> {
          try {
            return listed(list.list(), issuer, asked.existed());
          } catch (GeneralSecurityException | RuntimeException unusable) {
            // A list that cannot be checked is none; the status then stays unknown.
            return false;
          }
        });
  }

  private static Status of(SingleResp single, X509Certificate certificate, Use at)
      throws IOException {
    var until = single.getNextUpdate();
    return switch (single.getCertStatus()) {
      case null ->
          remembers(single).isAfter(certificate.getNotAfter().toInstant())
              ? new Status.Unknown()
              : covers((until == null ? single.getThisUpdate() : until).toInstant(), at);
      case RevokedStatus revoked -> revokedAt(revoked.getRevocationTime().toInstant(), at);
      default -> new Status.Unknown();
    };
  }

  /** Since when the responder knows of certificates that have ended (RFC 6960, 4.4.4). */
  private static Instant remembers(SingleResp single) throws IOException {
    var cutoff = single.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_archive_cutoff);
    try {
      return cutoff == null
          ? single.getThisUpdate().toInstant()
          : ASN1GeneralizedTime.getInstance(cutoff.getParsedValue()).getDate().toInstant();
    } catch (ParseException unreadable) {
      throw new IOException("archive cutoff", unreadable);
    }
  }

  private static Status of(X509CRL list, X509Certificate certificate, Use at) {
    var entry = list.getRevokedCertificate(certificate);
    if (entry != null) {
      return revokedAt(entry.getRevocationDate().toInstant(), at);
    }
    // A list may drop what has expired; it then says nothing about it (RFC 5280, 3.3).
    return list.getThisUpdate().toInstant().isAfter(certificate.getNotAfter().toInstant())
        ? new Status.Unknown()
        : covers(
            (list.getNextUpdate() == null ? list.getThisUpdate() : list.getNextUpdate())
                .toInstant(),
            at);
  }

  private static Status covers(Instant until, Use at) {
    return at.mustCover() && until.isBefore(at.time()) ? new Status.Unknown() : new Status.Good();
  }

  private static Status revokedAt(Instant since, Use at) {
    return since.isAfter(at.time()) ? new Status.Good() : new Status.Revoked(since);
  }

  private static boolean concerns(
      SingleResp single, X509Certificate certificate, X509Certificate issuer)
      throws OCSPException, CertificateEncodingException, IOException {
    var id = single.getCertID();
    return id.getSerialNumber().equals(certificate.getSerialNumber())
        && id.matchesIssuer(
            new X509CertificateHolder(issuer.getEncoded()), new BcDigestCalculatorProvider());
  }

  private boolean signedForIssuer(BasicOCSPResp answer, X509Certificate issuer, Instant existed)
      throws OCSPException, GeneralSecurityException, OperatorCreationException, IOException {
    if (verifies(answer, issuer, existed)) {
      return true;
    }
    var candidates = new ArrayList<X509Certificate>();
    for (var holder : answer.getCerts()) {
      candidates.add(new JcaX509CertificateConverter().getCertificate(holder));
    }
    candidates.addAll(evidence.certificates());
    var produced = answer.getProducedAt().toInstant();
    for (var responder : candidates) {
      if (appointed(responder, issuer)
          && !produced.isBefore(responder.getNotBefore().toInstant())
          && !produced.isAfter(responder.getNotAfter().toInstant())
          && verifies(answer, responder, existed)) {
        return true;
      }
    }
    return false;
  }

  private boolean verifies(BasicOCSPResp answer, X509Certificate certificate, Instant existed)
      throws OCSPException, OperatorCreationException, CertificateEncodingException, IOException {
    var holder = new X509CertificateHolder(certificate.getEncoded());
    if (!matchesResponder(answer, holder)
        || algorithms.signed(answer.getSignatureAlgorithmID(), certificate.getPublicKey(), existed)
            == AlgorithmSunset.Standing.RETIRED) {
      return false;
    }
    return answer.isSignatureValid(Verifiers.of(answer.getSignatureAlgorithmID(), certificate));
  }

  private static boolean matchesResponder(BasicOCSPResp answer, X509CertificateHolder holder) {
    var id = answer.getResponderId().toASN1Primitive();
    if (id.getName() != null) {
      return id.getName().equals(holder.getSubject());
    }
    try {
      var hash =
          new JcaX509ExtensionUtils()
              .createSubjectKeyIdentifier(holder.getSubjectPublicKeyInfo())
              .getKeyIdentifier();
      return java.util.Arrays.equals(hash, id.getKeyHash());
    } catch (java.security.NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** An appointed responder that could itself be revoked would need an answer of its own. */
  private static boolean appointed(X509Certificate responder, X509Certificate issuer)
      throws GeneralSecurityException {
    if (!responder.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
      return false;
    }
    var usages = responder.getExtendedKeyUsage();
    if (usages == null
        || !usages.contains(OCSP_SIGNING)
        || responder.getExtensionValue(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck.getId())
            == null) {
      return false;
    }
    return signedBy(responder, issuer);
  }

  private boolean listed(X509CRL list, X509Certificate issuer, Instant existed)
      throws GeneralSecurityException {
    if (!list.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
      return false;
    }
    list.verify(issuer.getPublicKey());
    var usage = issuer.getKeyUsage();
    if (usage != null && !usage[6]) {
      return false;
    }
    if (list.hasUnsupportedCriticalExtension()
        || list.getExtensionValue(Extension.deltaCRLIndicator.getId()) != null) {
      return false;
    }
    var algorithm = CertificateList.getInstance(list.getEncoded()).getSignatureAlgorithm();
    return algorithms.signed(algorithm, issuer.getPublicKey(), existed)
        != AlgorithmSunset.Standing.RETIRED;
  }

  private static boolean withinScope(X509CRL list, X509Certificate certificate) {
    var extension = list.getExtensionValue(Extension.issuingDistributionPoint.getId());
    if (extension == null) {
      return true;
    }
    var point =
        IssuingDistributionPoint.getInstance(
            org.bouncycastle.asn1.ASN1OctetString.getInstance(extension).getOctets());
    var authority = certificate.getBasicConstraints() >= 0;
    return !point.isIndirectCRL()
        && !point.onlyContainsAttributeCerts()
        && point.getOnlySomeReasons() == null
        && (!point.onlyContainsUserCerts() || !authority)
        && (!point.onlyContainsCACerts() || authority);
  }

  private static boolean signedBy(X509Certificate certificate, X509Certificate issuer) {
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException another) {
      return false;
    }
  }

  static Collection<X509Certificate> certificates(
      org.bouncycastle.util.Store<X509CertificateHolder> store) throws GeneralSecurityException {
    var certificates = new ArrayList<X509Certificate>();
    for (var holder : store.getMatches(null)) {
      certificates.add(new JcaX509CertificateConverter().getCertificate(holder));
    }
    return certificates;
  }
}
