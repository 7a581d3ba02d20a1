package jp.musubi.approval;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * 承認 of one draft as it was reviewed; every step is a pure function.
 *
 * <pre>
 * 承認待ち ──approve (last)──▶ 承認済
 *    ├─sendBack─▶ 差戻し
 *    ├─reroute──▶ 経路変更, and another 承認待ち in its place
 *    └─recall───▶ 引戻し
 * </pre>
 */
sealed interface Approval {
  Asked asked();

  /**
   * What was asked for.
   *
   * @param clerk who asked
   * @param steps of the route as it was on that day; it stays so
   */
  record Asked(UUID id, UUID clerk, Subject subject, Decided decided, List<Step> steps) {

    /** Keeps its own copy. */
    public Asked {
      steps = List.copyOf(steps);
    }

    /** The same, asked along another route. */
    Asked along(UUID anew, List<Step> others) {
      return new Asked(anew, clerk, subject, decided, others);
    }
  }

  /**
   * The house at the moment of a step.
   *
   * @param makers whose own contract it is: who asked, and who has it in hand
   * @param ownAllowed whether somebody may approve their own (W-06)
   */
  record House(Seats seats, Set<UUID> makers, boolean ownAllowed) {}

  /** 承認待ち. */
  record UnderWay(Asked asked, List<Consent> given) implements Approval {

    /** Keeps its own copy. */
    public UnderWay {
      given = List.copyOf(given);
    }

    /** Which step is on, counted from 0. */
    int current() {
      var at = 0;
      while (isTaken(at)) {
        at++;
      }
      return at;
    }

    /** Posts of the current step that have not approved. */
    List<UUID> awaited() {
      var at = current();
      return asked.steps().get(at).posts().stream().filter(post -> !has(at, post)).toList();
    }

    /** Approves at every seat this person has in the current step. */
    Outcome approve(UUID who, House house, Instant now) {
      var seats = seatsOf(who, house);
      var refused = refuses(who, seats, house);
      if (refused.isPresent()) {
        return new Outcome.Refused(refused.get());
      }
      if (asked.decided().comparison() == Decided.Comparison.DIFFERENT) {
        return new Outcome.Refused(Objection.DIFFERS_FROM_DECIDED);
      }
      var at = current();
      var added =
          seats.stream().map(s -> new Consent(at, s.post(), who, s.instead(), now)).toList();
      var all = new ArrayList<>(given);
      all.addAll(added);
      var next = new UnderWay(asked, all);
      var over = at == asked.steps().size() - 1 && next.isTaken(at);
      return new Outcome.Taken(over ? new Approved(asked, all, now) : next, added);
    }

    /** 差戻し, by somebody who could approve; also what differs from the document decided. */
    Outcome sendBack(UUID who, String comment, House house, Instant now) {
      return refuses(who, seatsOf(who, house), house)
          .<Outcome>map(Outcome.Refused::new)
          .orElseGet(
              () -> new Outcome.Taken(new Returned(asked, given, who, comment, now), List.of()));
    }

    /** 引戻し, by those who handle the contract. */
    Outcome recall(UUID who, Instant now) {
      return new Outcome.Taken(new Recalled(asked, given, who, now), List.of());
    }

    /**
     * 経路の変更, by an administrator who did not make the contract. What was approved so far stays on
     * record and counts no more: the steps that follow are others.
     *
     * <p>{@link Asked#along} begins in its place.
     */
    Outcome reroute(UUID who, String reason, House house, Instant now) {
      return house.makers().contains(who)
          ? new Outcome.Refused(Objection.OWN_CONTRACT)
          : new Outcome.Taken(new Rerouted(asked, given, who, reason, now), List.of());
    }

    /** Whether this person could take the current step, the document left aside. */
    Optional<Objection> refuses(UUID who, House house) {
      return refuses(who, seatsOf(who, house), house);
    }

    private Optional<Objection> refuses(UUID who, List<Seats.Seat> seats, House house) {
      if (!seats.isEmpty()) {
        return house.makers().contains(who) && !house.ownAllowed()
            ? Optional.of(Objection.OWN_CONTRACT)
            : Optional.empty();
      }
      var kept =
          awaited().stream()
              .anyMatch(post -> house.seats().seatOf(who, post, Set.of()).isPresent());
      if (kept) {
        return Optional.of(Objection.OWN_CONTRACT);
      }
      return Optional.of(
          given.stream().anyMatch(consent -> consent.by().equals(who))
              ? Objection.GIVEN_ALREADY
              : Objection.NOT_YOUR_TURN);
    }

    /** A maker stands in for nobody; and for a maker nobody does, lest they choose who decides. */
    private List<Seats.Seat> seatsOf(UUID who, House house) {
      var never = house.ownAllowed() ? Set.<UUID>of() : house.makers();
      return awaited().stream()
          .flatMap(post -> house.seats().seatOf(who, post, never).stream())
          .filter(seat -> seat.instead().isEmpty() || !house.makers().contains(who))
          .toList();
    }

    private boolean isTaken(int at) {
      if (at >= asked.steps().size()) {
        return false;
      }
      var step = asked.steps().get(at);
      return step.all()
          ? step.posts().stream().allMatch(post -> has(at, post))
          : step.posts().stream().anyMatch(post -> has(at, post));
    }

    private boolean has(int at, UUID post) {
      return given.stream().anyMatch(c -> c.step() == at && c.post().equals(post));
    }
  }

  /** 承認済: the draft may leave the house, as long as it is the one that was asked about. */
  record Approved(Asked asked, List<Consent> given, Instant at) implements Approval {}

  /** 差戻し. */
  record Returned(Asked asked, List<Consent> given, UUID by, String comment, Instant at)
      implements Approval {}

  /** 引戻し. */
  record Recalled(Asked asked, List<Consent> given, UUID by, Instant at) implements Approval {}

  /** 経路変更: another waits in its place. */
  record Rerouted(Asked asked, List<Consent> given, UUID by, String reason, Instant at)
      implements Approval {}

  /** What was approved so far. */
  List<Consent> given();
}
