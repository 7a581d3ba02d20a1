package jp.musubi.seal;

/** The part outside of the engine that a failure came from: the word a status page uses. */
public enum Port {
  /** The keeper of the private key. */
  KEY,
  /** The timestamp authority. */
  TSA,
  /** OCSP responders and revocation lists. */
  REVOCATION,
  /** The document itself. */
  PDF
}
