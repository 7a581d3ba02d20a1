package jp.musubi.platform.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.platform.IntegrityBroken;
import jp.musubi.platform.Tenancy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
@DisplayName("団体の鍵")
class BodyKeysTest {
  private static final byte[] PLAIN = "秘密".getBytes(UTF_8);

  @Autowired BodyKeys keys;
  @Autowired TransactionTemplate transaction;

  TestBody body;

  @BeforeEach
  void newBody() {
    body = TestBody.create("x");
  }

  @Test
  @DisplayName("暗号化したものは、同じ団体と目的でだけ元に戻る")
  void openForTheSameBodyAndPurposeOnly() {
    var sealed = encrypt(body, "totp:1");
    assertThat(decrypt(body, "totp:1", sealed)).isEqualTo(PLAIN);
    assertThatThrownBy(() -> decrypt(body, "totp:2", sealed)).isInstanceOf(IntegrityBroken.class);

    var other = TestBody.create("x");
    encrypt(other, "totp:1");
    assertThatThrownBy(() -> decrypt(other, "totp:1", sealed)).isInstanceOf(IntegrityBroken.class);
  }

  @Test
  @DisplayName("どの1ビットが変わっても気づく")
  void noticeEveryChangedBit() {
    var sealed = encrypt(body, "totp:1");
    assertThat(sealed).hasSize(1 + 4 + 12 + PLAIN.length + 16);
    IntStream.range(0, sealed.length * 8)
        .forEach(bit -> {
          var changed = sealed.clone();
          changed[bit / 8] ^= (byte) (1 << (bit % 8));
          assertThatThrownBy(() -> decrypt(body, "totp:1", changed))
              .isInstanceOf(IntegrityBroken.class);
        });
    assertThatThrownBy(() -> decrypt(body, "totp:1", new byte[3]))
        .isInstanceOf(IntegrityBroken.class);
  }

  @Test
  @DisplayName("鍵を新しくしても、前の鍵で作ったものを読める")
  void readWhatAnOlderKeyMade() {
    var old = encrypt(body, "totp:1");
    Tenancy.in(
        body.id(),
        () -> {
          transaction.executeWithoutResult(_ -> keys.renew());
          return true;
        });
    var fresh = encrypt(body, "totp:1");
    assertThat(fresh[4]).isEqualTo((byte) 2);
    assertThat(old[4]).isEqualTo((byte) 1);
    assertThat(decrypt(body, "totp:1", old)).isEqualTo(PLAIN);
    assertThat(decrypt(body, "totp:1", fresh)).isEqualTo(PLAIN);
  }

  @Test
  @DisplayName("最初の鍵を同時に作っても一つになる")
  void beginAsOneEvenAtOnce() throws Exception {
    try (var threads = Executors.newFixedThreadPool(8)) {
      var answers =
          threads.invokeAll(
              IntStream.range(0, 16)
                  .<Callable<byte[]>>mapToObj(_ -> () -> encrypt(body, "totp:1"))
                  .toList());
      for (var answer : answers) {
        assertThat(decrypt(body, "totp:1", answer.get())).isEqualTo(PLAIN);
      }
    }
  }

  private byte[] encrypt(TestBody of, String purpose) {
    return Tenancy.in(of.id(), () -> transaction.execute(_ -> keys.encrypt(purpose, PLAIN)));
  }

  private byte[] decrypt(TestBody of, String purpose, byte[] sealed) {
    return Tenancy.in(of.id(), () -> transaction.execute(_ -> keys.decrypt(purpose, sealed)));
  }
}
