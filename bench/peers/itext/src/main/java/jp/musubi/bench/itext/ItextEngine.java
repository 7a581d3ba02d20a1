package jp.musubi.bench.itext;

import com.itextpdf.kernel.pdf.PdfReader;
import com.itextpdf.signatures.AccessPermissions;
import com.itextpdf.signatures.IExternalSignature;
import com.itextpdf.signatures.ISignatureMechanismParams;
import com.itextpdf.signatures.ITSAClient;
import com.itextpdf.signatures.PdfPadesSigner;
import com.itextpdf.signatures.SignerProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import jp.musubi.bench.engine.Engine;
import jp.musubi.bench.engine.EngineServer;
import jp.musubi.bench.engine.Level;
import jp.musubi.bench.parts.Parts;
import jp.musubi.bench.parts.Signing;
import jp.musubi.bench.parts.Timestamping;
import org.bouncycastle.asn1.ocsp.OCSPResponse;
import org.jspecify.annotations.Nullable;

/** iText 9.5 by its PAdES signer, with its defaults. */
public final class ItextEngine implements Engine {
  private static final int TOKEN_ROOM = 6_000;

  private final Parts parts;

  ItextEngine(Parts parts) {
    this.parts = parts;
  }

  /** Serves iText. */
  public static void main(String[] args) throws IOException {
    EngineServer.main(args, ItextEngine::new);
  }

  @Override
  public Set<Level> levels() {
    return EnumSet.of(Level.B, Level.T, Level.LTA);
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
    try (var reader = new PdfReader(source.toFile());
        var out = Files.newOutputStream(target)) {
      var signer = new PdfPadesSigner(reader, out);
      signer.setTrustedCertificates(List.<Certificate>of(parts.root()));
      signer.setOcspClient((certificate, _, _) -> ocsp(certificate));
      signer.setCrlClient((certificate, _) -> lists(certificate));
      var chain = parts.seal().identity().path().toArray(Certificate[]::new);
      var key = new Key(parts.seal());
      var authority = new Authority(parts.timestamping());
      switch (level) {
        case HASH -> throw new IllegalArgumentException("there is no level without a signature");
        case B -> signer.signWithBaselineBProfile(properties(field, first), chain, key);
        case T -> signer.signWithBaselineTProfile(properties(field, first), chain, key, authority);
        case LTA ->
            signer.signWithBaselineLTAProfile(properties(field, first), chain, key, authority);
      }
    }
  }

  private static SignerProperties properties(String field, boolean first) {
    var properties =
        new SignerProperties()
            .setFieldName(field)
            .setReason("契約相手方として合意（認証：メールリンク＋アクセスコード）")
            .setLocation("日本")
            .setContact("https://keiyaku.example/verify");
    return first
        ? properties.setCertificationLevel(AccessPermissions.FORM_FIELDS_MODIFICATION)
        : properties;
  }

  /** iText asks for the BasicOCSPResponse inside. */
  private byte @Nullable [] ocsp(X509Certificate certificate) {
    if (!parts.statuses().knows(certificate)) {
      return null;
    }
    return OCSPResponse.getInstance(parts.statuses().answer(certificate))
        .getResponseBytes()
        .getResponse()
        .getOctets();
  }

  private Collection<byte[]> lists(X509Certificate certificate) {
    var byRoot =
        certificate.getIssuerX500Principal().equals(parts.root().getSubjectX500Principal());
    return byRoot ? List.of(parts.rootList()) : List.of();
  }

  private record Key(Signing signing) implements IExternalSignature {
    @Override
    public String getDigestAlgorithmName() {
      return "SHA-256";
    }

    @Override
    public String getSignatureAlgorithmName() {
      return signing.algorithm().endsWith("ECDSA") ? "ECDSA" : "RSA";
    }

    @Override
    public @Nullable ISignatureMechanismParams getSignatureMechanismParameters() {
      return null;
    }

    @Override
    public byte[] sign(byte[] message) {
      return signing.sign(message);
    }
  }

  private record Authority(Timestamping timestamping) implements ITSAClient {
    @Override
    public int getTokenSizeEstimate() {
      return TOKEN_ROOM;
    }

    @Override
    public MessageDigest getMessageDigest() throws GeneralSecurityException {
      return MessageDigest.getInstance("SHA-256");
    }

    @Override
    public byte[] getTimeStampToken(byte[] imprint) {
      return timestamping.token(imprint).der();
    }
  }
}
