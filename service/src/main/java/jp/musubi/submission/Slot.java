package jp.musubi.submission;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import jp.musubi.platform.JapaneseDates;

/**
 * One document that is wanted, with all that was handed in for it. Pure.
 *
 * @param files newest first
 */
record Slot(Wanted wanted, List<HandedIn> files) {

  /** Keeps its own copy. */
  Slot {
    files = List.copyOf(files);
  }

  /** Where it stands. */
  enum State {
    /** Nothing came yet. */
    WAITING,
    /** A file waits for the clerk. */
    HANDED_IN,
    /** What came last was sent back. */
    RETURNED,
    /** The clerk has taken it. */
    ACCEPTED
  }

  /** Where it stands, as the body sees it. */
  State state() {
    return standing()
        .map(file -> file.isAccepted() ? State.ACCEPTED : State.HANDED_IN)
        .orElseGet(() ->
            files.stream().anyMatch(file -> file.returnedAt().isPresent())
                ? State.RETURNED
                : State.WAITING);
  }

  /** The file that counts. */
  Optional<HandedIn> standing() {
    return files.stream().filter(HandedIn::stands).findFirst();
  }

  /** What was sent back last. */
  Optional<HandedIn> returned() {
    return files.stream().filter(file -> file.returnedAt().isPresent()).findFirst();
  }

  /**
   * The same as whoever reads mail at that address may see it: of a file that came from another
   * only that the body has taken it. A place among the parties may go to a competitor.
   */
  Slot seenBy(String mail) {
    return new Slot(
        wanted, files.stream().filter(file -> file.isOf(mail) || closes(file)).toList());
  }

  private static boolean closes(HandedIn file) {
    return file.stands() && file.isAccepted();
  }

  /** Whether it keeps its contract from leaving. */
  boolean isMissing() {
    return wanted.mandatory() && state() != State.ACCEPTED;
  }

  /** Whether the day until which it is wanted is over and nothing stands. */
  boolean isLate(LocalDate today) {
    return standing().isEmpty() && wanted.due().filter(today::isAfter).isPresent();
  }

  /** Whether a file came after that day. */
  boolean cameLate(Instant at) {
    return wanted
        .due()
        .filter(due -> LocalDate.ofInstant(at, JapaneseDates.ZONE).isAfter(due))
        .isPresent();
  }
}
