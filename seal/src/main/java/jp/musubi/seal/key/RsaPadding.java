package jp.musubi.seal.key;

/** How an RSA key signs; elliptic keys do not ask. */
public enum RsaPadding {
  /** RSASSA-PKCS1-v1_5 (RFC 8017, 8.2): read by every viewer; ends in the ETSI list in 2029. */
  PKCS1,
  /** RSASSA-PSS with SHA-256, MGF1 by SHA-256 and 32 bytes of salt (RFC 8017, 8.1; RFC 4056). */
  PSS
}
