package jp.musubi.bench.parts;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * 失効情報 — OCSP answers in the same thread. The seal's is made anew each time, one key operation, as
 * it has to be younger than the seal (SIG-9). The timestamp authority's is made once and kept, as
 * any client keeps it until its nextUpdate.
 */
public final class Statuses {
  private static final Duration LIFE = Duration.ofDays(1);

  private final Map<BigInteger, Responder> responders = new HashMap<>();
  private final Map<BigInteger, byte[]> kept = new HashMap<>();
  private final BigInteger fresh;
  private final Meter meter;
  private final Clock clock;

  Statuses(
      Signing seal,
      Signing sealResponder,
      Signing timestamp,
      Signing timestampResponder,
      Meter meter,
      Clock clock) {
    this.meter = meter;
    this.clock = clock;
    fresh = seal.identity().certificate().getSerialNumber();
    responders.put(fresh, responder(seal, sealResponder));
    var serial = timestamp.identity().certificate().getSerialNumber();
    responders.put(serial, responder(timestamp, timestampResponder));
    kept.put(serial, made(responder(timestamp, timestampResponder)));
  }

  /** Whether a responder knows the certificate; for others there is the root's list. */
  public boolean knows(X509Certificate certificate) {
    return responders.containsKey(certificate.getSerialNumber());
  }

  /**
   * The DER OCSPResponse for a certificate, which is good.
   *
   * @throws IllegalArgumentException when no responder knows it
   */
  public byte[] answer(X509Certificate certificate) {
    return answer(certificate.getSerialNumber());
  }

  private byte[] answer(BigInteger serial) {
    var responder = responders.get(serial);
    if (responder == null) {
      throw new IllegalArgumentException("No responder knows the serial number " + serial);
    }
    var known = kept.get(serial);
    return known == null ? meter.during(() -> made(responder)) : known.clone();
  }

  /** The certificate of the responder that answers for a certificate. */
  public X509Certificate responderOf(X509Certificate certificate) {
    var responder = responders.get(certificate.getSerialNumber());
    if (responder == null) {
      throw new IllegalArgumentException("No responder knows " + certificate);
    }
    return responder.signing().identity().certificate();
  }

  /** The answer to a request as it comes over HTTP (RFC 6960, appendix A). */
  public byte[] respond(byte[] request) throws IOException {
    return answer(new OCSPReq(request).getRequestList()[0].getCertID().getSerialNumber());
  }

  private byte[] made(Responder responder) {
    var now = clock.instant();
    try {
      var builder = new BasicOCSPRespBuilder(new RespID(responder.certificate().getSubject()));
      builder.addResponse(
          responder.id(),
          CertificateStatus.GOOD,
          Date.from(now),
          Date.from(now.plus(LIFE)),
          (Extensions) null);
      var answer =
          builder.build(
              new JdkSigner(responder.signing()),
              new X509CertificateHolder[] {responder.certificate()},
              Date.from(now));
      return new OCSPRespBuilder().build(OCSPRespBuilder.SUCCESSFUL, answer).getEncoded();
    } catch (OCSPException e) {
      throw new IllegalStateException("No status could be given", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Responder responder(Signing subject, Signing signing) {
    var path = subject.identity().path();
    try {
      var id =
          new CertificateID(
              new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1),
              new JcaX509CertificateHolder(path.get(1)),
              path.getFirst().getSerialNumber());
      return new Responder(
          id, signing, new JcaX509CertificateHolder(signing.identity().certificate()));
    } catch (GeneralSecurityException | OperatorCreationException | OCSPException e) {
      throw new IllegalStateException("A responder's certificate cannot be read", e);
    }
  }

  private record Responder(CertificateID id, Signing signing, X509CertificateHolder certificate) {}

  /** Bouncy Castle asks the key by this. */
  private static final class JdkSigner implements ContentSigner {
    private final Signing signing;
    private final ByteArrayOutputStream toBeSigned = new ByteArrayOutputStream();

    JdkSigner(Signing signing) {
      this.signing = signing;
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
      return new DefaultSignatureAlgorithmIdentifierFinder().find(signing.algorithm());
    }

    @Override
    public OutputStream getOutputStream() {
      return toBeSigned;
    }

    @Override
    public byte[] getSignature() {
      return signing.signed(toBeSigned.toByteArray());
    }
  }
}
