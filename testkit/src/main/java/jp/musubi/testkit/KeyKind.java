package jp.musubi.testkit;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;

/** 鍵の種類 — The kinds of key the hierarchy can make. */
public enum KeyKind {
  /** ECDSA on NIST P-256 with SHA-256. */
  P_256,
  /** ECDSA on NIST P-384 with SHA-384. */
  P_384,
  /** RSA of 1,024 bits: nobody may rely on it. */
  RSA_1024,
  /** RSA of 2,048 bits, PKCS#1 v1.5 with SHA-256: below what new signatures should use. */
  RSA_2048,
  /** RSA of 3,072 bits, PKCS#1 v1.5 with SHA-256. */
  RSA_3072,
  /** RSA of 4,096 bits, PKCS#1 v1.5 with SHA-256. */
  RSA_4096;

  KeyPair generate() {
    try {
      return switch (this) {
        case P_256 -> elliptic("secp256r1");
        case P_384 -> elliptic("secp384r1");
        case RSA_1024 -> rsa(1024);
        case RSA_2048 -> rsa(2048);
        case RSA_3072 -> rsa(3072);
        case RSA_4096 -> rsa(4096);
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java cannot make a key of kind " + this, e);
    }
  }

  /** The JCA name of the signature that suits {@code key}. */
  static String signatureAlgorithm(PrivateKey key) {
    if (!(key instanceof ECPrivateKey elliptic)) {
      return "SHA256withRSA";
    }
    var bits = elliptic.getParams().getOrder().bitLength();
    return bits > 256 ? "SHA384withECDSA" : "SHA256withECDSA";
  }

  private static KeyPair elliptic(String curve) throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    return generator.generateKeyPair();
  }

  private static KeyPair rsa(int bits) throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    return generator.generateKeyPair();
  }
}
