package jp.musubi.seal.key;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import jp.musubi.seal.KeyUnavailable;
import org.jspecify.annotations.Nullable;

/**
 * A key with its certificates, wherever it lies; it has signed once, so that it is known to match.
 *
 * @param keeper who has the key
 * @param chain leaf first
 */
record Entry(Keeper keeper, List<X509Certificate> chain, Algorithm algorithm) {

  /** Signed at the start to see whether key and certificate belong together. */
  private static final byte[] CHALLENGE =
      "musubi: does this key match its certificate?".getBytes(StandardCharsets.US_ASCII);

  /** Signs with a key that only it knows. */
  @FunctionalInterface
  interface Keeper {
    byte[] sign(Algorithm algorithm, byte[] bytes) throws GeneralSecurityException;
  }

  /**
   * The entry under {@code alias}.
   *
   * @throws KeyUnavailable when there is none, its algorithm is too weak, or key and certificate do
   *     not match
   */
  static Entry of(KeyStore store, String alias, char[] password, RsaPadding padding) {
    try {
      var key = key(store, alias, password);
      return of(
          (algorithm, bytes) -> algorithm.sign(key, bytes, Optional.empty()),
          certificates(store, alias),
          padding,
          List.of());
    } catch (GeneralSecurityException e) {
      throw new KeyUnavailable("the key under '%s' cannot be used".formatted(alias), e);
    }
  }

  /**
   * The entry of a key that somebody else keeps.
   *
   * @param certificates leaf first
   * @param issuers those that complete them, where the keeper has the leaf alone; may be empty
   * @throws KeyUnavailable when its algorithm is too weak, or key and certificate do not match
   */
  static Entry of(
      Keeper keeper,
      List<X509Certificate> certificates,
      RsaPadding padding,
      List<X509Certificate> issuers)
      throws GeneralSecurityException {
    var chain = complete(certificates, issuers);
    var entry = new Entry(keeper, chain, Algorithm.of(chain.getFirst(), padding));
    entry.sign(CHALLENGE);
    return entry;
  }

  byte[] sign(byte[] bytes) throws GeneralSecurityException {
    var signature = keeper.sign(algorithm, bytes);
    algorithm.insist(chain.getFirst(), bytes, signature);
    return signature;
  }

  /** The private key under an alias. */
  static PrivateKey key(KeyStore store, String alias, char @Nullable [] password)
      throws GeneralSecurityException {
    if (store.getKey(alias, password) instanceof PrivateKey key) {
      return key;
    }
    throw new KeyUnavailable("no private key under '%s'".formatted(alias), null);
  }

  /** The certificates under an alias, leaf first. */
  static List<X509Certificate> certificates(KeyStore store, String alias)
      throws GeneralSecurityException {
    var chain = store.getCertificateChain(alias);
    if (chain == null || chain.length == 0) {
      throw new KeyUnavailable("no certificate under '%s'".formatted(alias), null);
    }
    return Arrays.stream(chain).map(Entry::x509).toList();
  }

  private static List<X509Certificate> complete(
      List<X509Certificate> certificates, List<X509Certificate> others) {
    var found = new ArrayList<>(certificates);
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
