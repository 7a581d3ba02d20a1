package jp.musubi.closure;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.platform.TenantId;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;

/**
 * 残余データの消去の申出, and what became of it (残余データの消去): two people of the body, a waiting period, two
 * operators, the work, the report. Decisions are pure.
 */
record Closure(
    UUID id,
    Request request,
    Mark proposed,
    @Nullable Mark confirmed,
    @Nullable LocalDate due,
    @Nullable Mark ordered,
    @Nullable String witness,
    @Nullable Mark approved,
    @Nullable Cancelled cancelled,
    @Nullable Instant beganAt,
    @Nullable String before,
    @Nullable Instant endedAt,
    @Nullable String report) {

  /**
   * What is asked for.
   *
   * @param useUntil the last day of use
   * @param contactName to whom the report goes, taken down before all is erased
   * @param wantsWitness whether somebody of the body will be present
   */
  record Request(
      TenantId body,
      String code,
      String name,
      String reason,
      LocalDate useUntil,
      String contactName,
      String contactMail,
      boolean wantsWitness) {}

  /** Who took a step, as they were then. */
  record Mark(UUID by, String name, String mail, Instant at) {
    static Mark of(StaffMember person, Instant now) {
      return new Mark(person.id(), person.name(), person.mail(), now);
    }

    /** Whether it is the same human being, under another account too. */
    boolean isSameAs(Mark other) {
      return by.equals(other.by) || plain(mail).equals(plain(other.mail));
    }

    private static String plain(String mail) {
      return mail.strip().toLowerCase(Locale.ROOT);
    }
  }

  /** 取下げ. */
  record Cancelled(String name, Instant at, String why) {}

  /** How far it is. */
  enum State {
    /** Another person of the body has to confirm. */
    PROPOSED,
    /** Waits for its day, and for the operators. */
    CONFIRMED,
    /** Another operator has to approve. */
    ORDERED,
    /** Waits for its day, or for what hinders it. */
    APPROVED,
    /** 消去しています. */
    ERASING,
    /** Reported. */
    ERASED,
    /** 取り下げた. */
    CANCELLED
  }

  State state() {
    if (cancelled != null) {
      return State.CANCELLED;
    }
    if (beganAt != null) {
      return endedAt == null ? State.ERASING : State.ERASED;
    }
    if (approved != null) {
      return State.APPROVED;
    }
    if (ordered != null) {
      return State.ORDERED;
    }
    return confirmed == null ? State.PROPOSED : State.CONFIRMED;
  }

  /** Why this person of the body may not confirm it. */
  Optional<Refusal> refusesConfirmation(Mark by) {
    return refuses(State.PROPOSED, by, proposed);
  }

  /** Why no operator may order it. */
  Optional<Refusal> refusesOrder() {
    return state() == State.CONFIRMED ? Optional.empty() : Optional.of(Refusal.NOT_ITS_TURN);
  }

  /** Why this operator may not approve it. */
  Optional<Refusal> refusesApproval(Mark by) {
    return refuses(State.ORDERED, by, ordered);
  }

  /** Why it cannot be cancelled any more. */
  Optional<Refusal> refusesCancelling() {
    return switch (state()) {
      case PROPOSED, CONFIRMED, ORDERED, APPROVED -> Optional.empty();
      case ERASING, ERASED -> Optional.of(Refusal.BEGUN);
      case CANCELLED -> Optional.of(Refusal.NOT_ITS_TURN);
    };
  }

  /** Whether it may begin on that day, as far as the two and the two and the day go. */
  boolean isDueOn(LocalDate day) {
    return state() == State.APPROVED && due != null && !day.isBefore(due);
  }

  /** The first day: after the last of use, and after the time in which they may think again. */
  static LocalDate due(LocalDate useUntil, LocalDate confirmedOn, int waitingDays) {
    var thought = confirmedOn.plusDays(waitingDays);
    var after = useUntil.plusDays(1);
    return thought.isAfter(after) ? thought : after;
  }

  private Optional<Refusal> refuses(State turn, Mark by, @Nullable Mark before) {
    if (state() != turn || before == null) {
      return Optional.of(Refusal.NOT_ITS_TURN);
    }
    return by.isSameAs(before) ? Optional.of(Refusal.SAME_PERSON) : Optional.empty();
  }
}
