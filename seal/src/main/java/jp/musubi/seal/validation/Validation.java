package jp.musubi.seal.validation;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.pdf.Cos;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.bouncycastle.asn1.ASN1Primitive;

/**
 * One run over one file: structure first, then timestamps from the newest back, then signatures.
 */
final class Validation {
  private final byte[] file;
  private final PDDocument document;
  private final ValidationPolicy policy;
  private final Chains chains;
  private final Evidence evidence;
  private final List<Reason> reasons = new ArrayList<>();
  private final List<Judgement> judgements = new ArrayList<>();
  private final List<Stamp> stamps = new ArrayList<>();

  /** A signature whose range is sound. */
  private record Placed(SignatureScan.Found found, SignedRange range) {}

  /** A document timestamp that holds, and where its proof ends. */
  private record Stamp(int end, Token token, boolean trusted) {}

  Validation(byte[] file, PDDocument document, ValidationPolicy policy) throws IOException {
    this.file = file;
    this.document = document;
    this.policy = policy;
    this.chains = new Chains(policy.trustAnchors());
    this.evidence = Evidence.of(document);
  }

  static ValidationReport broken(byte[] file, String detail) {
    return new ValidationReport(
        Sha256.of(file),
        Verdict.INVALID,
        List.of(new Reason("broken", "FORMAT_FAILURE", detail)),
        List.of(),
        List.of(),
        List.of());
  }

  ValidationReport run() throws IOException {
    var scan = new SignatureScan(document);
    var structure = new Judgement();
    judgements.add(structure);
    scan.malformed().forEach(r -> structure.failed(r.what(), r.subIndication(), r.detail()));
    if (Validator.count(file) > scan.found().size()) {
      structure.failed(
          "signature-malformed", "FORMAT_FAILURE", "the bytes hold signatures the form does not");
    }
    if (scan.found().isEmpty() && structure.passed()) {
      return new ValidationReport(
          Sha256.of(file), Verdict.NO_SIGNATURE, List.of(), List.of(), List.of(), List.of());
    }
    var placed = place(scan, structure);
    var modifications = modifications(placed, structure);
    if (!modifications.isEmpty()) {
      structure.failed("changed-after-signing", "FORMAT_FAILURE", modifications.getFirst());
    }
    if (chains.trustsNobody()) {
      structure.undecided("no-trust-anchor", "NO_CERTIFICATE_CHAIN_FOUND", "no trust anchors");
    }
    for (var stamp : placed.reversed()) {
      if (stamp.found().isTimestamp()) {
        documentTimestamp(stamp);
      }
    }
    order(structure);
    var signatures = new ArrayList<ValidationReport.Signature>();
    for (var each : placed) {
      if (!each.found().isTimestamp()) {
        signatures.add(signature(each));
      }
    }
    return report(signatures, modifications);
  }

  private List<Placed> place(SignatureScan scan, Judgement structure) {
    var placed = new ArrayList<Placed>();
    for (var found : scan.found()) {
      var offset = document.getDocument().getXrefTable().get(found.key());
      try {
        var range = SignedRange.of(found, file, offset == null ? -1 : offset);
        if (!range.coversRevision(file)) {
          structure.failed(
              "signature-malformed", "FORMAT_FAILURE", "a signature ends within a revision");
        }
        placed.add(new Placed(found, range));
      } catch (SignedRange.Malformed malformed) {
        structure.failed(
            "signature-malformed", "FORMAT_FAILURE", String.valueOf(malformed.getMessage()));
      }
    }
    placed.sort(Comparator.comparingInt(p -> p.range().end()));
    for (var i = 1; i < placed.size(); i++) {
      if (placed.get(i).range().firstEnd() < placed.get(i - 1).range().end()) {
        structure.failed("signature-malformed", "FORMAT_FAILURE", "two signed ranges collide");
      }
    }
    return placed;
  }

  private List<String> modifications(List<Placed> placed, Judgement structure) {
    var found = new LinkedHashSet<String>();
    for (var i = 0; i < placed.size(); i++) {
      var from = placed.get(i).range().end();
      var to = i + 1 < placed.size() ? placed.get(i + 1).range().end() : file.length;
      if (from >= to) {
        continue;
      }
      try (var before = Validator.parse(file, from);
          var after = Validator.parse(file, to)) {
        found.addAll(AppendedBytes.check(file, from, to, after));
        found.addAll(Changes.between(before, after));
      } catch (IOException | RuntimeException unreadable) {
        structure.failed("broken", "FORMAT_FAILURE", String.valueOf(unreadable.getMessage()));
      }
    }
    found.addAll(DocMdp.check(document, placed.stream().map(Placed::found).toList()));
    return List.copyOf(found);
  }

  private void documentTimestamp(Placed placed) {
    var judgement = new Judgement();
    judgements.add(judgement);
    var range = placed.range();
    var token =
        Token.verified(
            range.der(),
            digest -> {
              digest.update(file, 0, range.firstEnd());
              digest.update(file, range.secondStart(), range.end() - range.secondStart());
              return digest.digest();
            },
            judgement);
    if (token.isPresent()) {
      var newest = stamps.isEmpty();
      trust(
          token.get().certificate(),
          token.get().known(),
          provenBy(range.end()),
          !newest,
          judgement);
      stamps.addFirst(new Stamp(range.end(), token.get(), judgement.passed()));
    }
  }

  /** When the bytes before {@code end} are proven to have existed, else the time of judgement. */
  private Instant provenBy(int end) {
    return stamps.stream()
        .filter(stamp -> stamp.trusted() && stamp.end() > end)
        .map(stamp -> stamp.token().time())
        .min(Comparator.naturalOrder())
        .orElse(policy.at());
  }

  private void order(Judgement structure) {
    for (var i = 1; i < stamps.size(); i++) {
      if (stamps.get(i).token().time().isBefore(stamps.get(i - 1).token().time())) {
        structure.failed("timestamp-order", "TIMESTAMP_ORDER_FAILURE", "document timestamps");
      }
    }
    for (var stamp : stamps) {
      if (stamp.token().time().isAfter(policy.at())) {
        structure.undecided("from-the-future", "TIMESTAMP_ORDER_FAILURE", "a document timestamp");
      }
    }
  }

  private ValidationReport.Signature signature(Placed placed) {
    var judgement = new Judgement();
    judgements.add(judgement);
    var range = placed.range();
    var time = provenBy(range.end());
    Optional<Token> token = Optional.empty();
    var preserved = false;
    var cms = Cms.verified(range, file, judgement);
    if (cms.isPresent()) {
      var stamped = new Judgement();
      var attribute = cms.get().timestamp();
      if (attribute.isPresent()) {
        token = signatureTimestamp(attribute.get(), cms.get(), stamped);
        if (token.isPresent()) {
          var known = token.get();
          trust(known.certificate(), known.known(), time, true, stamped);
          if (stamped.passed()) {
            time = known.time();
          }
          if (known.time().isAfter(policy.at())) {
            stamped.undecided("from-the-future", "TIMESTAMP_ORDER_FAILURE", "a timestamp");
          }
        }
        judgement.restsOn(stamped);
      }
      var before = judgement.reasons().size();
      trust(cms.get().certificate(), cms.get().known(), time, true, judgement);
      preserved = stamped.passed() && judgement.reasons().size() == before;
    }
    var archived = stamps.stream().anyMatch(s -> s.trusted() && s.end() > range.end());
    var level = level(token.isPresent(), preserved && hasEvidence(), archived);
    if (judgement.passed() && !archived) {
      reasons.add(new Reason("no-archive-timestamp", "", placed.found().field()));
    }
    var dictionary = new PDSignature(placed.found().dictionary());
    return new ValidationReport.Signature(
        placed.found().field(),
        text(placed.found(), "Name"),
        text(placed.found(), "Reason"),
        Optional.ofNullable(dictionary.getSignDate()).map(java.util.Calendar::toInstant),
        token.map(Token::report),
        level,
        judgement.indication(),
        judgement.subIndication(),
        range.coversRevision(file));
  }

  private static Optional<Token> signatureTimestamp(
      ASN1Primitive attribute, Cms cms, Judgement judgement) {
    try {
      return Token.verified(
          attribute.getEncoded(),
          digest -> digestOf(digest, cms.signer().getSignature()),
          judgement);
    } catch (IOException unreadable) {
      judgement.failed(
          "timestamp-broken", "FORMAT_FAILURE", String.valueOf(unreadable.getMessage()));
      return Optional.empty();
    }
  }

  private static byte[] digestOf(MessageDigest digest, byte[] bytes) {
    return digest.digest(bytes);
  }

  /**
   * Path and revocation of a certificate at a time. For the newest document timestamp nothing in
   * the file can speak of a later time, so the youngest answer there is must do.
   */
  private void trust(
      X509Certificate certificate,
      Collection<X509Certificate> own,
      Instant at,
      boolean answersMustCoverTime,
      Judgement judgement) {
    if (chains.trustsNobody()) {
      judgement.undecided("no-trust-anchor", "NO_CERTIFICATE_CHAIN_FOUND", "no trust anchors");
      return;
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
      return;
    }
    new Revocations(evidence).judge(path.get(), at, answersMustCoverTime, judgement);
  }

  private boolean hasEvidence() {
    return !evidence.answers().isEmpty() || !evidence.lists().isEmpty();
  }

  private static String level(boolean timestamped, boolean preserved, boolean archived) {
    var suffix = "B";
    if (timestamped) {
      suffix = preserved ? archived ? "LTA" : "LT" : "T";
    }
    return "PAdES-BASELINE-" + suffix;
  }

  private ValidationReport report(
      List<ValidationReport.Signature> signatures, List<String> modifications) {
    var verdict = Verdict.VALID;
    var against = new LinkedHashSet<Reason>();
    judgements.sort(Comparator.comparing(j -> j.indication() != Indication.TOTAL_FAILED));
    for (var judgement : judgements) {
      against.addAll(judgement.reasons());
      verdict =
          switch (judgement.indication()) {
            case TOTAL_FAILED -> Verdict.INVALID;
            case INDETERMINATE -> verdict == Verdict.INVALID ? verdict : Verdict.INDETERMINATE;
            case TOTAL_PASSED -> verdict;
          };
    }
    if (verdict == Verdict.VALID) {
      against.addAll(reasons);
      verdict = reasons.isEmpty() ? verdict : Verdict.VALID_WITH_WARNINGS;
    }
    return new ValidationReport(
        Sha256.of(file),
        verdict,
        List.copyOf(against),
        signatures,
        stamps.stream().map(stamp -> stamp.token().report()).toList(),
        modifications);
  }

  private static String text(SignatureScan.Found found, String key) {
    return Cos.get(found.dictionary(), key) instanceof COSString string ? string.getString() : "";
  }
}
