package jp.musubi.staff.sso;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import jp.musubi.platform.web.Entrance;
import org.jspecify.annotations.Nullable;

/**
 * 往復. Somebody was sent to the provider and is awaited back.
 *
 * @param staff who was signed in; null for a sign-in
 * @param nonce what the provider's word has to carry
 * @param verifier proves that the code's exchange comes from where it was asked for (RFC 7636)
 * @param target what a confirmation is for
 * @param entrance where the person came in, and is sent back to
 */
record Errand(
    UUID id,
    Provider.Kind kind,
    Purpose purpose,
    @Nullable UUID staff,
    String state,
    String nonce,
    String verifier,
    @Nullable String target,
    Entrance.Side entrance,
    Instant created) {
  /** How long somebody may take at the provider. */
  static final Duration VALID = Duration.ofMinutes(10);

  /** How long a confirmation is good. */
  static final Duration FRESH = Duration.ofMinutes(5);

  /** What somebody was sent for. */
  enum Purpose {
    /** To sign in. */
    SIGN_IN,
    /** To prove oneself anew, before signing. */
    CONFIRM,
    /** To link the own account with the provider's subject. */
    LINK,
    /** To see whether the settings are right. */
    TRIAL
  }

  /** Whether the person has to prove themselves anew, however well the provider knows them. */
  boolean again() {
    return purpose == Purpose.CONFIRM || purpose == Purpose.LINK;
  }
}
