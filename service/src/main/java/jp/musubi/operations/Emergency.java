package jp.musubi.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * 緊急閲覧. One operator asks to see one contract of one body for some hours; it opens when a second
 * one approves, to the first one only, and ends by itself. The decisions are pure.
 *
 * @param contractNumber 文書番号; of its content nothing stands here
 * @param asker who asks, and who alone will see it
 * @param length how long it is open once approved
 * @param approval null until a second operator approves
 * @param ending null until somebody ends it before its time
 */
record Emergency(
    UUID id,
    UUID contract,
    String contractNumber,
    Person asker,
    String reason,
    String reference,
    Duration length,
    Instant askedAt,
    @Nullable Approval approval,
    @Nullable Ending ending) {
  /** How long a request waits: an emergency of yesterday is asked for anew. */
  static final Duration PATIENCE = Duration.ofHours(24);

  /** An operator as they were at that moment. */
  record Person(UUID id, String name, String mail) {

    /** Whether it is the same human being, under another account too. */
    boolean isSameAs(Person other) {
      return id.equals(other.id)
          || mail.strip()
              .toLowerCase(Locale.ROOT)
              .equals(other.mail.strip().toLowerCase(Locale.ROOT));
    }
  }

  /** 承認, until exclusively. */
  record Approval(Person by, Instant at, Instant until) {}

  /** 終わり. */
  record Ending(String by, Side side, Instant at) {}

  /** Who ended it. */
  enum Side {
    /** The body whose contract it is. */
    BODY,
    /** An operator. */
    OPERATOR
  }

  /** Where it stands. */
  enum State {
    /** 承認待ち. */
    ASKED,
    /** 承認されないまま期限切れ. */
    LAPSED,
    /** 閲覧中. */
    OPEN,
    /** 時間が終わった. */
    OVER,
    /** 終わらせた. */
    ENDED
  }

  /** Why something of it cannot be done. */
  enum Refusal {
    /** Nobody approves their own request, under no account. */
    OWN,
    /** Whoever works for the body too is no second person of the operator's. */
    OF_THE_BODY,
    /** It was approved before. */
    APPROVED_ALREADY,
    /** Nobody has approved it. */
    NOT_APPROVED,
    /** Only who asked sees it. */
    NOT_THE_ASKER,
    /** It waited too long. */
    LAPSED,
    /** Its time is over. */
    OVER,
    /** Somebody ended it. */
    ENDED
  }

  State state(Instant now) {
    if (ending != null) {
      return State.ENDED;
    }
    if (approval == null) {
      return now.isBefore(askedAt.plus(PATIENCE)) ? State.ASKED : State.LAPSED;
    }
    return now.isBefore(approval.until()) ? State.OPEN : State.OVER;
  }

  /**
   * Why {@code by} may not approve it.
   *
   * @param ofTheBody whether the person also is on the staff of the body whose contract it is
   */
  Optional<Refusal> refusesApproval(Person by, boolean ofTheBody, Instant now) {
    if (by.isSameAs(asker)) {
      return Optional.of(Refusal.OWN);
    }
    if (ofTheBody) {
      return Optional.of(Refusal.OF_THE_BODY);
    }
    return switch (state(now)) {
      case ASKED -> Optional.empty();
      case LAPSED -> Optional.of(Refusal.LAPSED);
      case OPEN -> Optional.of(Refusal.APPROVED_ALREADY);
      case OVER -> Optional.of(Refusal.OVER);
      case ENDED -> Optional.of(Refusal.ENDED);
    };
  }

  /** Why {@code who} may not look at the contract. */
  Optional<Refusal> refusesLook(UUID who, Instant now) {
    return switch (state(now)) {
      case OPEN -> who.equals(asker.id()) ? Optional.empty() : Optional.of(Refusal.NOT_THE_ASKER);
      case ASKED, LAPSED -> Optional.of(Refusal.NOT_APPROVED);
      case OVER -> Optional.of(Refusal.OVER);
      case ENDED -> Optional.of(Refusal.ENDED);
    };
  }

  /** Why it cannot be ended. */
  Optional<Refusal> refusesEnd(Instant now) {
    return switch (state(now)) {
      case ASKED, OPEN -> Optional.empty();
      case LAPSED -> Optional.of(Refusal.LAPSED);
      case OVER -> Optional.of(Refusal.OVER);
      case ENDED -> Optional.of(Refusal.ENDED);
    };
  }
}
