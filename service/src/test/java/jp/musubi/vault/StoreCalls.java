package jp.musubi.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.harness.Call;
import jp.musubi.harness.Toxic;
import jp.musubi.platform.IntegrityBroken;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.Unavailable;
import jp.musubi.seal.Sha256;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The calls to the object store: nothing is recorded as stored that is not there, whole. */
public final class StoreCalls {
  private static final Duration DEADLINE = Duration.ofSeconds(1);

  private final ApplicationContext context;

  /** On the running service. */
  public StoreCalls(ApplicationContext context) {
    this.context = context;
  }

  /** Writing and reading. */
  public List<Call> all() {
    return List.of(Call.named("原本の置き場（書く）", this::put), Call.named("原本の置き場（読む）", this::get));
  }

  private record House(TestBody body, SickStore store, StoredVault vault, List<Condition> told) {}

  private House house() {
    var body = TestBody.create("x");
    var store = new SickStore(new FileObjectStore(ServiceTest.RealParts.store()));
    var told = new ArrayList<Condition>();
    var vault =
        new StoredVault(
            new ObjectBytes(store, new StoreGate(DEADLINE)),
            context.getBean(ObjectRecords.class),
            new TransactionTemplate(context.getBean(PlatformTransactionManager.class)),
            (_, condition) -> told.add(condition));
    return new House(body, store, vault, told);
  }

  private void put(Toxic toxic) throws Exception {
    var house = house();
    var file = Files.writeString(Files.createTempFile("put", null), "契約書 " + UUID.randomUUID());
    var digest = Sha256.of(file);
    house.store().spoil(toxic);
    var wrongBytes = toxic == Toxic.GARBAGE || toxic == Toxic.TRUNCATED;
    if (toxic == Toxic.DUPLICATE) {
      put(house, file);
    } else {
      assertThatThrownBy(() -> put(house, file))
          .isInstanceOf(wrongBytes ? IntegrityBroken.class : Unavailable.class);
      assertThatThrownBy(() -> read(house, digest)).isInstanceOf(NotFound.class);
    }
    assertThat(house.store().spoilt()).isPositive();
    house.store().heal();
    if (wrongBytes) {
      // The name is taken by other bytes, for ever: that is said, and never recorded as stored.
      assertThatThrownBy(() -> put(house, file)).isInstanceOf(IntegrityBroken.class);
      assertThatThrownBy(() -> read(house, digest)).isInstanceOf(NotFound.class);
      return;
    }
    put(house, file);
    assertThat(read(house, digest)).isEqualTo(Files.readString(file));
    assertThat(house.told()).isEmpty();
  }

  private void get(Toxic toxic) throws Exception {
    var house = house();
    var file = Files.writeString(Files.createTempFile("get", null), "契約書 " + UUID.randomUUID());
    var digest = put(house, file);
    house.store().spoil(toxic);
    if (toxic == Toxic.DUPLICATE) {
      assertThat(read(house, digest)).isEqualTo(Files.readString(file));
    } else if (toxic == Toxic.GARBAGE || toxic == Toxic.TRUNCATED) {
      assertThatThrownBy(() -> read(house, digest)).isInstanceOf(IntegrityBroken.class);
      assertThat(house.told()).containsExactly(Condition.DAMAGED);
    } else {
      assertThatThrownBy(() -> read(house, digest)).isInstanceOf(Unavailable.class);
      assertThat(house.told()).as("away is not lost").isEmpty();
    }
    assertThat(house.store().spoilt()).isPositive();
    house.store().heal();
    assertThat(read(house, digest)).isEqualTo(Files.readString(file));
  }

  private static Sha256 put(House house, Path file) {
    return Tenancy.in(house.body().id(), () -> house.vault().put(file, "application/pdf"));
  }

  private static String read(House house, Sha256 digest) {
    return Tenancy.in(
        house.body().id(),
        () ->
            house
                .vault()
                .with(
                    digest,
                    path -> {
                      try {
                        return Files.readString(path);
                      } catch (IOException e) {
                        throw new UncheckedIOException(e);
                      }
                    }));
  }
}
