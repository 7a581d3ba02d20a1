package jp.musubi.bench.openpdf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.util.Date;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import jp.musubi.bench.engine.Engine;
import jp.musubi.bench.engine.EngineServer;
import jp.musubi.bench.engine.Level;
import jp.musubi.bench.parts.Parts;
import jp.musubi.bench.parts.Timestamping;
import org.jspecify.annotations.Nullable;
import org.openpdf.text.pdf.PdfDictionary;
import org.openpdf.text.pdf.PdfName;
import org.openpdf.text.pdf.PdfPKCS7;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.PdfSignature;
import org.openpdf.text.pdf.PdfSignatureAppearance;
import org.openpdf.text.pdf.PdfStamper;
import org.openpdf.text.pdf.PdfString;
import org.openpdf.text.pdf.TSAClient;

/**
 * OpenPDF 3.0.5 with a key of one's own. Its CMS is of the older kind, without the signing
 * certificate among the signed attributes, so B-B and B-T stand for the work and not for the level.
 */
public final class OpenPdfEngine implements Engine {
  private static final int ROOM = 16_384;

  private final Parts parts;

  OpenPdfEngine(Parts parts) {
    this.parts = parts;
  }

  /** Serves OpenPDF. */
  public static void main(String[] args) throws IOException {
    EngineServer.main(args, OpenPdfEngine::new);
  }

  @Override
  public Set<Level> levels() {
    return EnumSet.of(Level.B, Level.T);
  }

  @Override
  public boolean validates() {
    return false;
  }

  @Override
  public void validate(Path file) {
    throw new UnsupportedOperationException("not measured");
  }

  @Override
  public void seal(Path source, Path target, Level level, String field, boolean first)
      throws IOException, GeneralSecurityException {
    try (var reader = new PdfReader(source.toString());
        var out = Files.newOutputStream(target)) {
      var appearance =
          PdfStamper.createSignature(reader, out, null, null, true).getSignatureAppearance();
      var now = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
      now.setTime(Date.from(parts.clock().instant()));
      appearance.setVisibleSignature(field);
      if (first) {
        appearance.setCertificationLevel(PdfSignatureAppearance.CERTIFIED_FORM_FILLING);
      }
      var dictionary = new PdfSignature(PdfName.ADOBE_PPKLITE, new PdfName("ETSI.CAdES.detached"));
      dictionary.setReason("契約相手方として合意（認証：メールリンク＋アクセスコード）");
      dictionary.setLocation("日本");
      dictionary.setContact("https://keiyaku.example/verify");
      appearance.setCryptoDictionary(dictionary);
      appearance.preClose(Map.of(PdfName.CONTENTS, ROOM * 2 + 2));
      var contents = new PdfDictionary();
      var padded = new byte[ROOM];
      var cms = cms(appearance, now, level);
      System.arraycopy(cms, 0, padded, 0, cms.length);
      contents.put(PdfName.CONTENTS, new PdfString(padded).setHexWriting(true));
      appearance.close(contents);
    }
  }

  private byte[] cms(PdfSignatureAppearance appearance, GregorianCalendar now, Level level)
      throws IOException, GeneralSecurityException {
    var hash = hash(appearance);
    var chain = parts.seal().identity().chain().toArray(Certificate[]::new);
    var cms = new PdfPKCS7(null, chain, null, "SHA-256", null, false);
    var value = parts.seal().sign(cms.getAuthenticatedAttributeBytes(hash, now, null));
    cms.setExternalDigest(value, null, "RSA");
    @Nullable TSAClient authority = level == Level.T ? new Authority(parts.timestamping()) : null;
    return cms.getEncodedPKCS7(hash, now, authority, null);
  }

  private static byte[] hash(PdfSignatureAppearance appearance)
      throws IOException, GeneralSecurityException {
    var digest = MessageDigest.getInstance("SHA-256");
    try (var in = appearance.getRangeStream()) {
      var buffer = new byte[64 * 1024];
      for (var n = in.read(buffer); n > 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return digest.digest();
  }

  private record Authority(Timestamping timestamping) implements TSAClient {
    private static final int TOKEN_ROOM = 6_000;

    @Override
    public int getTokenSizeEstimate() {
      return TOKEN_ROOM;
    }

    @Override
    public MessageDigest getMessageDigest() throws GeneralSecurityException {
      return MessageDigest.getInstance("SHA-256");
    }

    @Override
    public byte[] getTimeStampToken(PdfPKCS7 caller, byte[] imprint) {
      return timestamping.token(imprint).der();
    }
  }
}
