package jp.musubi.seal.key;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;
import jp.musubi.seal.KeyUnavailable;

/** The ways to seal (SIG-13, ADR 0011), and how the JDK is told of each. */
enum Algorithm {
  ECDSA_P256("SHA256withECDSA", "SHA256withECDSA"),
  ECDSA_P384("SHA384withECDSA", "SHA384withECDSA"),
  RSA_PKCS1("SHA256withRSA", "SHA256withRSA"),
  RSA_PSS("SHA256withRSAandMGF1", "RSASSA-PSS");

  private static final int SMALLEST_RSA = 3072;
  private static final PSSParameterSpec PSS =
      new PSSParameterSpec(
          "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, PSSParameterSpec.TRAILER_FIELD_BC);

  private final String cmsName;
  private final String jdkName;

  Algorithm(String cmsName, String jdkName) {
    this.cmsName = cmsName;
    this.jdkName = jdkName;
  }

  static Algorithm of(X509Certificate certificate, RsaPadding padding) {
    return switch (certificate.getPublicKey()) {
      case RSAKey rsa when rsa.getModulus().bitLength() >= SMALLEST_RSA ->
          switch (padding) {
            case PKCS1 -> RSA_PKCS1;
            case PSS -> RSA_PSS;
          };
      case ECKey ec when ec.getParams().getOrder().bitLength() == 384 -> ECDSA_P384;
      case ECKey ec when ec.getParams().getOrder().bitLength() == 256 -> ECDSA_P256;
      default ->
          throw new KeyUnavailable(
              "sealing key: %s (expected: ECDSA P-256 or P-384, or RSA of at least %d bits)"
                  .formatted(certificate.getPublicKey().getAlgorithm(), SMALLEST_RSA),
              null);
    };
  }

  /** The name by which CMS finds the AlgorithmIdentifier. */
  String cmsName() {
    return cmsName;
  }

  /**
   * A signature, as the keeper of the key makes it.
   *
   * @param provider who holds the key, when it is not the platform's own
   */
  byte[] sign(PrivateKey key, byte[] bytes, Optional<Provider> provider)
      throws GeneralSecurityException {
    var signer = provider.isPresent() ? instance(provider.get()) : Signature.getInstance(jdkName);
    parameters(signer);
    signer.initSign(key);
    signer.update(bytes);
    return signer.sign();
  }

  /**
   * Verifies a signature with the certificate before anybody uses it: a fault in the keeper must
   * not become a broken contract, nor, for RSA with CRT, give the key away.
   */
  void insist(X509Certificate certificate, byte[] bytes, byte[] signature)
      throws GeneralSecurityException {
    if (!verifies(certificate.getPublicKey(), bytes, signature)) {
      throw new KeyUnavailable("the key's signature does not verify with its certificate", null);
    }
  }

  private Signature instance(Provider provider) throws GeneralSecurityException {
    return Signature.getInstance(jdkName, provider);
  }

  private boolean verifies(PublicKey key, byte[] bytes, byte[] signature)
      throws GeneralSecurityException {
    var verifier = Signature.getInstance(jdkName);
    parameters(verifier);
    verifier.initVerify(key);
    verifier.update(bytes);
    try {
      return verifier.verify(signature);
    } catch (java.security.SignatureException e) {
      // Not even the form of a signature, e.g. of an RSA key for an elliptic certificate.
      return false;
    }
  }

  private void parameters(Signature signature) throws GeneralSecurityException {
    if (this == RSA_PSS) {
      signature.setParameter(PSS);
    }
  }
}
