package jp.musubi.seal.validation;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Calendar;
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
  /** By how much the clocks of two timestamp authorities may differ. */
  private static final Duration SKEW = Duration.ofSeconds(5);

  private final Content content;
  private final Digests digests;
  private final Structure structure;
  private final Trust trust;
  private final List<Reason> minded = new ArrayList<>();
  private final List<Judgement> judgements = new ArrayList<>();
  private final List<Token> stamps = new ArrayList<>();
  private Optional<NewestTimestamp> newest = Optional.empty();

  Validation(Content content, PDDocument document, ValidationPolicy policy) throws IOException {
    this.content = content;
    structure = new Structure(content, document);
    digests =
        new Digests(content, structure.placed().stream().map(Structure.Placed::range).toList());
    trust = new Trust(policy, structure.evidence());
    judgements.add(structure.judgement());
  }

  /** The verdict on a file that claims to be signed and cannot be read. */
  static ValidationReport broken(Content content, String detail) throws IOException {
    return new ValidationReport(
        file(new Digests(content, List.of())),
        Verdict.INVALID,
        List.of(new Reason("broken", "FORMAT_FAILURE", detail)),
        List.of(),
        List.of(),
        List.of());
  }

  /** The newest document timestamp, if it held in {@link #run}. */
  Optional<NewestTimestamp> newest() {
    return newest;
  }

  ValidationReport run() throws IOException {
    if (!structure.isClaimed()) {
      return new ValidationReport(
          file(digests), Verdict.NO_SIGNATURE, List.of(), List.of(), List.of(), List.of());
    }
    if (trust.trustsNobody()) {
      structure
          .judgement()
          .undecided("no-trust-anchor", "NO_CERTIFICATE_CHAIN_FOUND", "no trust anchors");
    }
    for (var placed : structure.placed().reversed()) {
      if (placed.found().isTimestamp()) {
        documentTimestamp(placed.range());
      }
    }
    order();
    var signatures = new ArrayList<ValidationReport.Signature>();
    for (var placed : structure.placed()) {
      if (!placed.found().isTimestamp()) {
        signatures.add(signature(placed));
      }
    }
    return report(signatures);
  }

  private void documentTimestamp(SignedRange range) {
    var judgement = new Judgement();
    judgements.add(judgement);
    var token = Token.verified(range.der(), name -> digests.of(range, name), judgement);
    if (token.isPresent()) {
      var last = stamps.isEmpty();
      var path = judge(token.get(), trust.provenBy(range.end()), !last, judgement);
      if (judgement.passed()) {
        trust.proves(range.end(), token.get().time());
        if (last) {
          trust.renewal(token.get().certificate(), judgement);
          newest = path.map(some -> new NewestTimestamp(range.der(), token.get().time(), some));
        }
      }
      stamps.addFirst(token.get());
    }
  }

  private Optional<List<X509Certificate>> judge(
      Token token, Instant at, boolean answersMustCoverTime, Judgement judgement) {
    var path = trust.judge(token.certificate(), token.known(), at, answersMustCoverTime, judgement);
    trust.standing(token.signer(), token.certificate(), at, judgement);
    trust.standing(token.imprint(), at, judgement);
    if (token.time().isAfter(trust.at())) {
      judgement.undecided("from-the-future", "TIMESTAMP_ORDER_FAILURE", "a timestamp");
    }
    return path;
  }

  private void order() {
    for (var i = 1; i < stamps.size(); i++) {
      if (stamps.get(i).time().plus(SKEW).isBefore(stamps.get(i - 1).time())) {
        structure
            .judgement()
            .failed("timestamp-order", "TIMESTAMP_ORDER_FAILURE", "document timestamps");
      }
    }
  }

  private ValidationReport.Signature signature(Structure.Placed placed) {
    var judgement = new Judgement();
    judgements.add(judgement);
    var range = placed.range();
    var archived = trust.isProven(range.end());
    var time = trust.provenBy(range.end());
    Optional<Token> token = Optional.empty();
    var preserved = false;
    var external = false;
    var cms = Cms.verified(range, digests, judgement);
    if (cms.isPresent()) {
      var stamped = new Judgement();
      token = signatureTimestamp(cms.get(), stamped);
      if (token.isPresent()) {
        judge(token.get(), time, true, stamped);
        if (archived && token.get().time().minus(SKEW).isAfter(time)) {
          stamped.failed("timestamp-order", "TIMESTAMP_ORDER_FAILURE", "a signature's timestamp");
        }
        if (stamped.passed()) {
          time = token.get().time();
        }
      }
      judgement.restsOn(stamped);
      var before = judgement.reasons().size();
      var path = trust.judge(cms.get().certificate(), cms.get().known(), time, true, judgement);
      trust.standing(cms.get().signer(), cms.get().certificate(), time, judgement);
      preserved = stamped.passed() && judgement.reasons().size() == before;
      external = trust.isExternal(cms.get().certificate(), path);
    }
    if (external) {
      structure.judgement().undecided("external-signature", "", placed.found().field());
    }
    if (judgement.passed() && !archived) {
      minded.add(new Reason("no-archive-timestamp", "", placed.found().field()));
    }
    var dictionary = new PDSignature(placed.found().dictionary());
    return new ValidationReport.Signature(
        placed.found().field(),
        text(placed.found(), "Name"),
        cms.map(each -> each.certificate().getSubjectX500Principal().getName()).orElse(""),
        text(placed.found(), "Reason"),
        Optional.ofNullable(dictionary.getSignDate()).map(Calendar::toInstant),
        token.map(Token::report),
        level(
            token.isPresent() || archived, preserved && !structure.evidence().isEmpty(), archived),
        judgement.indication(),
        judgement.subIndication(),
        range.coversRevision(content),
        external);
  }

  private static Optional<Token> signatureTimestamp(Cms cms, Judgement judgement) {
    var attribute = cms.timestamp();
    return attribute.isEmpty()
        ? Optional.empty()
        : signatureTimestamp(attribute.get(), cms.signer().getSignature(), judgement);
  }

  private static Optional<Token> signatureTimestamp(
      ASN1Primitive attribute, byte[] value, Judgement judgement) {
    try {
      return Token.verified(
          attribute.getEncoded(), name -> MessageDigest.getInstance(name).digest(value), judgement);
    } catch (IOException unreadable) {
      judgement.failed(
          "timestamp-broken", "FORMAT_FAILURE", String.valueOf(unreadable.getMessage()));
      return Optional.empty();
    }
  }

  private static String level(boolean timestamped, boolean preserved, boolean archived) {
    var suffix = "B";
    if (timestamped) {
      suffix = preserved ? archived ? "LTA" : "LT" : "T";
    }
    return "PAdES-BASELINE-" + suffix;
  }

  private ValidationReport report(List<ValidationReport.Signature> signatures) throws IOException {
    var verdict = Verdict.VALID;
    var against = new LinkedHashSet<Reason>();
    judgements.sort(Comparator.comparing(j -> j.indication() != Indication.TOTAL_FAILED));
    for (var judgement : judgements) {
      against.addAll(judgement.reasons());
      minded.addAll(judgement.warnings());
      verdict =
          switch (judgement.indication()) {
            case TOTAL_FAILED -> Verdict.INVALID;
            case INDETERMINATE -> verdict == Verdict.INVALID ? verdict : Verdict.INDETERMINATE;
            case TOTAL_PASSED -> verdict;
          };
    }
    if (verdict == Verdict.VALID) {
      against.addAll(minded);
      verdict = minded.isEmpty() ? verdict : Verdict.VALID_WITH_WARNINGS;
    }
    return new ValidationReport(
        file(digests),
        verdict,
        List.copyOf(against),
        signatures,
        stamps.stream().map(Token::report).toList(),
        structure.modifications());
  }

  private static Sha256 file(Digests digests) throws IOException {
    try {
      return digests.file();
    } catch (GeneralSecurityException impossible) {
      throw new IOException("every Java platform has SHA-256", impossible);
    }
  }

  private static String text(SignatureScan.Found found, String key) {
    return Cos.get(found.dictionary(), key) instanceof COSString string ? string.getString() : "";
  }
}
