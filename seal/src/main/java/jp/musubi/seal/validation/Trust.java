package jp.musubi.seal.validation;

import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cms.SignerInformation;

/**
 * Certificates, revocation and algorithms at the time at which something is proven to have existed
 * (ETSI EN 319 102-1, 5.6.2): each document timestamp proves all that stands before it, so that a
 * chain of them carries a signature over decades.
 */
final class Trust {
  private static final Duration OVERDUE = Duration.ofDays(90);

  private final ValidationPolicy policy;
  private final Evidence evidence;
  private final Chains chains;
  private final Algorithms algorithms;
  private final Revocations revocations;
  private final List<Proof> proofs = new ArrayList<>();

  /** A trusted document timestamp: whatever stands before {@code end} existed at {@code time}. */
  private record Proof(int end, Instant time) {}

  Trust(ValidationPolicy policy, Evidence evidence) {
    this.policy = policy;
    this.evidence = evidence;
    this.chains = new Chains(policy.trustAnchors());
    this.algorithms = new Algorithms(policy.algorithms());
    // The revision that ends with a timestamp is proven by it.
    this.revocations = new Revocations(evidence, algorithms, end -> provenBy(end - 1));
  }

  boolean trustsNobody() {
    return chains.trustsNobody();
  }

  /** Takes in a document timestamp that holds. */
  void proves(int end, Instant time) {
    proofs.add(new Proof(end, time));
  }

  /** When the bytes before {@code end} are proven to have existed, else the time of judgement. */
  Instant provenBy(int end) {
    return proofs.stream()
        .filter(proof -> proof.end() > end)
        .map(Proof::time)
        .min(Comparator.naturalOrder())
        .orElse(policy.at());
  }

  /** Whether a document timestamp that holds covers what stands before {@code end}. */
  boolean isProven(int end) {
    return proofs.stream().anyMatch(proof -> proof.end() > end);
  }

  /**
   * Path and revocation of a certificate at a time. For the newest document timestamp nothing in
   * the file can speak of a later time, so the youngest answer there is must do.
   *
   * @return the path, empty when there is none
   */
  Optional<List<X509Certificate>> judge(
      X509Certificate certificate,
      Collection<X509Certificate> own,
      Instant at,
      boolean answersMustCoverTime,
      Judgement judgement) {
    if (chains.trustsNobody()) {
      judgement.undecided("no-trust-anchor", "NO_CERTIFICATE_CHAIN_FOUND", "no trust anchors");
      return Optional.empty();
    }
    var known = new LinkedHashSet<>(own);
    known.addAll(evidence.certificates());
    var path = chains.path(certificate, known, at);
    if (path.isEmpty()) {
      var valid =
          !at.isBefore(certificate.getNotBefore().toInstant())
              && !at.isAfter(certificate.getNotAfter().toInstant());
      judgement.undecided(
          valid ? "not-trusted" : "certificate-expired",
          valid ? "NO_CERTIFICATE_CHAIN_FOUND" : "OUT_OF_BOUNDS_NO_POE",
          certificate.getSubjectX500Principal().getName() + " at " + at);
      return path;
    }
    for (var i = 0; i + 1 < path.get().size(); i++) {
      standing(path.get().get(i), path.get().get(i + 1).getPublicKey(), at, judgement);
    }
    revocations.judge(path.get(), at, answersMustCoverTime, judgement);
    return path;
  }

  private void standing(
      X509Certificate certificate, PublicKey issuer, Instant at, Judgement judgement) {
    var who = certificate.getSubjectX500Principal().getName();
    try {
      standing(algorithms.certificate(certificate, issuer, at), who, at, judgement);
    } catch (CertificateEncodingException | RuntimeException unreadable) {
      standing(AlgorithmSunset.Standing.RETIRED, who, at, judgement);
    }
  }

  /** What a signature's own algorithms are worth at a time. */
  void standing(
      SignerInformation signer, X509Certificate certificate, Instant at, Judgement judgement) {
    var who = certificate.getSubjectX500Principal().getName();
    standing(
        Algorithms.worst(
            List.of(
                algorithms.digest(signer.getDigestAlgOID(), at),
                algorithms.signature(
                    signer.toASN1Structure().getDigestEncryptionAlgorithm(),
                    certificate.getPublicKey(),
                    at))),
        who,
        at,
        judgement);
  }

  /** What a digest is worth at a time. */
  void standing(String digest, Instant at, Judgement judgement) {
    standing(algorithms.digest(digest, at), digest, at, judgement);
  }

  private static void standing(
      AlgorithmSunset.Standing standing, String who, Instant at, Judgement judgement) {
    switch (standing) {
      case SOUND -> {}
      case ENDING -> judgement.warned("algorithm-ending", who + " at " + at);
      case RETIRED ->
          judgement.undecided(
              "weak-algorithm", "CRYPTO_CONSTRAINTS_FAILURE_NO_POE", who + " at " + at);
    }
  }

  /** Warns when the newest proof will soon prove nothing any more. */
  void renewal(X509Certificate ofNewestTimestamp, Judgement judgement) {
    var end = ofNewestTimestamp.getNotAfter().toInstant();
    if (end.isBefore(policy.at().plus(OVERDUE))) {
      judgement.warned("renewal-due", "the newest timestamp's certificate ends at " + end);
    }
  }

  /** Whether a signature is of somebody else than this service, where the policy asks. */
  boolean isExternal(X509Certificate certificate, Optional<List<X509Certificate>> path) {
    return !policy.ours().isEmpty()
        && !policy.ours().contains(certificate)
        && path.stream().flatMap(List::stream).noneMatch(policy.ours()::contains);
  }

  Instant at() {
    return policy.at();
  }
}
