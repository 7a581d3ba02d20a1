package jp.musubi.testkit;

import java.net.URI;
import java.time.Duration;

/** 故障 — The ways in which a server of the hierarchy can be made to fail. */
public sealed interface Fault {

  /** What a timestamping authority can do wrong. */
  sealed interface OfTsa extends Fault {}

  /** What an OCSP responder can do wrong. */
  sealed interface OfOcsp extends Fault {}

  /** What a publisher of revocation lists or certificates can do wrong. */
  sealed interface OfDownload extends Fault {}

  /** Answers 503 with no body. */
  record Refuse() implements OfTsa, OfOcsp, OfDownload {}

  /** Answers rightly, but only after {@code delay}. */
  record Slow(Duration delay) implements OfTsa, OfOcsp, OfDownload {}

  /** Answers 200 with bytes that are no DER at all. */
  record Garbage() implements OfTsa, OfOcsp, OfDownload {}

  /** Answers 200 with the first half of the right answer. */
  record Truncated() implements OfTsa, OfOcsp, OfDownload {}

  /** Answers 500 with an HTML page, as a broken proxy does. */
  record ServerError() implements OfTsa, OfOcsp, OfDownload {}

  /** Answers 429 with Retry-After, as an authority does whose quota is used up. */
  record Ban(Duration pause) implements OfTsa, OfOcsp, OfDownload {}

  /** Answers 307 and names another place. */
  record Redirect(URI target) implements OfTsa, OfOcsp, OfDownload {}

  /** Gives the right answer as text/html. */
  record WrongType() implements OfTsa, OfOcsp, OfDownload {}

  /** Gives the right answer byte by byte with a pause after each. */
  record Drip(Duration pause) implements OfTsa, OfOcsp, OfDownload {}

  /** Answers what looks like a token. */
  record Forged(Forgery forgery) implements OfTsa {}

  /** Gives every token the same serial number. */
  record SameSerial() implements OfTsa {}

  /** Signs a token with a nonce nobody sent. */
  record WrongNonce() implements OfTsa {}

  /** Signs a token over another digest. */
  record WrongImprint() implements OfTsa {}

  /** Signs a token under a policy nobody asked for. */
  record WrongPolicy() implements OfTsa {}

  /** Signs a token whose time is {@code age} in the past. */
  record StaleTime(Duration age) implements OfTsa {}

  /** Leaves its certificates out although they were asked for. */
  record NoCertificate() implements OfTsa {}

  /**
   * Answers PKIStatus rejection.
   *
   * @param failureInfo a PKIFailureInfo bit of RFC 3161 2.4.2, e.g. {@code
   *     PKIFailureInfo.systemFailure}
   * @param text the status text
   */
  record Rejection(int failureInfo, String text) implements OfTsa {}

  /** Says unknown of every certificate. */
  record Unknown() implements OfOcsp {}

  /** Says revoked, an hour ago, of every certificate. */
  record Revoked() implements OfOcsp {}

  /** Gives an answer whose nextUpdate has passed by three weeks. */
  record Expired() implements OfOcsp {}

  /** Answers about a serial number nobody asked about. */
  record OtherCertificate() implements OfOcsp {}

  /** Signs with a certificate that may not sign answers. */
  record UnauthorisedResponder() implements OfOcsp {}

  /** Answers OCSPResponseStatus tryLater, which carries no signature. */
  record TryLater() implements OfOcsp {}
}
