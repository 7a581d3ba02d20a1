package jp.musubi.seal;

/** 時刻認証局 (RFC 3161). */
public interface TimestampAuthority {

  /**
   * A token over a SHA-256 digest, checked in every respect (SIG-12).
   *
   * @param imprint 32 bytes
   * @throws TimestampUnavailable within the authority's deadline
   */
  TimestampToken timestamp(byte[] imprint);
}
