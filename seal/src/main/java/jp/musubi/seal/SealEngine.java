package jp.musubi.seal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.SignatureOptions;
import org.apache.pdfbox.pdmodel.interactive.form.PDSignatureField;

/**
 * Seals documents: PAdES-BASELINE-T for every seal, -LTA after the last (ETSI EN 319 142-1). Every
 * step appends an incremental update; earlier bytes never change. A failed step leaves no target.
 */
public final class SealEngine {
  /** A token of an authority with a chain of RSA-4096 certificates is about this large. */
  private static final int TOKEN_ROOM = 8_192;

  private static final int CMS_ROOM = 2_048;
  private static final Duration SHORTEST_LIFE = Duration.ofDays(1);
  private static final COSName DOC_MDP = COSName.getPDFName("DocMDP");
  private static final COSName SUB_FILTER_TIMESTAMP = COSName.getPDFName("ETSI.RFC3161");

  private final SealKey key;
  private final TimestampAuthority authority;
  private final RevocationSource revocations;
  private final List<X509Certificate> authorities;

  /** An engine that knows no further certification authorities than its own key's. */
  public SealEngine(SealKey key, TimestampAuthority authority, RevocationSource revocations) {
    this(key, authority, revocations, List.of());
  }

  /**
   * An engine.
   *
   * @param authorities certificates of authorities, wanted when a file carries a timestamp of
   *     another authority than today's
   */
  public SealEngine(
      SealKey key,
      TimestampAuthority authority,
      RevocationSource revocations,
      Collection<X509Certificate> authorities) {
    this.key = key;
    this.authority = authority;
    this.revocations = revocations;
    this.authorities = List.copyOf(authorities);
  }

  /** The certificate that seals. */
  public X509Certificate certificate() {
    return key.chain().getFirst();
  }

  /**
   * Fills a prepared field with a seal and its timestamp.
   *
   * @throws SealException when a part does not answer, or the file is not prepared
   */
  public Sealed seal(Path source, Path target, SealRequest request) {
    requireDistinct(source, target);
    requireLife(request.signingTime());
    var room = CMS_ROOM + chainBytes() + TOKEN_ROOM;
    try {
      return seal(source, target, request, room);
    } catch (SignatureTooLarge tooLarge) {
      // Measured now: the slot did not hold it, the next one does.
      return seal(source, target, request, room * 4);
    }
  }

  private Sealed seal(Path source, Path target, SealRequest request, int room) {
    SealCms.Timestamped cms;
    try (var document = Loader.loadPDF(source.toFile())) {
      var signature = new PDSignature();
      signature.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
      signature.setSubFilter(PDSignature.SUBFILTER_ETSI_CADES_DETACHED);
      signature.setName(request.name());
      signature.setReason(request.reason());
      signature.setLocation(request.location());
      signature.setContactInfo(request.contactInfo());
      signature.setSignDate(utc(request.signingTime()));
      fill(document, request.field(), signature);
      if (request.certify()) {
        certify(document, signature);
      }
      cms = write(document, signature, room, target, request.signingTime());
    } catch (IOException e) {
      throw new UnsealablePdf("the document cannot be sealed", e);
    }
    return new Sealed(
        Sha256.of(target),
        size(target),
        certificate().getSerialNumber(),
        cms.token().serial(),
        cms.token().time());
  }

  private SealCms.Timestamped write(
      PDDocument document, PDSignature signature, int room, Path target, Instant time)
      throws IOException {
    var written = false;
    try (var options = new SignatureOptions();
        var out = Files.newOutputStream(target)) {
      options.setPreferredSignatureSize(room);
      document.addSignature(signature, options);
      document.setDocumentId(time.toEpochMilli());
      var external = document.saveIncrementalForExternalSigning(out);
      var cms = SealCms.create(external.getContent(), key, authority);
      if (cms.der().length > room) {
        throw new SignatureTooLarge(cms.der().length, room);
      }
      external.setSignature(cms.der());
      written = true;
      return cms;
    } finally {
      if (!written) {
        Files.deleteIfExists(target);
      }
    }
  }

  /**
   * Adds certificates and revocation proofs of every signature and timestamp in the file, then a
   * document timestamp over it all.
   *
   * @throws SealException when a part does not answer
   */
  public Archived archive(Path source, Path target) {
    requireDistinct(source, target);
    var preserved = target.resolveSibling(target.getFileName() + ".lt");
    try {
      new Preservation(key.chain(), authorities, revocations).preserve(source, preserved);
      var archived = timestamp(preserved, target);
      Files.delete(preserved);
      return archived;
    } catch (IOException e) {
      discard(preserved, e);
      throw new UnsealablePdf("the document cannot be archived", e);
    } catch (SealException e) {
      discard(preserved, e);
      throw e;
    }
  }

  /** Sealing in place would cut off the file that is being read. */
  private static void requireDistinct(Path source, Path target) {
    if (source.toAbsolutePath().normalize().equals(target.toAbsolutePath().normalize())) {
      throw new IllegalArgumentException("source and target are one file: " + source);
    }
  }

  private static void discard(Path file, Exception failure) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private Archived timestamp(Path source, Path target) throws IOException {
    var room = TOKEN_ROOM;
    try {
      return timestamp(source, target, room);
    } catch (SignatureTooLarge tooLarge) {
      return timestamp(source, target, room * 4);
    }
  }

  private Archived timestamp(Path source, Path target, int room) throws IOException {
    TimestampToken token;
    var written = false;
    try (var document = Loader.loadPDF(source.toFile());
        var options = new SignatureOptions();
        var out = Files.newOutputStream(target)) {
      var signature = new PDSignature();
      signature.setType(COSName.DOC_TIME_STAMP);
      signature.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
      signature.setSubFilter(SUB_FILTER_TIMESTAMP);
      options.setPreferredSignatureSize(room);
      document.addSignature(signature, options);
      // PDFBox derives /ID from this instead of from the clock.
      document.setDocumentId(Files.size(source));
      var external = document.saveIncrementalForExternalSigning(out);
      var digest = Sha256.digest();
      try (var content = external.getContent()) {
        var buffer = new byte[64 * 1024];
        for (var n = content.read(buffer); n >= 0; n = content.read(buffer)) {
          digest.update(buffer, 0, n);
        }
      }
      token = authority.timestamp(digest.digest());
      if (token.der().length > room) {
        throw new SignatureTooLarge(token.der().length, room);
      }
      external.setSignature(token.der());
      written = true;
    } finally {
      if (!written) {
        Files.deleteIfExists(target);
      }
    }
    return new Archived(Sha256.of(target), size(target), token.serial(), token.time());
  }

  private static void fill(PDDocument document, String name, PDSignature signature) {
    var form = document.getDocumentCatalog().getAcroForm(null);
    if (form == null || !(form.getField(name) instanceof PDSignatureField field)) {
      throw new UnsealablePdf("no signature field '%s'".formatted(name), null);
    }
    if (field.getSignature() != null) {
      throw new UnsealablePdf("the signature field '%s' is filled already".formatted(name), null);
    }
    field.getCOSObject().setItem(COSName.V, signature);
    field.getCOSObject().setNeedToBeUpdated(true);
  }

  /** ISO 32000-2, 12.8.2.2: later changes may fill signature fields, nothing else (SIG-5). */
  private static void certify(PDDocument document, PDSignature signature) {
    var catalog = document.getDocumentCatalog().getCOSObject();
    // The signature being made counts among the fields' values already.
    if (catalog.containsKey(COSName.PERMS)
        || document.getSignatureDictionaries().stream()
            .anyMatch(other -> !other.getCOSObject().equals(signature.getCOSObject()))) {
      throw new UnsealablePdf("only the first seal of a document can certify it", null);
    }
    var parameters = new COSDictionary();
    parameters.setItem(COSName.TYPE, COSName.getPDFName("TransformParams"));
    parameters.setInt(COSName.P, 2);
    parameters.setName(COSName.V, "1.2");
    parameters.setDirect(true);
    var reference = new COSDictionary();
    reference.setItem(COSName.TYPE, COSName.getPDFName("SigRef"));
    reference.setItem(COSName.getPDFName("TransformMethod"), DOC_MDP);
    reference.setItem(COSName.getPDFName("TransformParams"), parameters);
    reference.setDirect(true);
    var references = new COSArray();
    references.add(reference);
    references.setDirect(true);
    signature.getCOSObject().setItem(COSName.getPDFName("Reference"), references);
    var permissions = new COSDictionary();
    permissions.setItem(DOC_MDP, signature);
    permissions.setDirect(true);
    catalog.setItem(COSName.PERMS, permissions);
    catalog.setNeedToBeUpdated(true);
  }

  private void requireLife(Instant now) {
    try {
      certificate().checkValidity(Date.from(now));
      certificate().checkValidity(Date.from(now.plus(SHORTEST_LIFE)));
    } catch (CertificateException e) {
      throw new CertificateUnfit(
          "the sealing certificate is valid from %s until %s (now: %s)"
              .formatted(
                  certificate().getNotBefore().toInstant(),
                  certificate().getNotAfter().toInstant(),
                  now),
          e);
    }
  }

  private int chainBytes() {
    var bytes = 0;
    for (var certificate : new ArrayList<>(key.chain())) {
      try {
        bytes += certificate.getEncoded().length;
      } catch (CertificateEncodingException e) {
        throw new KeyUnavailable("the sealing certificate cannot be read", e);
      }
    }
    return bytes;
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UnsealablePdf("the sealed file is gone", e);
    }
  }

  private static Calendar utc(Instant instant) {
    var calendar = Calendar.getInstance(TimeZone.getTimeZone("UTC"), java.util.Locale.ROOT);
    calendar.setTimeInMillis(instant.toEpochMilli());
    return calendar;
  }
}
