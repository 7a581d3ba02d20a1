package jp.musubi.platform.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import javax.crypto.KeyGenerator;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.platform.IntegrityBroken;
import jp.musubi.platform.Tenancy;
import jp.musubi.seal.key.ModuleMain;
import jp.musubi.testkit.ClassPathJar;
import jp.musubi.testkit.SoftHsm;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
@DisplayName("主鍵")
class MasterKeysTest {
  private static final byte[] PLAIN = "秘密".getBytes(UTF_8);

  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;
  @Autowired MasterKeys running;
  @TempDir Path folder;

  private TestBody body;

  @BeforeEach
  void newBody() {
    body = TestBody.create("x");
  }

  @Test
  @DisplayName("主鍵を替えると団体の鍵を包み直し、前の主鍵はもう要らない")
  void wrapsTheKeysOfABodyAnew() throws Exception {
    var sealed = encrypt(keys(running));
    in(
        keys(running),
        keys -> {
          keys.renew();
          return 0;
        });
    var next = new FileMasterKey(random());
    var both = new MasterKeys(next, List.of(running.current()));

    assertThat(wrapAnew(keys(both))).isEqualTo(2);
    assertThat(wrapAnew(keys(both))).isZero();

    var alone = new MasterKeys(next, List.of());
    assertThat(decrypt(keys(alone), sealed)).isEqualTo(PLAIN);
    assertThatThrownBy(() -> decrypt(keys(running), sealed))
        .isInstanceOf(IntegrityBroken.class)
        .hasMessageContaining(next.id());
    wrapAnew(keys(new MasterKeys(running.current(), List.of(next))));
  }

  @Test
  @DisplayName("主鍵をハードウェア（PKCS#11）へ移せ、団体の鍵はそこでだけ開く")
  void movesIntoAHardwareModule() throws Exception {
    var hsm = SoftHsm.open(folder);
    assumeTrue(hsm.isPresent(), SoftHsm.ABSENT);
    var generator = KeyGenerator.getInstance("AES");
    generator.init(256);
    hsm.get().keep("musubi-master", generator.generateKey());
    var sealed = encrypt(keys(running));
    var module =
        new MasterModuleSettings(
            hsm.get().module(),
            null,
            0,
            Files.writeString(folder.resolve("pin"), SoftHsm.PIN + "\n"),
            "musubi-master",
            null,
            Duration.ofSeconds(10));
    var file = folder.resolve("former");
    Files.write(file, random());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    var opened =
        new SecretsConfiguration()
            .masterKeys(
                settings(null, file), module, ClassPathJar.running(ModuleMain.class.getName()));

    var moved = new MasterKeys(opened.current(), List.of(running.current()));
    assertThat(wrapAnew(keys(moved))).isEqualTo(1);
    assertThat(decrypt(keys(opened), sealed)).isEqualTo(PLAIN);

    wrapAnew(keys(new MasterKeys(running.current(), List.of(opened.current()))));
    assertThat(decrypt(keys(running), sealed)).isEqualTo(PLAIN);
  }

  @Test
  @DisplayName("別の主鍵では起動せず、何をすればよいかを言う")
  void refusesToStartWithAnother() {
    encrypt(keys(running));
    var other = new MasterKeys(new FileMasterKey(random()), List.of());

    assertThatThrownBy(() ->
            new MasterKeyCheck(
                    jdbc, Objects.requireNonNull(transaction.getTransactionManager()), other)
                .afterPropertiesSet())
        .isInstanceOf(MasterKeyMissing.class)
        .hasMessageContaining(running.current().id())
        .hasMessageContaining("musubi.secrets.former-master-key-file");
    assertThatCode(() ->
            new MasterKeyCheck(
                    jdbc, Objects.requireNonNull(transaction.getTransactionManager()), running)
                .afterPropertiesSet())
        .doesNotThrowAnyException();
  }

  @Test
  @DisplayName("主鍵がない、二つある、ファイルがない設定を断る")
  void refusesSettingsThatCannotBeMeant() throws Exception {
    var none = module(null);
    var configuration = new SecretsConfiguration();
    assertThatThrownBy(() -> configuration.masterKeys(settings(null, null), none, folder))
        .isInstanceOf(MasterKeyMissing.class)
        .hasMessageContaining("musubi.secrets.master-key-file is not set");
    assertThatThrownBy(
            () -> configuration.masterKeys(settings(Path.of("/nowhere"), null), none, folder))
        .isInstanceOf(MasterKeyMissing.class)
        .hasMessageContaining("/nowhere");
    assertThatThrownBy(() ->
            configuration.masterKeys(
                settings(Path.of("/x"), null), module(Path.of("/y.so")), folder))
        .isInstanceOf(MasterKeyMissing.class)
        .hasMessageContaining("both set");
  }

  @Test
  @DisplayName("団体の鍵は、古くなるか、期日より前のものなら新しくする")
  void renewsKeysThatAreTooOld() {
    var now = Instant.parse("2027-04-01T00:00:00Z");
    var yearly = settings(Path.of("/x"), null);
    assertThat(yearly.oldestKey(now)).isEqualTo(now.minus(Duration.ofDays(365)));
    var leak =
        new SecretsSettings(
            Path.of("/x"), null, Duration.ofDays(365), Instant.parse("2027-03-31T00:00:00Z"));
    assertThat(leak.oldestKey(now)).isEqualTo(Instant.parse("2027-03-31T00:00:00Z"));

    encrypt(keys(running));
    // The keys are made by the same clock.
    var made = Instant.now();
    assertThat(renewed(made.minusSeconds(60))).isEqualTo(OptionalInt.empty());
    assertThat(renewed(made.plusSeconds(60))).isEqualTo(OptionalInt.of(2));
  }

  private BodyKeys keys(MasterKeys masters) {
    return new BodyKeys(jdbc, masters, Clock.systemUTC());
  }

  private byte[] encrypt(BodyKeys keys) {
    return in(keys, with -> with.encrypt("totp:1", PLAIN));
  }

  private byte[] decrypt(BodyKeys keys, byte[] sealed) {
    return in(keys, with -> with.decrypt("totp:1", sealed));
  }

  private int wrapAnew(BodyKeys keys) {
    return in(keys, BodyKeys::wrapAnew);
  }

  private OptionalInt renewed(Instant ifMadeBefore) {
    return in(keys(running), keys -> keys.renewIfMadeBefore(ifMadeBefore));
  }

  private <T> T in(BodyKeys keys, java.util.function.Function<BodyKeys, T> work) {
    return Optional.ofNullable(
            Tenancy.in(body.id(), () -> transaction.execute(_ -> work.apply(keys))))
        .orElseThrow();
  }

  private static SecretsSettings settings(@Nullable Path file, @Nullable Path former) {
    return new SecretsSettings(file, former, Duration.ofDays(365), null);
  }

  private static MasterModuleSettings module(@Nullable Path library) {
    return new MasterModuleSettings(
        library, null, 0, null, "musubi-master", null, Duration.ofSeconds(10));
  }

  private static byte[] random() {
    var bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
