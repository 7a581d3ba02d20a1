package jp.musubi.seal.timestamp;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import jp.musubi.seal.ImprintAlgorithm;
import org.bouncycastle.tsp.TimeStampRequest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("時刻認証局への依頼と断りの言葉")
class TokenRefusalTest {
  @Test
  @DisplayName("一時の不調か、信用に関わるかを分ける")
  void tellsOutagesFromDistrust() {
    assertThat(Arrays.stream(TokenRefusal.values()).filter(TokenRefusal::isOutage))
        .containsExactly(
            TokenRefusal.EMPTY,
            TokenRefusal.NOT_DER,
            TokenRefusal.NOT_A_RESPONSE,
            TokenRefusal.REJECTED,
            TokenRefusal.WAITING,
            TokenRefusal.UNKNOWN_STATUS,
            TokenRefusal.NO_TOKEN,
            TokenRefusal.REVOCATION_UNKNOWN);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("依頼は、要約値・方針・番号・証明書の求めを伝える")
  void asksWithEverything(ImprintAlgorithm algorithm) throws Exception {
    var imprint = new byte[algorithm.length()];
    imprint[3] = 9;
    var asked =
        new TimeStampRequest(
            new TokenRequest(algorithm, imprint, BigInteger.TWO, Optional.of("2.999.7")).encoded());
    assertThat(asked.getMessageImprintDigest()).isEqualTo(imprint);
    assertThat(asked.getNonce()).isEqualTo(BigInteger.TWO);
    assertThat(asked.getCertReq()).isTrue();
    assertThat(asked.getReqPolicy().getId()).isEqualTo("2.999.7");
    assertThat(
            new TimeStampRequest(
                    new TokenRequest(algorithm, imprint, BigInteger.TWO, Optional.empty())
                        .encoded())
                .getReqPolicy())
        .isNull();
  }
}
