package jp.musubi.seal;

/** 時刻認証局 (RFC 3161). */
public interface TimestampAuthority {

  /** What the imprints that {@link #timestamp} takes are to be made with. */
  default ImprintAlgorithm imprintAlgorithm() {
    return ImprintAlgorithm.SHA_256;
  }

  /**
   * A token over a digest, checked in every respect (SIG-12).
   *
   * @param imprint a digest by {@link #imprintAlgorithm()}
   * @throws TimestampUnavailable within the authority's deadline
   * @throws IllegalArgumentException when the imprint has another length than its algorithm's
   */
  TimestampToken timestamp(byte[] imprint);
}
