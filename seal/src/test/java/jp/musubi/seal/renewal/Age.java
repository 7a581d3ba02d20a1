package jp.musubi.seal.renewal;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import jp.musubi.seal.RevocationSource;
import jp.musubi.seal.TimestampAuthority;
import jp.musubi.seal.remote.HttpRevocationSource;
import jp.musubi.seal.remote.HttpTimestampAuthority;
import jp.musubi.testkit.HierarchyKeys;
import jp.musubi.testkit.PkiServer;
import jp.musubi.testkit.SettableClock;

/** One trial hierarchy in the years of its life, over real HTTP. */
final class Age implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private final PkiServer server;
  private final SettableClock clock;

  private Age(PkiServer server, SettableClock clock) {
    this.server = server;
    this.clock = clock;
  }

  /** Begins in the year that the clock shows. */
  static Age begin(Path directory, SettableClock clock, HierarchyKeys keys) {
    return new Age(PkiServer.open(directory, clock, keys), clock);
  }

  PkiServer server() {
    return server;
  }

  X509Certificate root() {
    return server.pki().root();
  }

  TimestampAuthority authority() {
    return new HttpTimestampAuthority(
        server.pki().tsaUrl(),
        List.of(PkiServer.TSA_POLICY),
        server.pki().trustAnchors(),
        clock,
        DEADLINE);
  }

  RevocationSource revocations() {
    return new HttpRevocationSource(Set.of("127.0.0.1"), clock, DEADLINE);
  }

  ValidationData gather(jp.musubi.seal.TimestampToken token) {
    return ValidationData.gather(token.path(), token.time(), revocations());
  }

  @Override
  public void close() {
    server.close();
  }
}
