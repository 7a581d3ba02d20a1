package jp.musubi.vault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.platform.IntegrityBroken;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.Unavailable;
import jp.musubi.platform.secrets.BodyKeys;
import jp.musubi.seal.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

@ServiceTest
@DisplayName("原本の手入れは")
class VaultCareTest {
  private static final long PLENTY = 1 << 30;

  @Autowired Vault vault;
  @Autowired Reencryption reencryption;
  @Autowired BodyKeys keys;
  @Autowired TransactionTemplate transaction;
  @Autowired ApplicationContext context;
  @TempDir Path folder;

  private TestBody body;
  private Path second;
  private VaultCare now;
  private VaultCare later;
  private final List<String> told = new ArrayList<>();

  @BeforeEach
  void aSecondStore() {
    body = TestBody.create("-");
    second = folder.resolve("second");
    now = SecondStores.care(context, second, Clock.systemUTC());
    later = careIn(Duration.ofDays(31));
  }

  @Test
  @DisplayName("置いた原本を、読めるところのない複製にして、そろったと言う")
  void copiesWhatWasStored() throws IOException {
    var digest = put("契約書");
    assertThat(standing().uncopied()).isEqualTo(1);

    assertThat(run(now)).isPositive();

    assertThat(standing().uncopied()).isZero();
    assertThat(copyOf(digest)).isEqualTo(Condition.WHOLE);
    assertThat(Files.readString(copy(digest), ISO_8859_1))
        .doesNotContain(new String("契約書".getBytes(UTF_8), ISO_8859_1));
    assertThat(run(now)).isZero();
    assertThat(told).isEmpty();
  }

  @Test
  @DisplayName("サービスが止まるときは、手元の一つを済ませて残りを次に任せ、次にそろう")
  void leavesTheRestToTheNextTime() throws IOException {
    for (var number = 1; number <= 3; number++) {
      put("止まるときの契約書" + number);
    }
    var goingDown =
        new Listener() {
          @Override
          public boolean leavesTheRest() {
            return standing().uncopied() < 3;
          }
        };
    assertThat(Tenancy.in(body.id(), () -> now.run(PLENTY, goingDown))).isPositive();
    assertThat(standing().uncopied()).isEqualTo(2);
    assertThat(run(now)).isPositive();
    assertThat(standing().uncopied()).isZero();
  }

  @Test
  @DisplayName("変わったビット、失われた原本、入れ替わった原本を点検で見つけ、複製から直す")
  void findsAndRepairsWhatIsDamaged() throws IOException {
    var flipped = put("ビットの変わる契約書");
    var missing = put("失われる契約書");
    var swapped = put("入れ替わる契約書");
    var whole = put("何も起きない契約書");
    run(now);
    flip(original(flipped));
    Files.delete(original(missing));
    Files.copy(original(whole), original(swapped), StandardCopyOption.REPLACE_EXISTING);

    assertThat(run(now)).isZero();
    assertThat(told).isEmpty();
    run(later);

    assertThat(told)
        .containsExactlyInAnyOrder(
            "found FIRST DAMAGED " + flipped,
            "found FIRST MISSING " + missing,
            "found FIRST DAMAGED " + swapped,
            "repaired FIRST DAMAGED " + flipped,
            "repaired FIRST MISSING " + missing,
            "repaired FIRST DAMAGED " + swapped);
    assertThat(read(flipped)).isEqualTo("ビットの変わる契約書");
    assertThat(read(missing)).isEqualTo("失われる契約書");
    assertThat(read(swapped)).isEqualTo("入れ替わる契約書");
    assertThat(standing().open()).isZero();
    assertThat(standing().repaired()).isEqualTo(3);
    assertThat(standing().roundEnded()).isPresent();
  }

  @Test
  @DisplayName("鍵が失われた原本は、読めないものとして見つかる")
  void findsWhatNobodyCanReadAnyMore() throws IOException {
    var lost = put("鍵が失われる契約書");
    TestPeople.run(
        "update vault_object set key_number = 99 where tenant_id = ? and sha256 = ?",
        body.id().value(),
        lost.hex());
    var examined = Tenancy.in(body.id(), () -> SecondStores.examination(context, second).of(lost));
    assertThat(examined.first()).isEqualTo(Condition.DAMAGED);
  }

  @Test
  @DisplayName("壊れた複製も失われた複製も、原本から作り直す")
  void repairsTheCopy() throws IOException {
    var flipped = put("複製のビットが変わる");
    var missing = put("複製が失われる");
    run(now);
    flip(copy(flipped));
    Files.delete(copy(missing));

    run(later);

    assertThat(told)
        .contains("repaired SECOND DAMAGED " + flipped, "repaired SECOND MISSING " + missing);
    assertThat(copyOf(flipped)).isEqualTo(Condition.WHOLE);
    assertThat(copyOf(missing)).isEqualTo(Condition.WHOLE);
  }

  @Test
  @DisplayName("読んで壊れていれば、点検を待たずに直す")
  void repairsWhatAReaderFound() throws IOException {
    var digest = put("読まれる契約書");
    run(now);
    flip(original(digest));
    assertThatThrownBy(() -> read(digest)).isInstanceOf(IntegrityBroken.class);
    assertThatThrownBy(() -> read(digest)).isInstanceOf(IntegrityBroken.class);
    assertThat(standing().open()).isEqualTo(1);

    run(now);

    assertThat(told)
        .containsExactly("found FIRST DAMAGED " + digest, "repaired FIRST DAMAGED " + digest);
    assertThat(read(digest)).isEqualTo("読まれる契約書");
  }

  @Test
  @DisplayName("両方が壊れていれば、どちらにも触れず、直ったと言わない")
  void touchesNothingWhenBothAreBroken() throws IOException {
    var digest = put("両方が壊れる契約書");
    run(now);
    flip(original(digest));
    flip(copy(digest));
    var first = Files.readAllBytes(original(digest));
    var other = Files.readAllBytes(copy(digest));

    run(later);
    run(later);

    assertThat(original(digest)).hasBinaryContent(first);
    assertThat(copy(digest)).hasBinaryContent(other);
    assertThat(standing().open()).isEqualTo(2);
    assertThat(told)
        .containsExactlyInAnyOrder(
            "found FIRST DAMAGED " + digest, "found SECOND DAMAGED " + digest);
  }

  @Test
  @DisplayName("複製の置き場がなくても点検し、直せないものを見つけたままにする")
  void scrubsAStoreThatStandsAlone() throws IOException {
    var digest = put("一つしかない契約書");
    Files.delete(original(digest));
    var alone =
        SecondStores.care(context, new SecondStore(Optional.empty()), in(Duration.ofDays(31)));

    run(alone);

    assertThat(alone.hasSecondStore()).isFalse();
    assertThat(told).containsExactly("found FIRST MISSING " + digest);
    assertThat(standing().open()).isEqualTo(1);
  }

  @Test
  @DisplayName("一度に読む量で止まり、次の回はその続きから進み、終われば次の時期まで休む")
  void goesOnWhereItStopped() throws IOException {
    for (var i = 0; i < 4; i++) {
      put("契約書 " + i);
    }
    run(now);
    for (var i = 1; i <= 4; i++) {
      assertThat(Tenancy.in(body.id(), () -> later.run(1, new Listener()))).isPositive();
      assertThat(standing().lookedAt()).isEqualTo(i);
      assertThat(standing().roundEnded()).isEmpty();
    }
    assertThat(run(later)).isZero();
    assertThat(standing().roundEnded()).isPresent();
    assertThat(run(careIn(Duration.ofDays(60)))).isZero();
    assertThat(run(careIn(Duration.ofDays(62)))).isPositive();
  }

  @Test
  @DisplayName("置き場そのものが見えないときは、すべてが失われたとは考えず、何もしない")
  void doesNothingWhenTheStoreIsGone() throws IOException {
    var digest = put("契約書");
    run(now);
    Files.move(second, folder.resolve("unmounted"));
    Files.createDirectory(second);

    assertThatThrownBy(() -> run(later)).isInstanceOf(Unavailable.class);
    assertThat(standing().open()).isZero();
    assertThat(second).isEmptyDirectory();
    assertThat(read(digest)).isEqualTo("契約書");
  }

  @Test
  @DisplayName("団体の鍵が新しくなれば複製も移し、前の鍵の複製を残さない")
  void followsTheBodysKey() throws IOException {
    var digest = put("契約書");
    run(now);
    var former = copy(digest);
    Tenancy.in(
        body.id(),
        () -> {
          transaction.executeWithoutResult(_ -> keys.renew());
          return reencryption.run();
        });
    run(now);

    assertThat(former).doesNotExist();
    assertThat(copyOf(digest)).isEqualTo(Condition.WHOLE);
    run(later);
    assertThat(told).isEmpty();
  }

  @Test
  @DisplayName("原本の置き場の中や外側には、複製を置かせない")
  void refusesACopyWithinTheStore() {
    for (var other : List.of("/srv/store", "/srv/store/copy", "/srv", "/srv/store/../store")) {
      assertThatThrownBy(() -> settings(other)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(settings("/srv/store-copy").secondDirectory()).isNotNull();
  }

  private static StoreSettings settings(String other) {
    return new StoreSettings(
        Path.of("/srv/store"),
        Path.of(other),
        Duration.ofSeconds(1),
        Duration.ofDays(30),
        DataSize.ofMegabytes(1));
  }

  private class Listener implements VaultCare.Told {
    @Override
    public void found(Finding finding) {
      tell("found", finding);
    }

    @Override
    public void repaired(Finding finding) {
      tell("repaired", finding);
    }

    private void tell(String what, Finding finding) {
      told.add(
          "%s %s %s %s".formatted(what, finding.store(), finding.condition(), finding.digest()));
    }
  }

  private long run(VaultCare care) {
    return Tenancy.in(body.id(), () -> care.run(PLENTY, new Listener()));
  }

  private Standing standing() {
    return Tenancy.in(body.id(), now::standing);
  }

  private VaultCare careIn(Duration ahead) {
    return SecondStores.care(context, second, in(ahead));
  }

  private static Clock in(Duration ahead) {
    return Clock.offset(Clock.systemUTC(), ahead);
  }

  private Path original(Sha256 digest) {
    return StoredObjects.file(keys, transaction, body.id(), digest);
  }

  private Path copy(Sha256 digest) {
    return second.resolve(ServiceTest.RealParts.store().relativize(original(digest)));
  }

  private Condition copyOf(Sha256 digest) {
    return Tenancy.in(
        body.id(),
        () -> SecondStores.examination(context, second).of(digest).second().orElseThrow());
  }

  private static void flip(Path file) throws IOException {
    var bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  private Sha256 put(String text) throws IOException {
    var file = Files.writeString(Files.createTempFile(folder, "upload", null), text);
    return Tenancy.in(body.id(), () -> vault.put(file, "application/pdf"));
  }

  private String read(Sha256 digest) {
    return new String(StoredObjects.bytes(vault, body.id(), digest), UTF_8);
  }
}
