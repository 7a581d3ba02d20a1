package jp.musubi.seal;

import java.security.Provider;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.SignerInformationVerifier;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentVerifierProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;

/**
 * 署名値の検証器 — by the Java platform, which is the faster one; except for RSASSA-PSS (RFC 4056), which
 * the platform has by another name than Bouncy Castle asks for.
 */
public final class Verifiers {
  private Verifiers() {}

  /** Made when the first signature needs it, and never registered. */
  private static final class Pss {
    static final Provider PROVIDER = new BouncyCastleProvider();
  }

  /**
   * For a CMS signer and the key of its certificate.
   *
   * @throws OperatorCreationException when nobody here knows the algorithm
   */
  public static SignerInformationVerifier of(SignerInformation signer, PublicKey key)
      throws OperatorCreationException {
    return builder(signer).build(key);
  }

  /** For a CMS signer and its certificate, whose validity at the claimed time is checked, too. */
  public static SignerInformationVerifier of(SignerInformation signer, X509Certificate certificate)
      throws OperatorCreationException {
    return builder(signer).build(certificate);
  }

  private static JcaSimpleSignerInfoVerifierBuilder builder(SignerInformation signer) {
    var builder = new JcaSimpleSignerInfoVerifierBuilder();
    return isPss(signer.toASN1Structure().getDigestEncryptionAlgorithm())
        ? builder.setProvider(Pss.PROVIDER)
        : builder;
  }

  /** For something that a certificate's key signed by an algorithm, such as an OCSP answer. */
  public static ContentVerifierProvider of(
      AlgorithmIdentifier algorithm, X509Certificate certificate) throws OperatorCreationException {
    var builder = new JcaContentVerifierProviderBuilder();
    return (isPss(algorithm) ? builder.setProvider(Pss.PROVIDER) : builder).build(certificate);
  }

  private static boolean isPss(AlgorithmIdentifier algorithm) {
    return algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_RSASSA_PSS);
  }
}
