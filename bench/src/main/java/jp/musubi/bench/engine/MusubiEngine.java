package jp.musubi.bench.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import jp.musubi.bench.parts.Parts;
import jp.musubi.bench.parts.Signing;
import jp.musubi.bench.parts.Timestamping;
import jp.musubi.seal.Revocation;
import jp.musubi.seal.RevocationSource;
import jp.musubi.seal.SealEngine;
import jp.musubi.seal.SealKey;
import jp.musubi.seal.SealRequest;
import jp.musubi.seal.TimestampAuthority;
import jp.musubi.seal.TimestampToken;
import jp.musubi.seal.validation.ValidationPolicy;
import jp.musubi.seal.validation.Validator;
import jp.musubi.seal.validation.Verdict;

/**
 * むすび — Our engine by its public methods. Its three ports are in process, as every engine's are
 * here; what the real ports check of what they fetch is measured apart ({@code ./musubi bench
 * micro}).
 */
public final class MusubiEngine implements Engine {
  private final Clock clock;
  private final SealEngine engine;
  private final ValidationPolicy policy;

  MusubiEngine(Parts parts) {
    clock = parts.clock();
    engine =
        new SealEngine(
            new Key(parts.seal()),
            new Authority(parts.timestamping()),
            new Revocations(parts),
            parts.timestamping().signing().identity().path());
    policy = new ValidationPolicy(Set.of(parts.root()), clock.instant().plus(1, ChronoUnit.HOURS));
  }

  /** The run's timestamp authority as our engine asks for one. */
  static TimestampAuthority authority(Parts parts) {
    return new Authority(parts.timestamping());
  }

  /** Our engine with the parts of a run. */
  public static Engine of(Parts parts) {
    return new MusubiEngine(parts);
  }

  /** Serves our engine. */
  public static void main(String[] args) throws IOException {
    EngineServer.main(args, MusubiEngine::new);
  }

  @Override
  public Set<Level> levels() {
    return EnumSet.of(Level.T, Level.LTA);
  }

  @Override
  public boolean validates() {
    return true;
  }

  @Override
  public void seal(Path source, Path target, Level level, String field, boolean first) {
    if (level == Level.LTA) {
      engine.sealAndArchive(source, target, request(field, first));
    } else {
      engine.seal(source, target, request(field, first));
    }
  }

  @Override
  public void validate(Path file) throws IOException {
    var report = Validator.validate(file, policy);
    if (report.verdict() != Verdict.VALID) {
      throw new IOException("judged " + report.verdict() + ": " + report.reasons());
    }
  }

  private SealRequest request(String field, boolean first) {
    return new SealRequest(
        field,
        "上毛市 市長 見本 花子",
        "契約相手方として合意（認証：メールリンク＋アクセスコード）",
        "日本",
        "https://keiyaku.example/verify",
        clock.instant().truncatedTo(ChronoUnit.SECONDS),
        first);
  }

  private record Key(Signing signing) implements SealKey {
    @Override
    public List<X509Certificate> chain() {
      return signing.identity().path();
    }

    @Override
    public String algorithm() {
      return signing.algorithm();
    }

    @Override
    public byte[] sign(byte[] toBeSigned) {
      return signing.sign(toBeSigned);
    }
  }

  private record Authority(Timestamping timestamping) implements TimestampAuthority {
    @Override
    public TimestampToken timestamp(byte[] imprint) {
      var token = timestamping.token(imprint);
      return new TimestampToken(
          token.der(), token.time(), token.serial(), timestamping.signing().identity().path());
    }
  }

  private record Revocations(Parts parts) implements RevocationSource {
    @Override
    public Revocation revocationOf(
        X509Certificate certificate, X509Certificate issuer, Instant freshAfter) {
      var statuses = parts.statuses();
      return statuses.knows(certificate)
          ? new Revocation(
              Revocation.Kind.OCSP,
              statuses.answer(certificate),
              List.of(statuses.responderOf(certificate)))
          : new Revocation(Revocation.Kind.CRL, parts.rootList(), List.of());
    }
  }
}
