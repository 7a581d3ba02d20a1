package jp.musubi.notification;

import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.seal.CertificateFitness;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.MailPreparationException;

/**
 * メールの電子署名 (S/MIME, RFC 8551): the letter as it was written becomes the first part of {@code
 * multipart/signed}, with SHA-256. A letter that cannot be signed does not leave: it waits, as one
 * does whose server is down.
 */
final class MailSigner {
  private static final Logger LOG = LoggerFactory.getLogger(MailSigner.class);
  private static final Duration BETWEEN_ALARMS = Duration.ofDays(1);

  private final PrivateKey key;
  private final List<X509Certificate> chain;
  private final CertificateFitness.Limits limits;
  private final Clock clock;
  private final AtomicReference<Instant> alarmed = new AtomicReference<>(Instant.MIN);

  /**
   * Signs with a key that was looked at.
   *
   * @param chain the sender's certificate and its issuers, leaf first
   * @param alarm remaining life of the certificate below which the log alarms
   */
  MailSigner(PrivateKey key, List<X509Certificate> chain, Duration alarm, Clock clock) {
    this.key = key;
    this.chain = List.copyOf(chain);
    this.limits = new CertificateFitness.Limits(Duration.ZERO, alarm);
    this.clock = clock;
  }

  /**
   * Signs a letter that is otherwise ready; its headers stay.
   *
   * @throws MailPreparationException if the certificate is not valid now or the key does not sign
   */
  void sign(MimeMessage message) {
    insistOnCertificate();
    try {
      var id = message.getMessageID();
      // Writes the headers of what is signed, as they would be written on sending.
      message.saveChanges();
      var signed = inBytes(message);
      message.removeHeader("Content-Transfer-Encoding");
      message.setContent(new SignedParts(signed, signature(signed)));
      message.saveChanges();
      message.setHeader("Message-ID", id);
    } catch (MessagingException
        | IOException
        | CMSException
        | OperatorCreationException
        | CertificateEncodingException e) {
      throw new MailPreparationException("the letter could not be signed", e);
    }
  }

  /** The part as it will lie in the mail: these very bytes are signed. */
  private static byte[] inBytes(MimeMessage message) throws MessagingException, IOException {
    var part = new MimeBodyPart();
    if (message.getContent() instanceof Multipart parts) {
      part.setContent(parts);
      part.setHeader("Content-Type", message.getContentType());
      // All of it is base64 within; no server has a reason to write it otherwise (RFC 8551, 3.1.3).
      part.setHeader("Content-Transfer-Encoding", "7bit");
    } else {
      part.setDataHandler(message.getDataHandler());
      part.setHeader("Content-Type", message.getContentType());
      part.setHeader("Content-Transfer-Encoding", "base64");
    }
    var bytes = new ByteArrayOutputStream();
    part.writeTo(bytes);
    return bytes.toByteArray();
  }

  private byte[] signature(byte[] content)
      throws CMSException, OperatorCreationException, CertificateEncodingException, IOException {
    var algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    var generator = new CMSSignedDataGenerator();
    generator.addSignerInfoGenerator(
        new JcaSimpleSignerInfoGeneratorBuilder().build(algorithm, key, chain.getFirst()));
    generator.addCertificates(new JcaCertStore(chain));
    return generator.generate(new CMSProcessableByteArray(content), false).getEncoded();
  }

  /** {@code multipart/signed} (RFC 1847): what is signed, byte for byte, and its signature. */
  private static final class SignedParts extends MimeMultipart {
    SignedParts(byte[] signed, byte[] signature) throws MessagingException {
      var type = new ContentType(getContentType());
      type.setSubType("signed");
      type.setParameter("protocol", "application/pkcs7-signature");
      type.setParameter("micalg", "sha-256");
      contentType = type.toString();
      addBodyPart(new MimeBodyPart(new ByteArrayInputStream(signed)));
      var proof = new MimeBodyPart();
      proof.setDataHandler(
          new DataHandler(
              new ByteArrayDataSource(signature, "application/pkcs7-signature; name=smime.p7s")));
      proof.setFileName("smime.p7s");
      proof.setDisposition(Part.ATTACHMENT);
      proof.setHeader("Content-Type", "application/pkcs7-signature; name=smime.p7s");
      proof.setHeader("Content-Transfer-Encoding", "base64");
      addBodyPart(proof);
    }
  }

  private void insistOnCertificate() {
    var now = clock.instant();
    switch (CertificateFitness.of(chain.getFirst(), now, limits)) {
      case CertificateFitness.Fit _ -> {}
      case CertificateFitness.NearExpiry(var left) -> alarm(now, left);
      case CertificateFitness.Unfit(var reason) ->
          throw new MailPreparationException("the certificate that signs letters " + reason);
    }
  }

  /** The name by which its issuer is known: its common name, or all of it where it has none. */
  String issuer() {
    var issuer = X500Name.getInstance(chain.getFirst().getIssuerX500Principal().getEncoded());
    var common = issuer.getRDNs(BCStyle.CN);
    return common.length == 0
        ? issuer.toString()
        : IETFUtils.valueToString(common[0].getFirst().getValue());
  }

  /** Tells the operator at the start, too, and not only with the first letter. */
  void look() {
    insistOnCertificate();
  }

  private void alarm(Instant now, Duration left) {
    var last = alarmed.get();
    if (!now.isBefore(last.plus(BETWEEN_ALARMS)) && alarmed.compareAndSet(last, now)) {
      LOG.error(
          "the certificate that signs letters ends in {} days ({}); have it renewed",
          left.toDays(),
          JapaneseDates.date(chain.getFirst().getNotAfter().toInstant()));
    }
  }
}
