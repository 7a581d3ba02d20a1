package jp.musubi.seal.key;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import jp.musubi.seal.CertificateFitness;
import jp.musubi.seal.CertificateUnfit;
import jp.musubi.seal.SealKey;

/** A key whose certificate is looked at before each seal. */
public final class WatchedSealKey implements SealKey {
  private static final Duration SILENCE = Duration.ofHours(1);

  private final SealKey key;
  private final CertificateFitness.Limits limits;
  private final Clock clock;
  private final Consumer<CertificateFitness.NearExpiry> alarm;
  private final AtomicReference<Instant> alarmed = new AtomicReference<>(Instant.MIN);

  /**
   * A watched key.
   *
   * @param alarm told when the certificate nears its end, once an hour at most
   */
  public WatchedSealKey(
      SealKey key,
      CertificateFitness.Limits limits,
      Clock clock,
      Consumer<CertificateFitness.NearExpiry> alarm) {
    this.key = key;
    this.limits = limits;
    this.clock = clock;
    this.alarm = alarm;
  }

  /** Whether the certificate may seal now. */
  public CertificateFitness fitness() {
    return CertificateFitness.of(key.chain().getFirst(), clock.instant(), limits);
  }

  @Override
  public List<X509Certificate> chain() {
    return key.chain();
  }

  @Override
  public String algorithm() {
    return key.algorithm();
  }

  @Override
  public byte[] sign(byte[] toBeSigned) {
    switch (fitness()) {
      case CertificateFitness.Fit _ -> {}
      case CertificateFitness.NearExpiry near -> raise(near);
      case CertificateFitness.Unfit(var reason) ->
          throw new CertificateUnfit("the sealing certificate " + reason, null);
    }
    return key.sign(toBeSigned);
  }

  private void raise(CertificateFitness.NearExpiry near) {
    var now = clock.instant();
    var before = alarmed.get();
    if ((before.equals(Instant.MIN) || !now.isBefore(before.plus(SILENCE)))
        && alarmed.compareAndSet(before, now)) {
      alarm.accept(near);
    }
  }
}
