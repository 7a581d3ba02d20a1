package jp.musubi.seal.timestamp;

import static jp.musubi.seal.timestamp.TokenRefusal.EMPTY;
import static jp.musubi.seal.timestamp.TokenRefusal.MALFORMED_CERTIFICATE;
import static jp.musubi.seal.timestamp.TokenRefusal.MALFORMED_INFO;
import static jp.musubi.seal.timestamp.TokenRefusal.NOT_A_RESPONSE;
import static jp.musubi.seal.timestamp.TokenRefusal.NOT_A_TIMESTAMP;
import static jp.musubi.seal.timestamp.TokenRefusal.NOT_DER;
import static jp.musubi.seal.timestamp.TokenRefusal.NOT_SIGNED_DATA;
import static jp.musubi.seal.timestamp.TokenRefusal.NO_CONTENT;
import static jp.musubi.seal.timestamp.TokenRefusal.NO_SIGNER;
import static jp.musubi.seal.timestamp.TokenRefusal.NO_TOKEN;
import static jp.musubi.seal.timestamp.TokenRefusal.REJECTED;
import static jp.musubi.seal.timestamp.TokenRefusal.REVOCATION_NOTIFICATION;
import static jp.musubi.seal.timestamp.TokenRefusal.REVOCATION_WARNING;
import static jp.musubi.seal.timestamp.TokenRefusal.SEVERAL_SIGNERS;
import static jp.musubi.seal.timestamp.TokenRefusal.TOKEN_DESPITE_REFUSAL;
import static jp.musubi.seal.timestamp.TokenRefusal.TOO_LARGE;
import static jp.musubi.seal.timestamp.TokenRefusal.TRAILING_CONTENT;
import static jp.musubi.seal.timestamp.TokenRefusal.TRAILING_DATA;
import static jp.musubi.seal.timestamp.TokenRefusal.UNKNOWN_STATUS;
import static jp.musubi.seal.timestamp.TokenRefusal.WAITING;

import java.io.IOException;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.tsp.TSTInfo;
import org.bouncycastle.asn1.tsp.TimeStampResp;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.util.Store;

/**
 * An answer taken apart, as far as it has the form that RFC 3161, 2.4.2 wants.
 *
 * @param token the TimeStampToken
 * @param info what it states
 * @param signer its one signer
 * @param certificates what certificates it carries
 */
record Answer(
    CMSSignedData token,
    TSTInfo info,
    SignerInformation signer,
    Store<X509CertificateHolder> certificates) {
  /** Tokens with a chain of RSA-4096 certificates have about 8 KiB. */
  static final int LARGEST = 64 * 1024;

  /** A token is about fifteen levels deep; a recursive reader must not be led further. */
  private static final int DEEPEST = 64;

  /** TSTInfo begins with version, policy, imprint, serial number and time. */
  private static final int MANDATORY = 5;

  /** Either the parts or why there are none. */
  sealed interface Reading {
    record Read(Answer answer) implements Reading {}

    record Unreadable(TokenVerdict.Refused why) implements Reading {}
  }

  static Reading read(byte[] bytes) {
    if (bytes.length == 0) {
      return unreadable(EMPTY, "no bytes");
    }
    if (bytes.length > LARGEST) {
      return unreadable(TOO_LARGE, "%d bytes (at most: %d)".formatted(bytes.length, LARGEST));
    }
    if (Nesting.exceeds(bytes, DEEPEST)) {
      return unreadable(NOT_DER, "nested deeper than %d levels".formatted(DEEPEST));
    }
    try (var in = new ASN1InputStream(bytes)) {
      var object = in.readObject();
      if (object == null) {
        return unreadable(NOT_DER, "no object");
      }
      if (in.read() >= 0) {
        return unreadable(TRAILING_DATA, "bytes behind the answer");
      }
      return response(object);
    } catch (IOException | IllegalStateException e) {
      return unreadable(NOT_DER, String.valueOf(e.getMessage()));
    }
  }

  private static Reading response(ASN1Primitive object) {
    TimeStampResp response;
    Optional<TokenVerdict.Refused> refused;
    try {
      response = TimeStampResp.getInstance(ASN1Sequence.getInstance(object));
      if (ASN1Sequence.getInstance(object).size() > 2) {
        return unreadable(NOT_A_RESPONSE, "more than two elements");
      }
      refused = status(response.getStatus());
    } catch (RuntimeException e) {
      // Bouncy Castle reports malformed structures by IllegalArgumentException and the like, a
      // status text that is no UTF-8 only when it is read.
      return unreadable(NOT_A_RESPONSE, String.valueOf(e.getMessage()));
    }
    var token = response.getTimeStampToken();
    if (refused.isPresent()) {
      return token == null
          ? new Reading.Unreadable(refused.get())
          : unreadable(TOKEN_DESPITE_REFUSAL, refused.get().detail());
    }
    return token == null ? unreadable(NO_TOKEN, "granted without a token") : token(token);
  }

  private static Optional<TokenVerdict.Refused> status(PKIStatusInfo info) {
    var status = info.getStatus();
    var detail =
        "status %s, %s, %s"
            .formatted(
                status,
                info.getStatusString() == null
                    ? "no text"
                    : info.getStatusString().getStringAtUTF8(0).getString(),
                info.getFailInfo() == null
                    ? "no failure bits"
                    : "failure bits 0x%x".formatted(info.getFailInfo().intValue()));
    return switch (status.bitLength() < 32 ? status.intValue() : -1) {
      case 0, 1 -> Optional.empty();
      case 2 -> Optional.of(new TokenVerdict.Refused(REJECTED, detail));
      case 3 -> Optional.of(new TokenVerdict.Refused(WAITING, detail));
      case 4 -> Optional.of(new TokenVerdict.Refused(REVOCATION_WARNING, detail));
      case 5 -> Optional.of(new TokenVerdict.Refused(REVOCATION_NOTIFICATION, detail));
      default -> Optional.of(new TokenVerdict.Refused(UNKNOWN_STATUS, detail));
    };
  }

  private static Reading token(ContentInfo token) {
    if (!token.getContentType().equals(CMSObjectIdentifiers.signedData)) {
      return unreadable(NOT_SIGNED_DATA, "content type " + token.getContentType());
    }
    try {
      var content = SignedData.getInstance(token.getContent()).getEncapContentInfo();
      if (!content.getContentType().equals(PKCSObjectIdentifiers.id_ct_TSTInfo)) {
        return unreadable(NOT_A_TIMESTAMP, "signed content of type " + content.getContentType());
      }
      if (content.getContent() == null) {
        return unreadable(NO_CONTENT, "the TSTInfo is not there");
      }
      var cms = new CMSSignedData(token);
      var signers = cms.getSignerInfos().getSigners();
      if (signers.size() != 1) {
        return unreadable(
            signers.isEmpty() ? NO_SIGNER : SEVERAL_SIGNERS,
            "%d signers (expected: 1)".formatted(signers.size()));
      }
      return info(
          cms,
          ASN1OctetString.getInstance(content.getContent()).getOctets(),
          signers.iterator().next());
    } catch (CMSException | RuntimeException e) {
      // Bouncy Castle reports malformed structures by IllegalArgumentException and the like.
      return unreadable(NOT_SIGNED_DATA, String.valueOf(e.getMessage()));
    }
  }

  private static Reading info(CMSSignedData token, byte[] content, SignerInformation signer) {
    try (var in = new ASN1InputStream(content)) {
      var sequence = ASN1Sequence.getInstance(in.readObject());
      if (in.read() >= 0) {
        return unreadable(TRAILING_CONTENT, "bytes behind the TSTInfo");
      }
      if (!isInOrder(sequence)) {
        return unreadable(MALFORMED_INFO, "parts twice or out of order");
      }
      return certificates(token, TSTInfo.getInstance(sequence), signer);
    } catch (IOException | RuntimeException e) {
      // Bouncy Castle reports malformed structures by IllegalArgumentException and the like.
      return unreadable(MALFORMED_INFO, String.valueOf(e.getMessage()));
    }
  }

  private static Reading certificates(CMSSignedData token, TSTInfo info, SignerInformation signer) {
    try {
      return new Reading.Read(new Answer(token, info, signer, token.getCertificates()));
    } catch (RuntimeException e) {
      // Bouncy Castle reports malformed structures by IllegalArgumentException and the like.
      return unreadable(MALFORMED_CERTIFICATE, String.valueOf(e.getMessage()));
    }
  }

  /** Bouncy Castle would take the last of several nonces. */
  private static boolean isInOrder(ASN1Sequence info) {
    var before = 0;
    for (var i = MANDATORY; i < info.size(); i++) {
      var rank = rank(info.getObjectAt(i));
      if (rank <= before) {
        return false;
      }
      before = rank;
    }
    return info.size() >= MANDATORY;
  }

  /** The place of an optional part: accuracy, ordering, nonce, tsa, extensions; 0 is none. */
  private static int rank(ASN1Encodable part) {
    return switch (part) {
      case ASN1Sequence _ -> 1;
      case ASN1Boolean _ -> 2;
      case ASN1Integer _ -> 3;
      case ASN1TaggedObject tagged when tagged.getTagNo() <= 1 -> 4 + tagged.getTagNo();
      default -> 0;
    };
  }

  private static Reading unreadable(TokenRefusal reason, String detail) {
    return new Reading.Unreadable(new TokenVerdict.Refused(reason, detail));
  }
}
