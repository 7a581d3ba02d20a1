package jp.musubi.sealing;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import jp.musubi.harness.Toxic;
import jp.musubi.seal.KeyUnavailable;
import jp.musubi.seal.SealKey;
import org.jspecify.annotations.Nullable;

/** A key whose keeper can be made to fail. */
final class SickKey implements SealKey {
  private static final int A_WHILE = 300;

  private final SealKey well;
  private final AtomicInteger spoilt = new AtomicInteger();
  private volatile @Nullable Toxic toxic;

  SickKey(SealKey well) {
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

  @Override
  public List<X509Certificate> chain() {
    return well.chain();
  }

  @Override
  public String algorithm() {
    return well.algorithm();
  }

  @Override
  public byte[] sign(byte[] toBeSigned) {
    var now = toxic;
    if (now == null) {
      return well.sign(toBeSigned);
    }
    spoilt.incrementAndGet();
    return switch (now) {
      case REFUSED, RESET, SERVER_ERROR -> throw new KeyUnavailable("the keeper is away", null);
      case BLACK_HOLE -> {
        pause();
        throw new KeyUnavailable("no answer within the deadline", null);
      }
      case SLOW -> {
        pause();
        yield well.sign(toBeSigned);
      }
      case GARBAGE -> new byte[70];
      case TRUNCATED -> {
        var whole = well.sign(toBeSigned);
        yield Arrays.copyOf(whole, whole.length / 2);
      }
      case EFFECT_LOST -> {
        well.sign(toBeSigned);
        throw new KeyUnavailable("the answer was lost", null);
      }
      case DUPLICATE -> {
        well.sign(toBeSigned);
        yield well.sign(toBeSigned);
      }
    };
  }

  private static void pause() {
    try {
      // What a slow module does, by the real clock.
      Thread.sleep(A_WHILE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
