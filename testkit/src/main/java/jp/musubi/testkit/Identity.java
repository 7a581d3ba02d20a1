package jp.musubi.testkit;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * 鍵と証明書 — A private key and the path of its certificate.
 *
 * @param key the private key
 * @param path from the key's own certificate up to and including the root
 */
public record Identity(PrivateKey key, List<X509Certificate> path) {

  public Identity {
    path = List.copyOf(path);
    if (path.isEmpty()) {
      throw new IllegalArgumentException("An identity needs its own certificate");
    }
  }

  /** The key's own certificate. */
  public X509Certificate certificate() {
    return path.getFirst();
  }

  /** The path without the root: what a signature or a timestamp carries. */
  public List<X509Certificate> chain() {
    return path.size() == 1 ? path : path.subList(0, path.size() - 1);
  }

  /** The root at the end of the path. */
  public X509Certificate root() {
    return path.getLast();
  }
}
