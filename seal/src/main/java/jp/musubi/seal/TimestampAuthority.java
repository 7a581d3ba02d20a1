package jp.musubi.seal;

/** 時刻認証局 (RFC 3161). */
@Outside
public interface TimestampAuthority {

  /** What the imprints that {@link #timestamp} takes are to be made with. */
  @Outside.Described
  default ImprintAlgorithm imprintAlgorithm() {
    return ImprintAlgorithm.SHA_256;
  }

  /**
   * A token over a digest, checked in every respect (SIG-12).
   *
   * @param imprint a digest by {@link #imprintAlgorithm()}
   * @throws TimestampUnavailable within the authority's deadline
   * @throws IllegalArgumentException when no {@link ImprintAlgorithm} has imprints of this length
   */
  TimestampToken timestamp(byte[] imprint);
}
