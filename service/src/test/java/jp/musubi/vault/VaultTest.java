package jp.musubi.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.platform.IntegrityBroken;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.TenantId;
import jp.musubi.platform.Unavailable;
import jp.musubi.platform.secrets.BodyKeys;
import jp.musubi.seal.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
class VaultTest {
  @Autowired Vault vault;
  @Autowired PlatformTransactionManager transactions;
  @Autowired BodyKeys keys;
  @TempDir Path folder;

  private TestBody body;

  @BeforeEach
  void aBody() {
    body = TestBody.create("x");
  }

  @Test
  void givesBackTheBytesItWasGiven() throws IOException {
    var sha256 = put(body.id(), "契約書");

    assertThat(read(body.id(), sha256)).isEqualTo("契約書");
  }

  @Test
  void takesTheSameBytesTwiceAndKeepsThemOnce() throws IOException {
    assertThat(put(body.id(), "契約書")).isEqualTo(put(body.id(), "契約書"));
  }

  @Test
  void knowsNothingOfAnotherBodysObjects() throws IOException {
    var sha256 = put(body.id(), "上毛市の契約書");
    var other = TestBody.create("x").id();

    assertThatThrownBy(() -> read(other, sha256)).isInstanceOf(NotFound.class);
  }

  @Test
  void noticesOneChangedByteOnTheNextRead() throws IOException {
    var sha256 = put(body.id(), "契約金額 100万円");
    Files.writeString(objectFile(sha256), "契約金額 900万円");

    assertThatThrownBy(() -> read(body.id(), sha256)).isInstanceOf(IntegrityBroken.class);
  }

  @Test
  void refusesToStoreWhereOtherBytesHoldTheName() throws IOException {
    var sha256 = put(body.id(), "約款");
    Files.writeString(objectFile(sha256), "別の約款");

    assertThatThrownBy(() -> put(body.id(), "約款")).isInstanceOf(IntegrityBroken.class);
    assertThat(objectFile(sha256)).hasContent("別の約款");
  }

  @Test
  void noticesThatAnObjectIsGone() throws IOException {
    var sha256 = put(body.id(), "消えた契約書");
    Files.delete(objectFile(sha256));

    assertThatThrownBy(() -> read(body.id(), sha256)).isInstanceOf(IntegrityBroken.class);
  }

  @Test
  void forgetsTheRecordOfATransactionThatRolledBack() throws IOException {
    var sha256 =
        Tenancy.in(
            body.id(),
            () ->
                new TransactionTemplate(transactions)
                    .execute(status -> {
                      status.setRollbackOnly();
                      return vault.put(file("取り消された"), "application/pdf");
                    }));

    assertThatThrownBy(() -> read(body.id(), sha256)).isInstanceOf(NotFound.class);
  }

  @Test
  void leavesNoDraftsInTheFolder() throws IOException {
    var sha256 = put(body.id(), "下書きなし");

    try (var files = Files.list(objectFile(sha256).getParent())) {
      assertThat(files.map(Path::getFileName).map(Path::toString))
          .containsExactly(objectFile(sha256).getFileName().toString());
    }
  }

  @Test
  void isUnavailableWhenTheStoreHangs() {
    var gate = new StoreGate(Duration.ofMillis(50));

    assertThatThrownBy(() ->
            gate.within(
                "read",
                () -> {
                  Thread.sleep(Duration.ofSeconds(30));
                  return "late";
                }))
        .isInstanceOf(Unavailable.class);
  }

  @Test
  void isUnavailableWhenTheStoreCannotWrite() throws IOException {
    var notAFolder = Files.writeString(folder.resolve("file"), "in the way");
    var store = new FileObjectStore(notAFolder);
    var gate = new StoreGate(Duration.ofSeconds(5));
    var file = file("x");

    assertThatThrownBy(() ->
            gate.within(
                "write",
                () -> store.putIfAbsent(body.id(), new ObjectName(Sha256.of(file).hex()), file)))
        .isInstanceOf(Unavailable.class);
  }

  @Test
  void refusesToStartOnAStoreThatOverwrites() {
    var honest = new FileObjectStore(folder);
    var overwriting =
        new ObjectStore() {
          @Override
          public Written putIfAbsent(TenantId tenant, ObjectName name, Path file)
              throws IOException {
            Files.deleteIfExists(folder.resolve(place(tenant, name)));
            return honest.putIfAbsent(tenant, name, file);
          }

          @Override
          public void get(TenantId tenant, ObjectName name, Path target) throws IOException {
            honest.get(tenant, name, target);
          }

          @Override
          public void replace(TenantId tenant, ObjectName name, Path file) throws IOException {
            honest.replace(tenant, name, file);
          }

          @Override
          public boolean remove(TenantId tenant, ObjectName name) throws IOException {
            return honest.remove(tenant, name);
          }

          @Override
          public boolean exists(TenantId tenant, ObjectName name) {
            return honest.exists(tenant, name);
          }

          @Override
          public long count(TenantId tenant) throws IOException {
            return honest.count(tenant);
          }

          @Override
          public boolean removeSome(TenantId tenant, int most) throws IOException {
            return honest.removeSome(tenant, most);
          }
        };

    assertThatThrownBy(
            () -> StoreCanary.insistOnWriteOnce(overwriting, new StoreGate(Duration.ofSeconds(5))))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void startsAgainAndAgainOnAStoreThatWritesOnce() {
    var honest = new FileObjectStore(folder);

    for (var start = 0; start < 2; start++) {
      StoreCanary.insistOnWriteOnce(honest, new StoreGate(Duration.ofSeconds(5)));
    }
    assertThat(folder).isNotEmptyDirectory();
  }

  private Sha256 put(TenantId tenant, String text) throws IOException {
    return Tenancy.in(tenant, () -> vault.put(file(text), "application/pdf"));
  }

  private String read(TenantId tenant, Sha256 sha256) {
    return Tenancy.in(tenant, () -> vault.with(sha256, VaultTest::text));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String text) {
    try {
      return Files.write(
          Files.createTempFile(folder, "upload", null), text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path objectFile(Sha256 sha256) {
    return StoredObjects.file(keys, new TransactionTemplate(transactions), body.id(), sha256);
  }

  private static Path place(TenantId tenant, ObjectName name) {
    return Path.of(
        tenant.toString(), name.hex().substring(0, 2), name.hex().substring(2, 4), name.hex());
  }
}
