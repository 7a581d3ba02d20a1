package jp.musubi.seal;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * What a phase keeps of a timestamp.
 *
 * @param path the authority's certificate and its issuers, as they were checked with the token
 */
record Stamp(BigInteger serial, Instant time, List<X509Certificate> path) {
  Stamp {
    path = List.copyOf(path);
  }

  static Stamp of(TimestampToken token) {
    return new Stamp(token.serial(), token.time(), token.path());
  }

  void put(PhaseText.Writer text) {
    text.put("timestamp-serial", serial.toString(16))
        .put("timestamp-time", time.toString())
        .put("timestamp-path", path);
  }

  static Stamp take(PhaseText.Reader text) {
    return new Stamp(
        new BigInteger(text.next("timestamp-serial"), 16),
        Instant.parse(text.next("timestamp-time")),
        text.nextCertificates("timestamp-path"));
  }
}
