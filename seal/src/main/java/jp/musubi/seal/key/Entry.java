package jp.musubi.seal.key;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import jp.musubi.seal.KeyUnavailable;

/**
 * A key with its certificates, wherever it lies; it has signed once, so that it is known to match.
 *
 * @param chain leaf first
 * @param provider who holds the key, when it is not the platform's own
 */
record Entry(
    PrivateKey key, List<X509Certificate> chain, Algorithm algorithm, Optional<Provider> provider) {

  /** Signed at the start to see whether key and certificate belong together. */
  private static final byte[] CHALLENGE =
      "musubi: does this key match its certificate?".getBytes(StandardCharsets.US_ASCII);

  /**
   * The entry under {@code alias}.
   *
   * @param certificates the issuers, where the store keeps the leaf alone; may be empty
   * @throws KeyUnavailable when there is none, its algorithm is too weak, or key and certificate do
   *     not match
   */
  static Entry of(
      KeyStore store,
      String alias,
      char[] password,
      RsaPadding padding,
      List<X509Certificate> certificates,
      Optional<Provider> provider) {
    try {
      if (!(store.getKey(alias, password) instanceof PrivateKey key)) {
        throw new KeyUnavailable("no private key under '%s'".formatted(alias), null);
      }
      var chain = chain(store, alias, certificates);
      var entry = new Entry(key, chain, Algorithm.of(chain.getFirst(), padding), provider);
      entry.sign(CHALLENGE);
      return entry;
    } catch (GeneralSecurityException e) {
      throw new KeyUnavailable("the key under '%s' cannot be used".formatted(alias), e);
    }
  }

  byte[] sign(byte[] bytes) throws GeneralSecurityException {
    return algorithm.sign(key, chain.getFirst(), bytes, provider);
  }

  private static List<X509Certificate> chain(
      KeyStore store, String alias, List<X509Certificate> others) throws GeneralSecurityException {
    var chain = store.getCertificateChain(alias);
    if (chain == null || chain.length == 0) {
      throw new KeyUnavailable("no certificate under '%s'".formatted(alias), null);
    }
    var found = new java.util.ArrayList<>(Arrays.stream(chain).map(Entry::x509).toList());
    for (var next = issuer(found.getLast(), others);
        next.isPresent();
        next = issuer(found.getLast(), others)) {
      found.add(next.get());
    }
    return List.copyOf(found);
  }

  private static Optional<X509Certificate> issuer(
      X509Certificate certificate, List<X509Certificate> others) {
    var issuer = certificate.getIssuerX500Principal();
    return certificate.getSubjectX500Principal().equals(issuer)
        ? Optional.empty()
        : others.stream().filter(c -> c.getSubjectX500Principal().equals(issuer)).findFirst();
  }

  private static X509Certificate x509(Certificate certificate) {
    if (certificate instanceof X509Certificate x509) {
      return x509;
    }
    throw new KeyUnavailable("not an X.509 certificate: " + certificate.getType(), null);
  }
}
