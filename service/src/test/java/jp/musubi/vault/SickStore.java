package jp.musubi.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import jp.musubi.harness.Toxic;
import jp.musubi.platform.TenantId;
import org.jspecify.annotations.Nullable;

/** A store that can be made to fail. */
final class SickStore implements ObjectStore {
  /** Longer than the deadline of a test. */
  private static final int TOO_LONG = 2_500;

  private final ObjectStore well;
  private final AtomicInteger spoilt = new AtomicInteger();
  private volatile @Nullable Toxic toxic;

  SickStore(ObjectStore well) {
    this.well = well;
  }

  void spoil(Toxic how) {
    toxic = how;
  }

  void heal() {
    toxic = null;
  }

  int spoilt() {
    return spoilt.get();
  }

  /** Something that the store does. */
  private interface Deed<T> {
    T doIt() throws IOException;
  }

  /** What is asked for goes wrong; {@code nonsense} does it with other bytes. */
  private <T> T spoiltBy(Deed<T> deed, Deed<T> nonsense, Deed<T> half) throws IOException {
    var now = toxic;
    if (now == null) {
      return deed.doIt();
    }
    spoilt.incrementAndGet();
    return switch (now) {
      case REFUSED, RESET, SERVER_ERROR -> throw new IOException("the store is away");
      case BLACK_HOLE -> {
        pause();
        throw new IOException("no answer");
      }
      case SLOW -> {
        pause();
        yield deed.doIt();
      }
      case GARBAGE -> nonsense.doIt();
      case TRUNCATED -> half.doIt();
      case EFFECT_LOST -> {
        deed.doIt();
        throw new IOException("the answer was lost");
      }
      case DUPLICATE -> {
        deed.doIt();
        yield deed.doIt();
      }
    };
  }

  @Override
  public Written putIfAbsent(TenantId tenant, ObjectName name, Path file) throws IOException {
    return spoiltBy(
        () -> well.putIfAbsent(tenant, name, file),
        () -> well.putIfAbsent(tenant, name, other(file, false)),
        () -> well.putIfAbsent(tenant, name, other(file, true)));
  }

  @Override
  public void get(TenantId tenant, ObjectName name, Path target) throws IOException {
    spoiltBy(
        () -> fetch(tenant, name, target, false, false),
        () -> fetch(tenant, name, target, true, false),
        () -> fetch(tenant, name, target, true, true));
  }

  @Override
  public void replace(TenantId tenant, ObjectName name, Path file) throws IOException {
    well.replace(tenant, name, file);
  }

  @Override
  public boolean remove(TenantId tenant, ObjectName name) throws IOException {
    return well.remove(tenant, name);
  }

  @Override
  public boolean exists(TenantId tenant, ObjectName name) throws IOException {
    return well.exists(tenant, name);
  }

  @Override
  public long count(TenantId tenant) throws IOException {
    return well.count(tenant);
  }

  @Override
  public boolean removeSome(TenantId tenant, int most) throws IOException {
    return well.removeSome(tenant, most);
  }

  private boolean fetch(TenantId tenant, ObjectName name, Path target, boolean other, boolean half)
      throws IOException {
    well.get(tenant, name, target);
    if (other) {
      Files.write(target, Files.readAllBytes(other(target, half)));
    }
    return true;
  }

  private static Path other(Path file, boolean half) throws IOException {
    var bytes = Files.readAllBytes(file);
    if (half) {
      bytes = Arrays.copyOf(bytes, bytes.length / 2);
    } else {
      Arrays.fill(bytes, (byte) 7);
    }
    return Files.write(Files.createTempFile("other", null), bytes);
  }

  private static void pause() throws IOException {
    try {
      // By the real clock, as the deadline runs.
      Thread.sleep(TOO_LONG);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
