package jp.musubi.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.jspecify.annotations.Nullable;

/** 偽造 — Answers that are wrong in one respect and right in every other. */
final class ForgedTimestamps {
  private static final int BOTTOM = 10_000;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

  private final TestPki pki;
  private final ForgedTokens tokens;
  private final Map<Forgery, Identity> identities = new ConcurrentHashMap<>();

  ForgedTimestamps(TestPki pki) {
    this.pki = pki;
    this.tokens = new ForgedTokens();
  }

  byte[] answer(TimeStampRequest asked, BigInteger serial, Forgery forgery) throws IOException {
    try {
      return switch (forgery) {
        case EMPTY -> new byte[0];
        case HUGE -> joined(right(asked, serial), new byte[100_000]);
        case TRAILING_BYTE -> joined(right(asked, serial), new byte[1]);
        case BOTTOMLESS -> bottomless();
        case OTHER_STRUCTURE -> new ASN1Integer(1).getEncoded();
        case THIRD_ELEMENT ->
            new DERSequence(
                    new ASN1Encodable[] {
                      status(0), token(asked, serial, forgery), new DERUTF8String("more")
                    })
                .getEncoded();
        case WAITING -> response(status(3), null);
        case REVOCATION_WARNING -> response(status(4), null);
        case REVOCATION_NOTIFICATION -> response(status(5), null);
        case UNKNOWN_STATUS -> response(status(9), null);
        case NEGATIVE_STATUS -> response(status(-1), null);
        case NO_TOKEN -> response(status(0), null);
        case TOKEN_DESPITE_REJECTION -> response(status(2), token(asked, serial, forgery));
        default -> response(status(0), token(asked, serial, forgery));
      };
    } catch (OperatorCreationException | CMSException e) {
      throw new IOException("no forged token could be made", e);
    }
  }

  private byte[] right(TimeStampRequest asked, BigInteger serial)
      throws IOException, OperatorCreationException, CMSException {
    return response(status(0), token(asked, serial, Forgery.EMPTY));
  }

  private ASN1Encodable token(TimeStampRequest asked, BigInteger serial, Forgery forgery)
      throws IOException, OperatorCreationException, CMSException {
    return switch (forgery) {
      case PLAIN_DATA ->
          new ContentInfo(
              new ASN1ObjectIdentifier("1.2.840.113549.1.7.1"), new DEROctetString(new byte[3]));
      case BROKEN_SIGNED_DATA ->
          new ContentInfo(
              new ASN1ObjectIdentifier("1.2.840.113549.1.7.2"), new DERUTF8String("signed"));
      default -> tokens.sign(info(asked, serial, forgery), signer(forgery), pki.seal(), forgery);
    };
  }

  private byte[] info(TimeStampRequest asked, BigInteger serial, Forgery forgery)
      throws IOException {
    if (forgery == Forgery.NOT_AN_INFO) {
      return new DERUTF8String("12:00").getEncoded();
    }
    var info = new ASN1EncodableVector();
    info.add(new ASN1Integer(forgery == Forgery.INFO_VERSION_2 ? 2 : 1));
    info.add(Timestamps.POLICY);
    info.add(imprint(asked, forgery));
    info.add(new ASN1Integer(serial(serial, forgery)));
    info.add(new ASN1GeneralizedTime(time(pki.clock().instant(), forgery)));
    var nonce = new ASN1Integer(asked.getNonce());
    if (forgery == Forgery.OUT_OF_ORDER) {
      info.add(nonce);
    }
    info.add(accuracy(forgery));
    if (forgery == Forgery.TWO_NONCES) {
      info.add(new ASN1Integer(asked.getNonce().add(BigInteger.ONE)));
    }
    if (forgery != Forgery.NO_NONCE && forgery != Forgery.OUT_OF_ORDER) {
      info.add(nonce);
    }
    if (forgery == Forgery.OTHER_NAME) {
      info.add(new DERTaggedObject(true, 0, new GeneralName(new X500Name("CN=試用の別の局"))));
    }
    if (forgery == Forgery.CRITICAL_EXTENSION) {
      var extension =
          new Extension(new ASN1ObjectIdentifier("2.999.25.9"), true, new byte[] {5, 0});
      info.add(new DERTaggedObject(false, 1, new Extensions(extension)));
    }
    var der = new DERSequence(info).getEncoded();
    return forgery == Forgery.TRAILING_CONTENT ? joined(der, new byte[1]) : der;
  }

  private static ASN1Encodable imprint(TimeStampRequest asked, Forgery forgery) {
    var imprint = asked.getMessageImprintDigest();
    return switch (forgery) {
      case IMPRINT_BY_SHA1 ->
          sequence(
              new AlgorithmIdentifier(OIWObjectIdentifiers.idSHA1),
              new DEROctetString(Arrays.copyOf(imprint, 20)));
      case HALF_IMPRINT ->
          sequence(
              new AlgorithmIdentifier(asked.getMessageImprintAlgOID()),
              new DEROctetString(Arrays.copyOf(imprint, imprint.length / 2)));
      default ->
          sequence(
              new AlgorithmIdentifier(asked.getMessageImprintAlgOID()),
              new DEROctetString(imprint));
    };
  }

  private static BigInteger serial(BigInteger right, Forgery forgery) {
    return switch (forgery) {
      case ZERO_SERIAL -> BigInteger.ZERO;
      case NEGATIVE_SERIAL -> right.negate();
      case LONG_SERIAL -> BigInteger.ONE.shiftLeft(160);
      default -> right;
    };
  }

  private static String time(Instant now, Forgery forgery) {
    return switch (forgery) {
      case FUTURE_TIME -> TIME.format(now.plus(Duration.ofSeconds(62))) + "Z";
      case LOCAL_TIME -> TIME.format(now) + "+0900";
      case IMPOSSIBLE_TIME -> "20261324120000Z";
      default -> TIME.format(now) + "Z";
    };
  }

  private static ASN1Encodable accuracy(Forgery forgery) {
    return switch (forgery) {
      case COARSE -> sequence(new ASN1Integer(60));
      case NEGATIVE_ACCURACY -> sequence(new ASN1Integer(-1));
      case MANY_MILLISECONDS ->
          sequence(new ASN1Integer(1), new DERTaggedObject(false, 0, new ASN1Integer(1000)));
      default -> sequence(new ASN1Integer(1));
    };
  }

  private Identity signer(Forgery forgery) {
    return identities.computeIfAbsent(forgery, kind -> ForgedIdentities.of(pki, kind));
  }

  private static ASN1Encodable status(int status) {
    return sequence(new ASN1Integer(status));
  }

  private static byte[] response(ASN1Encodable status, @Nullable ASN1Encodable token)
      throws IOException {
    return (token == null ? sequence(status) : sequence(status, token))
        .toASN1Primitive()
        .getEncoded();
  }

  private static DERSequence sequence(ASN1Encodable... parts) {
    return new DERSequence(parts);
  }

  /** Indefinite-length tags, each in the one before. */
  private static byte[] bottomless() {
    var bytes = new byte[2 * BOTTOM];
    for (var i = 0; i < bytes.length; i += 2) {
      bytes[i] = (byte) 0xa0;
      bytes[i + 1] = (byte) 0x80;
    }
    return bytes;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(first);
    out.writeBytes(second);
    return out.toByteArray();
  }

  static byte[] digest(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no " + algorithm, e);
    }
  }
}
