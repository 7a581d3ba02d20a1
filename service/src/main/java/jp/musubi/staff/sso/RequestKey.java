package jp.musubi.staff.sso;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * 要求に署名する鍵. Signs a body's requests to its SAML provider, which trusts the certificate because an
 * administrator gave it; its end has no meaning. RSA, since AD FS takes nothing else.
 */
final class RequestKey {
  /** What {@link #sign} makes (RFC 9231, 2.3.2). */
  static final String ALGORITHM = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

  private static final int BITS = 3072;
  private static final Duration VALID = Duration.ofDays(3650);

  private final PrivateKey key;
  private final X509Certificate certificate;

  private RequestKey(PrivateKey key, X509Certificate certificate) {
    this.key = key;
    this.certificate = certificate;
  }

  /** A new one. */
  static RequestKey make(Instant now) {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      var pair = generator.generateKeyPair();
      var name = new X500Principal("CN=Musubi SAML");
      var holder =
          new JcaX509v3CertificateBuilder(
                  name,
                  new BigInteger(64, new SecureRandom()),
                  Date.from(now),
                  Date.from(now.plus(VALID)),
                  name,
                  pair.getPublic())
              .build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate()));
      return new RequestKey(
          pair.getPrivate(), new JcaX509CertificateConverter().getCertificate(holder));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("every Java platform makes RSA keys", e);
    }
  }

  /** One that was kept. */
  static RequestKey of(byte[] pkcs8, byte[] certificate) {
    try {
      return new RequestKey(
          KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)),
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(certificate)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a request key that was kept cannot be read", e);
    }
  }

  byte[] pkcs8() {
    return key.getEncoded();
  }

  X509Certificate certificate() {
    return certificate;
  }

  byte[] sign(byte[] message) {
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the request key does not sign", e);
    }
  }
}
