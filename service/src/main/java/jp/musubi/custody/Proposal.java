package jp.musubi.custody;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * 鍵の申請と確認. What one operator proposed, and whether another confirmed it; the decision is pure.
 *
 * @param confirmer null until a second operator confirms
 */
record Proposal(
    ManagedKey.Kind kind,
    String fingerprint,
    String description,
    String reason,
    Person proposer,
    Instant proposedAt,
    @Nullable Person confirmer,
    @Nullable Instant confirmedAt) {

  /** An operator as they were at that moment. */
  record Person(UUID id, String name, String mail) {

    /** Whether it is the same human being, under another account too. */
    boolean isSameAs(Person other) {
      return id.equals(other.id) || plain(mail).equals(plain(other.mail));
    }

    private static String plain(String mail) {
      return mail.strip().toLowerCase(Locale.ROOT);
    }
  }

  /** Why a step was not taken; the words are {@code custody.refusal.} + name. */
  enum Refusal {
    /** Somebody proposed it before. */
    PROPOSED_ALREADY,
    /** Nobody has proposed it. */
    NOT_PROPOSED,
    /** Nobody confirms what they proposed themselves, under no account. */
    OWN,
    /** It is confirmed. */
    CONFIRMED_ALREADY
  }

  boolean confirmed() {
    return confirmedAt != null;
  }

  /** Why {@code by} may not confirm it. */
  Optional<Refusal> refuses(Person by) {
    if (confirmed()) {
      return Optional.of(Refusal.CONFIRMED_ALREADY);
    }
    return by.isSameAs(proposer) ? Optional.of(Refusal.OWN) : Optional.empty();
  }
}
