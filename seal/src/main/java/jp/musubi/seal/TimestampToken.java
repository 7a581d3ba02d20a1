package jp.musubi.seal;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** A checked RFC 3161 timestamp token. */
public final class TimestampToken {
  private final byte[] der;
  private final Instant time;
  private final BigInteger serial;
  private final List<X509Certificate> path;

  /**
   * A token that has passed all checks.
   *
   * @param der the TimeStampToken, a CMS SignedData
   * @param path the TSA's certificate and its issuers up to a trust anchor, leaf first
   */
  public TimestampToken(byte[] der, Instant time, BigInteger serial, List<X509Certificate> path) {
    this.der = der.clone();
    this.time = time;
    this.serial = serial;
    this.path = List.copyOf(path);
  }

  /** The TimeStampToken, a CMS SignedData in DER. */
  public byte[] der() {
    return der.clone();
  }

  /** genTime. */
  public Instant time() {
    return time;
  }

  /** The token's serial number at its TSA. */
  public BigInteger serial() {
    return serial;
  }

  /** The TSA's certificate and its issuers up to a trust anchor, leaf first. */
  public List<X509Certificate> path() {
    return path;
  }
}
