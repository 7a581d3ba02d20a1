package jp.musubi.seal.timestamp;

/** Why an authority's answer is not relied on (SIG-12). Every check has a word of its own. */
public enum TokenRefusal {
  /** No byte came. */
  EMPTY,
  /** More bytes than any token has. */
  TOO_LARGE,
  /** Not ASN.1, cut off, or nested without end. */
  NOT_DER,
  /** Something follows the answer. */
  TRAILING_DATA,
  /** ASN.1, but no TimeStampResp (RFC 3161, 2.4.2). */
  NOT_A_RESPONSE,
  /** PKIStatus rejection. */
  REJECTED,
  /** PKIStatus waiting: nobody told us where to ask again. */
  WAITING,
  /** PKIStatus revocationWarning: the authority is about to be revoked. */
  REVOCATION_WARNING,
  /** PKIStatus revocationNotification: the authority is revoked. */
  REVOCATION_NOTIFICATION,
  /** A PKIStatus that RFC 3161 does not know. */
  UNKNOWN_STATUS,
  /** Granted, but without a token. */
  NO_TOKEN,
  /** Refused, but with a token. */
  TOKEN_DESPITE_REFUSAL,
  /** The token is no CMS SignedData. */
  NOT_SIGNED_DATA,
  /** The token signs something else than a TSTInfo. */
  NOT_A_TIMESTAMP,
  /** The token does not carry what it signs. */
  NO_CONTENT,
  /** The TSTInfo cannot be read, or has parts twice or out of order. */
  MALFORMED_INFO,
  /** Something follows the TSTInfo. */
  TRAILING_CONTENT,
  /** Another TSTInfo version than 1. */
  INFO_VERSION,
  /** A policy that nobody accepts here. */
  POLICY,
  /** The imprint is by another algorithm than ours. */
  IMPRINT_ALGORITHM,
  /** The imprint is not ours. */
  IMPRINT,
  /** A serial number that is not positive, or longer than 160 bits. */
  SERIAL,
  /** A time that does not say UTC. */
  TIME_FORM,
  /** A time before ours by more than a minute. */
  TIME_PAST,
  /** A time after ours by more than a minute. */
  TIME_FUTURE,
  /** The authority vouches for its time by less than a minute's accuracy. */
  ACCURACY,
  /** No nonce, though one was sent. */
  NO_NONCE,
  /** Another nonce than was sent: an old answer. */
  NONCE,
  /** A name of the authority that its certificate does not have. */
  AUTHORITY_NAME,
  /** A critical extension that is not known. */
  CRITICAL_EXTENSION,
  /** Nobody signed. */
  NO_SIGNER,
  /** More than one signed (RFC 3161, 2.4.2). */
  SEVERAL_SIGNERS,
  /** The signer's certificate is not there, though asked for. */
  NO_CERTIFICATE,
  /** A certificate in the token cannot be read. */
  MALFORMED_CERTIFICATE,
  /** The certificate is not for timestamping. */
  NO_PURPOSE,
  /** The purpose is not critical (RFC 3161, 2.3). */
  PURPOSE_NOT_CRITICAL,
  /** The certificate has further purposes (RFC 3161, 2.3). */
  PURPOSE_NOT_SOLE,
  /** The certificate's key may not sign. */
  KEY_USAGE,
  /** The certificate is a certification authority's. */
  CERTIFICATION_AUTHORITY,
  /** An RSA key below 2048 bits, or an elliptic curve below 256. */
  WEAK_KEY,
  /** The certificate had ended at the token's time. */
  CERTIFICATE_EXPIRED,
  /** The certificate had not begun at the token's time. */
  CERTIFICATE_NOT_YET_VALID,
  /** The certificate leads to none of our anchors. */
  NO_PATH,
  /** A digest or signature algorithm that is not accepted any more (ADR 0011). */
  WEAK_ALGORITHM,
  /** No signed attributes. */
  NO_SIGNED_ATTRIBUTES,
  /** The content-type attribute is missing, doubled or another (RFC 5652, 11.1). */
  CONTENT_TYPE_ATTRIBUTE,
  /** The message-digest attribute is missing or doubled (RFC 5652, 11.2). */
  DIGEST_ATTRIBUTE,
  /** The signed digest is not the content's. */
  CONTENT_CHANGED,
  /** No signing-certificate attribute (RFC 3161, 2.4.1; RFC 5816). */
  NO_CERTIFICATE_ID,
  /** The signing-certificate attribute comes twice or cannot be read. */
  CERTIFICATE_ID_FORM,
  /** The signing-certificate attribute uses a digest that is not accepted. */
  CERTIFICATE_ID_ALGORITHM,
  /** The signing-certificate attribute means another certificate. */
  CERTIFICATE_ID,
  /** The signing-certificate attribute names another issuer or serial number. */
  CERTIFICATE_ID_ISSUER,
  /** The signature does not verify. */
  SIGNATURE,
  /** This authority gave a token of this serial number before. */
  SERIAL_REUSED,
  /** The certificate, or one above it, is revoked. */
  REVOKED,
  /** Nobody says reliably whether the certificate is revoked. */
  REVOCATION_UNKNOWN;

  /**
   * Whether it is no more than an outage: another try may succeed, and nothing was said that is
   * wrong. What is left gives reason not to trust the authority.
   */
  public boolean isOutage() {
    return switch (this) {
      case EMPTY,
          NOT_DER,
          NOT_A_RESPONSE,
          REJECTED,
          WAITING,
          UNKNOWN_STATUS,
          NO_TOKEN,
          REVOCATION_UNKNOWN ->
          true;
      default -> false;
    };
  }
}
