package jp.musubi.platform.openid;

/**
 * One way there and back.
 *
 * @param state comes back with the answer
 * @param nonce what the provider's word has to carry
 * @param verifier proves that the code's exchange comes from where it was asked for (RFC 7636)
 */
public record RoundTrip(String state, String nonce, String verifier) {
  /** A new one; {@code state} may carry more than chance. */
  public static RoundTrip begin(String state) {
    return new RoundTrip(state, Tokens.fresh(), Tokens.fresh());
  }
}
