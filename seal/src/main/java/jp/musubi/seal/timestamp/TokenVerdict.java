package jp.musubi.seal.timestamp;

import java.util.List;
import jp.musubi.seal.TimestampToken;

/** What became of an authority's answer. */
public sealed interface TokenVerdict {

  /**
   * It may be relied on.
   *
   * @param concerns what an operator should hear all the same
   */
  record Verified(TimestampToken token, List<TokenConcern> concerns) implements TokenVerdict {
    /** Keeps its own list. */
    public Verified {
      concerns = List.copyOf(concerns);
    }
  }

  /**
   * It may not.
   *
   * @param detail what came, for the operator's log
   */
  record Refused(TokenRefusal reason, String detail) implements TokenVerdict {}
}
