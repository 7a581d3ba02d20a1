package jp.musubi.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.platform.IntegrityBroken;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.TenantId;
import jp.musubi.platform.Unavailable;
import jp.musubi.platform.secrets.BodyKeys;
import jp.musubi.platform.secrets.FileKey;
import jp.musubi.seal.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
@DisplayName("原本の暗号化")
class EncryptionTest {
  private static final String MARK = "契約金額 金1,234,567円也（上毛市と株式会社 見本建設）";
  private static final int SEGMENT = 1 << 18;

  @Autowired Vault vault;
  @Autowired Reencryption reencryption;
  @Autowired ObjectStore store;
  @Autowired ObjectRecords records;
  @Autowired BodyKeys keys;
  @Autowired TransactionTemplate transaction;
  @TempDir Path folder;

  private TestBody body;

  @BeforeEach
  void aBody() {
    body = TestBody.create("x");
  }

  @Test
  @DisplayName("置かれたファイルには、中身も、中身の要約値も読めるところがない")
  void leavesNothingReadableInTheStore() throws IOException {
    var digest = put(body.id(), MARK.repeat(1000));

    var files = filesOf(body.id());
    assertThat(files).hasSize(1);
    assertThat(files.getFirst().toString()).doesNotContain(digest.hex());
    var bytes = Files.readAllBytes(files.getFirst());
    assertThat(indexOf(bytes, MARK.getBytes(UTF_8))).isNegative();
    assertThat(indexOf(bytes, digest.bytes())).isNegative();
    assertThat(indexOf(bytes, "契約".getBytes(UTF_8))).isNegative();
    assertThat(read(body.id(), digest)).isEqualTo(MARK.repeat(1000));
  }

  @Test
  @DisplayName("二つの団体の同じファイルは、名前も中身も違って見える")
  void doesNotShowThatTwoBodiesHoldTheSameFile() throws IOException {
    var other = TestBody.create("x");
    var digest = put(body.id(), MARK);
    assertThat(put(other.id(), MARK)).isEqualTo(digest);

    var mine = filesOf(body.id()).getFirst();
    var theirs = filesOf(other.id()).getFirst();
    assertThat(mine.getFileName()).isNotEqualTo(theirs.getFileName());
    assertThat(Files.readAllBytes(mine)).isNotEqualTo(Files.readAllBytes(theirs));

    Files.copy(theirs, mine, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> read(body.id(), digest)).isInstanceOf(IntegrityBroken.class);
  }

  @Test
  @DisplayName("変わったビット、切れた、足された、入れ替わった部分のどれにも気づく")
  void noticesEveryChange() throws IOException {
    var random = new Random(20261124);
    var plain = folder.resolve("plain");
    var content = new byte[3 * SEGMENT + 5];
    random.nextBytes(content);
    Files.write(plain, content);
    var digest = Sha256.of(plain);
    var key = fileKey(body.id());
    var sealed = folder.resolve("sealed");
    key.encrypt(plain, sealed, digest);
    var whole = Files.readAllBytes(sealed);

    for (var i = 0; i < 400; i++) {
      var changed = whole.clone();
      // The head and the first header bit by bit, then anywhere.
      var bit = i < 200 ? i : random.nextInt(whole.length * 8);
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      refused(key, changed, digest, "bit " + bit);
    }
    for (var length : new int[] {0, 1, 5, 6, 45, SEGMENT, 2 * SEGMENT, whole.length - 1}) {
      refused(key, Arrays.copyOf(whole, length), digest, "cut at " + length);
    }
    for (var at = SEGMENT; at + 2 * SEGMENT <= whole.length; at += SEGMENT) {
      var swapped = whole.clone();
      System.arraycopy(whole, at, swapped, at + SEGMENT, SEGMENT);
      System.arraycopy(whole, at + SEGMENT, swapped, at, SEGMENT);
      refused(key, swapped, digest, "swapped at " + at);
    }
    refused(key, Arrays.copyOf(whole, whole.length + 1), digest, "one byte more");
    refused(key, whole, Sha256.of("other".getBytes(UTF_8)), "another digest");
  }

  private void refused(FileKey key, byte[] bytes, Sha256 digest, String what) throws IOException {
    var file = Files.write(folder.resolve("changed"), bytes);
    assertThatThrownBy(() -> key.decrypt(file, folder.resolve("out"), digest))
        .as(what)
        .isInstanceOf(IntegrityBroken.class);
  }

  @Test
  @DisplayName("大きなファイルも、わずかなメモリで通る")
  void takesLittleMemoryForALargeFile() throws IOException {
    var size = 64L << 20;
    var plain = folder.resolve("large");
    var block = new byte[1 << 20];
    new Random(1).nextBytes(block);
    try (var out = Files.newOutputStream(plain)) {
      for (var i = 0; i < size / block.length; i++) {
        block[0] = (byte) i;
        out.write(block);
      }
    }
    var digest = Sha256.of(plain);
    var key = fileKey(body.id());
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    var allocated = threads.getCurrentThreadAllocatedBytes();
    var started = System.nanoTime();
    key.encrypt(plain, folder.resolve("sealed"), digest);
    var encrypted = System.nanoTime();
    key.decrypt(folder.resolve("sealed"), folder.resolve("out"), digest);
    var decrypted = System.nanoTime();
    allocated = threads.getCurrentThreadAllocatedBytes() - allocated;

    assertThat(Files.mismatch(plain, folder.resolve("out"))).isEqualTo(-1);
    // The figure that the papers quote.
    System.out.printf(
        "64 MB: encrypted at %d MB/s, decrypted and digested at %d MB/s, %d kB allocated%n",
        rate(size, encrypted - started), rate(size, decrypted - encrypted), allocated >> 10);
    assertThat(allocated).isLessThan(32L << 20);
  }

  private static long rate(long bytes, long nanos) {
    return bytes * 1000 / nanos;
  }

  @Test
  @DisplayName("暗号化の前に置かれた原本も読め、あとから暗号化され、元のファイルは消える")
  void encryptsWhatWasStoredBefore() throws Exception {
    var old = "暗号化より前の原本 " + MARK;
    var digest = Sha256.of(old.getBytes(UTF_8));
    var before = StoredObjects.place(body.id(), digest.hex());
    Files.createDirectories(before.getParent());
    Files.writeString(before, old);
    execute(
        """
        insert into vault_object (tenant_id, sha256, bytes, media_type, stored_at, key_number)
        values ('%s', '%s', 10, 'application/pdf', now(), 0)
        """
            .formatted(body.id(), digest));

    assertThat(read(body.id(), digest)).isEqualTo(old);
    assertThat(put(body.id(), old)).isEqualTo(digest);
    assertThat(run()).isEqualTo(new Reencryption.Outcome(1, 0));

    assertThat(before).doesNotExist();
    assertThat(filesOf(body.id())).hasSize(1);
    assertThat(read(body.id(), digest)).isEqualTo(old);
    assertThat(run()).isEqualTo(new Reencryption.Outcome(0, 0));
  }

  @Test
  @DisplayName("団体の鍵を新しくすると、前の鍵の原本も新しい鍵へ移り、壊れたものは数えて残す")
  void movesFilesUnderANewKey() throws IOException {
    var first = put(body.id(), "一つ目");
    var second = put(body.id(), "二つ目");
    var lost = put(body.id(), "失われる");
    Files.delete(StoredObjects.file(keys, transaction, body.id(), lost));
    var olds = filesOf(body.id());
    renew();
    var third = put(body.id(), "三つ目");
    assertThat(read(body.id(), first)).isEqualTo("一つ目");

    assertThat(run()).isEqualTo(new Reencryption.Outcome(2, 1));

    assertThat(filesOf(body.id())).hasSize(3).doesNotContainAnyElementsOf(olds);
    assertThat(read(body.id(), first)).isEqualTo("一つ目");
    assertThat(read(body.id(), second)).isEqualTo("二つ目");
    assertThat(read(body.id(), third)).isEqualTo("三つ目");
  }

  @Test
  @DisplayName("途中で止まっても原本は読め、次の回に終わる")
  void goesOnWhereItWasBrokenOff() throws IOException {
    var digest = put(body.id(), MARK);
    renew();
    var dying =
        new ObjectStore() {
          @Override
          public Written putIfAbsent(TenantId tenant, ObjectName name, Path file)
              throws IOException {
            return store.putIfAbsent(tenant, name, file);
          }

          @Override
          public void get(TenantId tenant, ObjectName name, Path target) throws IOException {
            store.get(tenant, name, target);
          }

          @Override
          public void replace(TenantId tenant, ObjectName name, Path file) throws IOException {
            store.replace(tenant, name, file);
          }

          @Override
          public boolean remove(TenantId tenant, ObjectName name) throws IOException {
            throw new IOException("the power fails here");
          }

          @Override
          public boolean exists(TenantId tenant, ObjectName name) throws IOException {
            return store.exists(tenant, name);
          }

          @Override
          public long count(TenantId tenant) throws IOException {
            return store.count(tenant);
          }

          @Override
          public boolean removeSome(TenantId tenant, int most) throws IOException {
            return store.removeSome(tenant, most);
          }
        };
    var broken =
        new Reencryption(
            new ObjectBytes(dying, new StoreGate(Duration.ofSeconds(5))), records, transaction);
    assertThatThrownBy(() -> Tenancy.in(body.id(), broken::run)).isInstanceOf(Unavailable.class);
    assertThat(filesOf(body.id())).hasSize(2);
    assertThat(read(body.id(), digest)).isEqualTo(MARK);

    run();

    assertThat(filesOf(body.id())).hasSize(1);
    assertThat(read(body.id(), digest)).isEqualTo(MARK);
  }

  @Test
  @DisplayName("移している間も読める")
  void canBeReadWhileItIsMoved() throws Exception {
    var digests = new ArrayList<Sha256>();
    for (var i = 0; i < 20; i++) {
      digests.add(put(body.id(), "原本 " + i));
    }
    var over = new AtomicBoolean();
    try (var readers = Executors.newFixedThreadPool(2)) {
      var reading =
          readers.submit(() -> {
            var reads = 0;
            while (!over.get()) {
              for (var i = 0; i < digests.size(); i++) {
                assertThat(read(body.id(), digests.get(i))).isEqualTo("原本 " + i);
                reads++;
              }
            }
            return reads;
          });
      for (var round = 0; round < 3; round++) {
        renew();
        assertThat(run()).isEqualTo(new Reencryption.Outcome(20, 0));
      }
      over.set(true);
      assertThat(reading.get()).isPositive();
    }
  }

  private FileKey fileKey(TenantId of) {
    return Objects.requireNonNull(
        Tenancy.in(of, () -> transaction.execute(_ -> keys.newestFileKey())));
  }

  private Reencryption.Outcome run() {
    return Tenancy.in(body.id(), reencryption::run);
  }

  private void renew() {
    Tenancy.in(
        body.id(),
        () -> {
          transaction.executeWithoutResult(_ -> keys.renew());
          return true;
        });
  }

  private Sha256 put(TenantId tenant, String text) throws IOException {
    var file = Files.writeString(Files.createTempFile(folder, "upload", null), text);
    return Tenancy.in(tenant, () -> vault.put(file, "application/pdf"));
  }

  private String read(TenantId tenant, Sha256 digest) {
    return new String(StoredObjects.bytes(vault, tenant, digest), UTF_8);
  }

  private static List<Path> filesOf(TenantId tenant) throws IOException {
    try (var all = Files.walk(ServiceTest.RealParts.store().resolve(tenant.toString()))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    return java.util.stream.IntStream.rangeClosed(0, bytes.length - part.length)
        .filter(i -> Arrays.equals(bytes, i, i + part.length, part, 0, part.length))
        .findFirst()
        .orElse(-1);
  }

  private static void execute(String sql) throws SQLException {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
