package jp.musubi.testkit;

/** 偽のタイムスタンプ — The ways in which an answer that looks like a timestamp can be none. */
public enum Forgery {
  /** No byte at all. */
  EMPTY,
  /** A right answer, then a hundred thousand zeros. */
  HUGE,
  /** A right answer, then one byte. */
  TRAILING_BYTE,
  /** Ten thousand levels of tags. */
  BOTTOMLESS,
  /** An INTEGER. */
  OTHER_STRUCTURE,
  /** A third element behind the token. */
  THIRD_ELEMENT,
  /** PKIStatus waiting. */
  WAITING,
  /** PKIStatus revocationWarning. */
  REVOCATION_WARNING,
  /** PKIStatus revocationNotification. */
  REVOCATION_NOTIFICATION,
  /** PKIStatus 9. */
  UNKNOWN_STATUS,
  /** PKIStatus -1. */
  NEGATIVE_STATUS,
  /** Granted, without a token. */
  NO_TOKEN,
  /** Rejected, with a right token. */
  TOKEN_DESPITE_REJECTION,
  /** A ContentInfo of type data. */
  PLAIN_DATA,
  /** SignedData that is a string. */
  BROKEN_SIGNED_DATA,
  /** Signed content of type data. */
  OTHER_CONTENT_TYPE,
  /** A detached signature. */
  DETACHED,
  /** A TSTInfo that is a string. */
  NOT_AN_INFO,
  /** A byte behind the TSTInfo, signed with it. */
  TRAILING_CONTENT,
  /** Our nonce after another. */
  TWO_NONCES,
  /** The nonce before the accuracy. */
  OUT_OF_ORDER,
  /** TSTInfo version 2. */
  INFO_VERSION_2,
  /** A SHA-1 imprint of the same bytes' length. */
  IMPRINT_BY_SHA1,
  /** The first half of our imprint. */
  HALF_IMPRINT,
  /** Serial number 0. */
  ZERO_SERIAL,
  /** A serial number below 0. */
  NEGATIVE_SERIAL,
  /** A serial number of 161 bits. */
  LONG_SERIAL,
  /** No nonce. */
  NO_NONCE,
  /** A time 61 seconds ahead. */
  FUTURE_TIME,
  /** A time without Z. */
  LOCAL_TIME,
  /** The thirteenth month. */
  IMPOSSIBLE_TIME,
  /** Accurate to a minute. */
  COARSE,
  /** Accurate to minus one second. */
  NEGATIVE_ACCURACY,
  /** Accurate to 1,000 milliseconds, of which there are 999 at most. */
  MANY_MILLISECONDS,
  /** A critical extension nobody knows. */
  CRITICAL_EXTENSION,
  /** The name of another authority. */
  OTHER_NAME,
  /** No signer. */
  NO_SIGNER,
  /** Two signers. */
  TWO_SIGNERS,
  /** Other certificates than the signer's. */
  OTHER_CERTIFICATES,
  /** A certificate without extended key usage. */
  NO_PURPOSE,
  /** A certificate for signing OCSP answers. */
  OTHER_PURPOSE,
  /** The purpose is not critical. */
  PURPOSE_NOT_CRITICAL,
  /** Timestamps and TLS servers. */
  PURPOSE_NOT_SOLE,
  /** A key that may encipher only. */
  KEY_USAGE,
  /** A certification authority stamps with its own key. */
  CERTIFICATION_AUTHORITY,
  /** An RSA key of 1,024 bits. */
  WEAK_KEY,
  /** A certificate that ended yesterday. */
  EXPIRED_CERTIFICATE,
  /** A certificate of tomorrow. */
  FUTURE_CERTIFICATE,
  /** A hierarchy of the same names under another root. */
  OTHER_ROOT,
  /** The issuing authority's certificate is left out. */
  NO_INTERMEDIATE,
  /** Signed with SHA-1. */
  SHA1_SIGNATURE,
  /** No signed attributes. */
  NO_SIGNED_ATTRIBUTES,
  /** The content-type attribute says data. */
  CONTENT_TYPE_DATA,
  /** Two content-type attributes. */
  TWO_CONTENT_TYPES,
  /** No message-digest attribute. */
  NO_MESSAGE_DIGEST,
  /** The message digest of other bytes. */
  OTHER_MESSAGE_DIGEST,
  /** The TSTInfo was changed after signing. */
  CHANGED_CONTENT,
  /** No signing-certificate attribute. */
  NO_CERTIFICATE_ID,
  /** Two signing-certificate-v2 attributes. */
  TWO_CERTIFICATE_IDS,
  /** A signing-certificate-v2 attribute that is a string. */
  BROKEN_CERTIFICATE_ID,
  /** The certificate named by its MD5. */
  CERTIFICATE_ID_BY_MD5,
  /** The hash of another certificate. */
  OTHER_CERTIFICATE_ID,
  /** The SHA-1 hash of another certificate, in the old attribute. */
  OTHER_OLD_CERTIFICATE_ID,
  /** The right hash with another serial number. */
  OTHER_ISSUER_SERIAL,
  /** The right hash with another issuer. */
  OTHER_ISSUER_NAME,
  /** One bit of the signature is wrong. */
  BROKEN_SIGNATURE,
  /** Signed with another key than the certificate's. */
  OTHER_KEY
}
