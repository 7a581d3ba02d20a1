package jp.musubi.seal;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Date;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import jp.musubi.seal.pdf.AppendablePdf;
import jp.musubi.seal.pdf.Cos;
import jp.musubi.seal.pdf.Revision;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSString;

/** The steps from a prepared document to a timestamped seal. */
final class Sealing {
  private static final Duration SHORTEST_LIFE = Duration.ofDays(1);
  private static final DateTimeFormatter PDF_DATE =
      DateTimeFormatter.ofPattern("'D:'uuuuMMddHHmmss'+00''00'''", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final COSName DOC_MDP = COSName.getPDFName("DocMDP");
  private static final int SIGNATURES_EXIST_AND_APPEND_ONLY = 3;

  private final SealKey key;
  private final TokenRoom tokens;
  private final SignerMemory memory;

  Sealing(SealKey key, TokenRoom tokens, SignerMemory memory) {
    this.memory = memory;
    this.key = key;
    this.tokens = tokens;
  }

  ToBeSigned layOut(Content found, Path file, SealRequest request) {
    requireLife(key.chain().getFirst(), request.signingTime());
    var cms = new SealCms(key.chain(), key.algorithm());
    var content = found.read(file, EnumSet.of(cms.digest()));
    // The attributes' size does not depend on the digest in them.
    var room = cms.size(cms.signedAttributes(new byte[cms.digest().length()]), tokens.bytes());
    try (var base = content.open(file)) {
      var revision = new Revision(base);
      var signature = dictionary(request);
      var reference = Revision.reference(revision.newKey(), signature);
      fill(base, revision, reference, request);
      revision.putSignature(reference.getKey(), signature, room);
      var appendix = revision.finish(identifier(content));
      var digest = content.digest(cms.digest(), appendix.covered());
      var laidOut = new ToBeSigned(content, appendix, cms, cms.signedAttributes(digest));
      return content.isInMemory() ? laidOut.on(revision) : laidOut;
    } catch (IOException e) {
      throw new UnsealablePdf("the document cannot be sealed", e);
    }
  }

  byte[] sign(ToBeSigned laidOut) {
    if (!laidOut.cms().chain().getFirst().equals(key.chain().getFirst())) {
      throw new KeyUnavailable("the seal was laid out for another certificate", null);
    }
    return key.sign(laidOut.toBeSigned());
  }

  Timestamped timestamp(Sealed sealed, Path file) {
    var laidOut = sealed.signed();
    var token = tokens.token(sealed.signature());
    var cms = laidOut.cms().assemble(laidOut.toBeSigned(), sealed.signature(), token.der());
    var appendix = laidOut.appendix();
    if (cms.length > appendix.room()) {
      throw new SignatureTooLarge(cms.length, appendix.room());
    }
    var before = laidOut.content().read(file, EnumSet.noneOf(ImprintAlgorithm.class));
    var content =
        laidOut
            .revision()
            .map(revision -> before.plus(appendix, cms, revision))
            .orElseGet(() -> before.plus(appendix.filled(cms)));
    memory.keep(Arrays.copyOf(cms, appendix.room()), signers(laidOut.cms(), token));
    return new Timestamped(content, sealed.certificateSerial(), Stamp.of(token));
  }

  private static Signers signers(SealCms cms, TimestampToken token) {
    var inside = new LinkedHashSet<>(cms.chain());
    inside.addAll(token.path());
    return new Signers(
        new LinkedHashSet<>(List.of(cms.chain().getFirst(), token.path().getFirst())),
        inside,
        token.time());
  }

  /** No two states of a file share it, and no clock is needed. */
  static byte[] identifier(Content content) {
    return Arrays.copyOf(content.digest(ImprintAlgorithm.SHA_256, new byte[] {'I', 'D'}), 16);
  }

  private static void fill(
      AppendablePdf base, Revision revision, COSObject signature, SealRequest request)
      throws IOException {
    var fields = FormFields.of(base.catalog());
    var field = fields.empty(request.field());
    var filled = new COSDictionary(field.dictionary());
    filled.setItem(COSName.V, signature);
    var catalog = new COSDictionary(base.catalog());
    var catalogChanged = false;
    if (request.certify()) {
      if (catalog.containsKey(COSName.PERMS) || !fields.signatures().isEmpty()) {
        throw new UnsealablePdf("only the first seal of a document can certify it", null);
      }
      var permissions = new COSDictionary();
      permissions.setItem(DOC_MDP, signature);
      catalog.setItem(COSName.PERMS, permissions);
      catalogChanged = true;
    }
    var flags = Cos.number(fields.form(), "SigFlags", 0);
    if ((flags & SIGNATURES_EXIST_AND_APPEND_ONLY) != SIGNATURES_EXIST_AND_APPEND_ONLY) {
      var form = new COSDictionary(fields.form());
      form.setItem(COSName.SIG_FLAGS, COSInteger.get(flags | SIGNATURES_EXIST_AND_APPEND_ONLY));
      if (catalog.getItem(COSName.ACRO_FORM) instanceof COSObject reference
          && reference.getKey() != null) {
        revision.put(reference.getKey(), form);
      } else {
        catalog.setItem(COSName.ACRO_FORM, form);
        catalogChanged = true;
      }
    }
    revision.put(field.key(), filled);
    if (catalogChanged) {
      revision.put(base.catalogKey(), catalog);
    }
  }

  private static COSDictionary dictionary(SealRequest request) {
    var signature = new COSDictionary();
    signature.setItem(COSName.TYPE, COSName.SIG);
    signature.setItem(COSName.FILTER, COSName.getPDFName("Adobe.PPKLite"));
    signature.setItem(COSName.SUB_FILTER, COSName.getPDFName("ETSI.CAdES.detached"));
    text(signature, COSName.NAME, request.name());
    text(signature, COSName.REASON, request.reason());
    text(signature, COSName.LOCATION, request.location());
    text(signature, COSName.CONTACT_INFO, request.contactInfo());
    signature.setItem(COSName.M, new COSString(PDF_DATE.format(request.signingTime())));
    if (request.certify()) {
      signature.setItem(COSName.getPDFName("Reference"), certification());
    }
    return signature;
  }

  /** UTF-16 whatever it says, so that no two readers take it for another encoding. */
  private static void text(COSDictionary signature, COSName key, String value) {
    if (!value.isEmpty()) {
      var bytes = ("\uFEFF" + value).getBytes(java.nio.charset.StandardCharsets.UTF_16BE);
      signature.setItem(key, new COSString(bytes));
    }
  }

  /** ISO 32000-2, 12.8.2.2: later changes may fill signature fields, nothing else (SIG-5). */
  private static COSArray certification() {
    var parameters = new COSDictionary();
    parameters.setItem(COSName.TYPE, COSName.getPDFName("TransformParams"));
    parameters.setInt(COSName.P, 2);
    parameters.setName(COSName.V, "1.2");
    var reference = new COSDictionary();
    reference.setItem(COSName.TYPE, COSName.getPDFName("SigRef"));
    reference.setItem(COSName.getPDFName("TransformMethod"), DOC_MDP);
    reference.setItem(COSName.getPDFName("TransformParams"), parameters);
    var references = new COSArray();
    references.add(reference);
    return references;
  }

  private static void requireLife(X509Certificate certificate, Instant now) {
    try {
      certificate.checkValidity(Date.from(now));
      certificate.checkValidity(Date.from(now.plus(SHORTEST_LIFE)));
    } catch (CertificateException e) {
      throw new CertificateUnfit(
          "the sealing certificate is valid from %s until %s (now: %s)"
              .formatted(
                  certificate.getNotBefore().toInstant(),
                  certificate.getNotAfter().toInstant(),
                  now),
          e);
    }
  }
}
