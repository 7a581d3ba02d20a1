package jp.musubi.seal.validation;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** 最新の文書タイムスタンプ — the newest document timestamp of a file, as it was judged: it holds. */
public final class NewestTimestamp {
  private final byte[] der;
  private final Instant time;
  private final List<X509Certificate> path;

  NewestTimestamp(byte[] der, Instant time, List<X509Certificate> path) {
    this.der = der.clone();
    this.time = time;
    this.path = List.copyOf(path);
  }

  /** The TimeStampToken in DER. */
  public byte[] der() {
    return der.clone();
  }

  /** genTime. */
  public Instant time() {
    return time;
  }

  /** The authority's certificate and its issuers up to a trust anchor, leaf first. */
  public List<X509Certificate> path() {
    return path;
  }
}
