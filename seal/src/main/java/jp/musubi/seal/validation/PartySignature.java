package jp.musubi.seal.validation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;

/**
 * 当事者署名の検査 — whether a file is the one that was given out, and one signature of the party's own
 * upon it, and nothing else. What it rests on is asked of the network by nobody here: whether the
 * certificate was revoked has to be settled by whoever keeps the file.
 */
public final class PartySignature {
  private static final Set<String> SUB_FILTERS =
      Set.of("ETSI.CAdES.detached", "adbe.pkcs7.detached");

  /** What is open until proofs are fetched, or may be minded; none speaks against the signature. */
  private static final Set<String> OPEN =
      Set.of("revocation-unknown", "no-archive-timestamp", "algorithm-ending", "renewal-due");

  private PartySignature() {}

  /** Why a file is not taken. */
  public enum Why {
    /** It does not begin with every byte of the file that was given out. */
    OTHER_BASE,
    /** It is that file itself, or nothing in what was added is a signature. */
    NOT_SIGNED,
    /** More than one signature was added. */
    SEVERAL,
    /** A document timestamp was added beside it, or instead. */
    TIMESTAMPED,
    /** It stands in another field than the one that was prepared. */
    OTHER_FIELD,
    /** Something beside the signature was changed, or cannot be told from a change. */
    CHANGED,
    /** It does not cover the file to its last byte. */
    NOT_COVERING,
    /** It is of a kind that we do not keep: no PAdES, or without its certificate's digest. */
    KIND,
    /** An algorithm of it may not be relied on any more. */
    WEAK,
    /** The bytes do not match it. */
    BROKEN,
    /** Its certificate is not valid at this time. */
    EXPIRED,
    /** Its certificate leads to no authority that is trusted for this. */
    UNKNOWN_ISSUER,
    /** Its certificate is not for signing documents. */
    KEY_USAGE,
    /** Something else speaks against it. */
    UNSOUND
  }

  /**
   * Whose signature it is, by its certificate.
   *
   * @param holder the subject (RFC 4514)
   * @param issuer who says so
   * @param serial hexadecimal
   * @param validUntil when the certificate ends
   */
  public record Holder(String holder, String issuer, String serial, Instant validUntil) {
    static Holder of(X509Certificate certificate) {
      return new Holder(
          certificate.getSubjectX500Principal().getName(),
          certificate.getIssuerX500Principal().getName(),
          certificate.getSerialNumber().toString(16),
          certificate.getNotAfter().toInstant());
    }
  }

  /** What was found. */
  public sealed interface Found {
    /** One sound signature, and nothing else. */
    record Sound(Holder holder) implements Found {}

    /**
     * Not taken.
     *
     * @param detail for the log, in English; never for a page
     */
    record Unfit(Why why, String detail) implements Found {}
  }

  /**
   * Looks at what was handed in.
   *
   * @param base the file that was given out
   * @param handed what came back
   * @param field that was prepared for it
   * @param policy whom to trust for what the file carried before, and the time
   * @param anchors whom to trust for the new signature
   * @throws IOException when a file cannot be read from the disk
   */
  public static Found check(
      Path base, Path handed, String field, ValidationPolicy policy, Set<X509Certificate> anchors)
      throws IOException {
    var mismatch = Files.mismatch(base, handed);
    if (mismatch == -1) {
      return unfit(Why.NOT_SIGNED, "the same file");
    }
    if (mismatch < Files.size(base)) {
      return unfit(Why.OTHER_BASE, "differs at " + mismatch);
    }
    var both =
        new ValidationPolicy(
            java.util.stream.Stream.concat(policy.trustAnchors().stream(), anchors.stream())
                .collect(Collectors.toSet()),
            Set.of(),
            policy.algorithms(),
            policy.at());
    var before = Validator.validate(base, both);
    ValidationReport after;
    try {
      after = Validator.validate(handed, both);
    } catch (IOException unreadable) {
      return unfit(Why.CHANGED, String.valueOf(unreadable.getMessage()));
    }
    return shape(before, after, field)
        .<Found>map(unfit -> unfit)
        .orElseGet(() -> signature(handed, after, both.at(), anchors));
  }

  /**
   * What is wrong with how the file was made; empty when one signature more stands in its field.
   */
  private static Optional<Found.Unfit> shape(
      ValidationReport before, ValidationReport after, String field) {
    var more = after.signatures().size() - before.signatures().size();
    if (!after.modificationsAfterSigning().isEmpty()) {
      return refused(
          more > 1 ? Why.SEVERAL : Why.CHANGED, after.modificationsAfterSigning().toString());
    }
    if (after.documentTimestamps().size() != before.documentTimestamps().size()) {
      return refused(Why.TIMESTAMPED, after.documentTimestamps().size() + " document timestamps");
    }
    if (more != 1) {
      var malformed =
          after.reasons().stream().anyMatch(each -> each.what().equals("signature-malformed"));
      return after.verdict() == Verdict.INVALID && more < 1
          ? refused(malformed ? Why.KIND : Why.CHANGED, after.reasons().toString())
          : refused(more > 1 ? Why.SEVERAL : Why.NOT_SIGNED, more + " signatures more");
    }
    return after.signatures().getLast().field().equals(field)
        ? Optional.empty()
        : refused(Why.OTHER_FIELD, after.signatures().getLast().field());
  }

  private static Found signature(
      Path handed, ValidationReport after, Instant at, Set<X509Certificate> anchors) {
    var last = after.signatures().getLast();
    if (last.subIndication().equals("HASH_FAILURE")
        || last.subIndication().equals("SIG_CRYPTO_FAILURE")) {
      return unfit(Why.BROKEN, last.toString());
    }
    try (var document = Loader.loadPDF(handed.toFile())) {
      var newest = newest(document.getSignatureDictionaries());
      var range = newest.getByteRange();
      if (range.length != 4 || (long) range[2] + range[3] != Files.size(handed)) {
        return unfit(Why.NOT_COVERING, last.toString());
      }
      if (!SUB_FILTERS.contains(String.valueOf(newest.getSubFilter()))) {
        return unfit(Why.KIND, "sub-filter " + newest.getSubFilter());
      }
      return certificate(cms(newest.getContents()), after, at, anchors);
    } catch (IOException | CMSException | GeneralSecurityException unreadable) {
      return unfit(Why.KIND, String.valueOf(unreadable.getMessage()));
    }
  }

  private static Found certificate(
      CMSSignedData cms, ValidationReport after, Instant at, Set<X509Certificate> anchors)
      throws GeneralSecurityException {
    var last = after.signatures().getLast();
    if (last.subIndication().equals("NO_SIGNING_CERTIFICATE_FOUND")) {
      return unfit(Why.KIND, last.toString());
    }
    var known = Revocations.certificates(cms.getCertificates());
    var signer = cms.getSignerInfos().iterator().next();
    var found =
        known.stream()
            .filter(each -> each.getSerialNumber().equals(signer.getSID().getSerialNumber()))
            .findFirst();
    if (found.isEmpty()) {
      return unfit(Why.KIND, "the signature does not carry its certificate");
    }
    var certificate = found.get();
    if (!isForDocuments(certificate)) {
      return unfit(Why.KEY_USAGE, Holder.of(certificate).toString());
    }
    if (at.isBefore(certificate.getNotBefore().toInstant())
        || !at.isBefore(certificate.getNotAfter().toInstant())) {
      return unfit(Why.EXPIRED, Holder.of(certificate).toString());
    }
    if (after.reasons().stream().anyMatch(each -> each.what().equals("weak-algorithm"))) {
      return unfit(Why.WEAK, last.toString());
    }
    if (!leadsTo(anchors, certificate, known, at)) {
      return unfit(Why.UNKNOWN_ISSUER, Holder.of(certificate).toString());
    }
    var against =
        after.reasons().stream().map(Reason::what).filter(what -> !OPEN.contains(what)).toList();
    return !against.isEmpty() || last.indication() == Indication.TOTAL_FAILED
        ? unfit(Why.UNSOUND, against.toString())
        : new Found.Sound(Holder.of(certificate));
  }

  /** By its key usage: one that names uses and none of these two is for something else. */
  private static boolean isForDocuments(X509Certificate certificate) {
    var usage = certificate.getKeyUsage();
    return certificate.getBasicConstraints() < 0 && (usage == null || usage[0] || usage[1]);
  }

  /** Revocation is not asked here: see the class. */
  private static boolean leadsTo(
      Set<X509Certificate> anchors,
      X509Certificate certificate,
      Collection<X509Certificate> known,
      Instant at) {
    if (anchors.isEmpty() || anchors.contains(certificate)) {
      return false;
    }
    try {
      var target = new X509CertSelector();
      target.setCertificate(certificate);
      var parameters =
          new PKIXBuilderParameters(
              anchors.stream().map(each -> new TrustAnchor(each, null)).collect(Collectors.toSet()),
              target);
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(at));
      parameters.addCertStore(
          CertStore.getInstance(
              "Collection", new CollectionCertStoreParameters(new HashSet<>(known))));
      CertPathBuilder.getInstance("PKIX").build(parameters);
      return true;
    } catch (GeneralSecurityException noPath) {
      return false;
    }
  }

  /** Zeros fill what was set aside for the signature. */
  private static CMSSignedData cms(byte[] contents) throws IOException, CMSException {
    try (var in = new ASN1InputStream(contents)) {
      return new CMSSignedData(ContentInfo.getInstance(in.readObject()));
    } catch (IllegalArgumentException malformed) {
      throw new CMSException("no ContentInfo", malformed);
    }
  }

  private static PDSignature newest(List<PDSignature> all) throws IOException {
    return all.stream()
        .filter(each -> each.getByteRange().length == 4)
        .max(
            java.util.Comparator.comparingLong(
                each -> (long) each.getByteRange()[2] + each.getByteRange()[3]))
        .orElseThrow(() -> new IOException("no signature"));
  }

  private static Found unfit(Why why, String detail) {
    return new Found.Unfit(why, detail);
  }

  private static Optional<Found.Unfit> refused(Why why, String detail) {
    return Optional.of(new Found.Unfit(why, detail));
  }
}
