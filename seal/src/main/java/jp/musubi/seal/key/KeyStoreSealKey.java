package jp.musubi.seal.key;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.Arrays;
import java.util.List;
import jp.musubi.seal.KeyUnavailable;
import jp.musubi.seal.SealKey;

/** A key in a {@link KeyStore}: a PKCS#12 file, or a hardware module by PKCS#11. */
public final class KeyStoreSealKey implements SealKey {
  private static final int SMALLEST_RSA = 3072;

  private final PrivateKey key;
  private final List<X509Certificate> chain;
  private final String algorithm;

  private KeyStoreSealKey(PrivateKey key, List<X509Certificate> chain, String algorithm) {
    this.key = key;
    this.chain = chain;
    this.algorithm = algorithm;
  }

  /**
   * The key under {@code alias}.
   *
   * @throws KeyUnavailable when there is none, or its algorithm is too weak (SIG-13: ECDSA P-256
   *     and up, RSA-3072 and up)
   */
  public static KeyStoreSealKey of(KeyStore store, String alias, char[] password) {
    try {
      if (!(store.getKey(alias, password) instanceof PrivateKey key)) {
        throw new KeyUnavailable("no private key under '%s'".formatted(alias), null);
      }
      var chain = store.getCertificateChain(alias);
      if (chain == null || chain.length == 0) {
        throw new KeyUnavailable("no certificate under '%s'".formatted(alias), null);
      }
      var certificates = Arrays.stream(chain).map(KeyStoreSealKey::x509).toList();
      return new KeyStoreSealKey(key, certificates, algorithmOf(certificates.getFirst()));
    } catch (GeneralSecurityException e) {
      throw new KeyUnavailable("the key under '%s' cannot be used".formatted(alias), e);
    }
  }

  private static X509Certificate x509(Certificate certificate) {
    if (certificate instanceof X509Certificate x509) {
      return x509;
    }
    throw new KeyUnavailable("not an X.509 certificate: " + certificate.getType(), null);
  }

  private static String algorithmOf(X509Certificate certificate) {
    return switch (certificate.getPublicKey()) {
      case RSAKey rsa when rsa.getModulus().bitLength() >= SMALLEST_RSA -> "SHA256withRSA";
      case ECKey ec when ec.getParams().getOrder().bitLength() >= 384 -> "SHA384withECDSA";
      case ECKey ec when ec.getParams().getOrder().bitLength() >= 256 -> "SHA256withECDSA";
      default ->
          throw new KeyUnavailable(
              "sealing key: %s (expected: ECDSA P-256 or P-384, or RSA of at least %d bits)"
                  .formatted(certificate.getPublicKey().getAlgorithm(), SMALLEST_RSA),
              null);
    };
  }

  @Override
  public List<X509Certificate> chain() {
    return chain;
  }

  @Override
  public String algorithm() {
    return algorithm;
  }

  @Override
  public byte[] sign(byte[] toBeSigned) {
    try {
      var signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(toBeSigned);
      var signature = signer.sign();
      // A hardware fault must not become a broken contract (and, for RSA-CRT, not a leaked key).
      var verifier = Signature.getInstance(algorithm);
      verifier.initVerify(chain.getFirst().getPublicKey());
      verifier.update(toBeSigned);
      if (!verifier.verify(signature)) {
        throw new KeyUnavailable("the key's signature does not verify with its certificate", null);
      }
      return signature;
    } catch (GeneralSecurityException e) {
      throw new KeyUnavailable("the key does not sign", e);
    }
  }
}
