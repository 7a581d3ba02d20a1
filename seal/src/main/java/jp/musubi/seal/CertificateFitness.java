package jp.musubi.seal;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/** 証明書の余命 — whether a certificate may still seal. A decision over a certificate and a time. */
public sealed interface CertificateFitness {

  /** It may. */
  record Fit() implements CertificateFitness {}

  /**
   * It may, but a person should see to the next one.
   *
   * @param left until it ends
   */
  record NearExpiry(Duration left) implements CertificateFitness {}

  /** It may not: not begun, over, or so near its end that a file could not be preserved in time. */
  record Unfit(String reason) implements CertificateFitness {}

  /**
   * When sealing stops and when somebody is told.
   *
   * @param stop remaining life below which no seal is made
   * @param alarm remaining life below which somebody is told; not shorter than {@code stop}
   */
  record Limits(Duration stop, Duration alarm) {
    /** Refuses limits that would stop before they alarm. */
    public Limits {
      if (stop.isNegative() || alarm.compareTo(stop) < 0) {
        throw new IllegalArgumentException(
            "alarm at %s, stop at %s (expected: the alarm is not later)".formatted(alarm, stop));
      }
    }
  }

  /** The decision. */
  static CertificateFitness of(X509Certificate certificate, Instant now, Limits limits) {
    var begin = certificate.getNotBefore().toInstant();
    var end = certificate.getNotAfter().toInstant();
    if (now.isBefore(begin)) {
      return new Unfit("begins at %s (now: %s)".formatted(begin, now));
    }
    var left = Duration.between(now, end);
    if (left.isNegative() || left.compareTo(limits.stop()) < 0) {
      return new Unfit("ends at %s (now: %s, needed: %s)".formatted(end, now, limits.stop()));
    }
    return left.compareTo(limits.alarm()) < 0 ? new NearExpiry(left) : new Fit();
  }
}
