package jp.musubi.seal.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import jp.musubi.seal.Revocation;
import jp.musubi.testkit.HierarchyKeys;
import jp.musubi.testkit.KeyKind;
import jp.musubi.testkit.PkiServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("失効情報の応答者の鍵")
class OcspKeysTest {
  @ParameterizedTest
  @CsvSource({"RSA_2048, P_256", "P_256, RSA_2048"})
  @DisplayName("応答者の鍵が、認証局の鍵と違う種類でもよい")
  void mayBeOfAnotherKindThanTheAuthoritys(
      KeyKind authority, KeyKind responder, @TempDir Path folder) throws Exception {
    var keys = new HierarchyKeys(authority, KeyKind.P_256, responder);
    try (var server = PkiServer.open(folder, Clock.systemUTC(), keys)) {
      var source =
          new HttpRevocationSource(Set.of("127.0.0.1"), Clock.systemUTC(), Duration.ofSeconds(5));
      var path = server.pki().sealPath();

      var answer = source.revocationOf(path.get(0), path.get(1), Instant.EPOCH);

      assertThat(answer.kind()).isEqualTo(Revocation.Kind.OCSP);
    }
  }
}
