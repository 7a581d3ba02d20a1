package jp.musubi.seal.archival;

import java.util.List;
import java.util.OptionalInt;

/**
 * PDF/Aの確認 — what a file says of itself, and whether it is so.
 *
 * @param claim part and level such as {@code 2b}; empty for a file that does not claim to be PDF/A
 * @param complaints what stands against it, at most {@value #MOST}, each rule once
 */
public record ArchivalReport(String claim, Outcome outcome, List<Complaint> complaints) {
  /** More than these nobody reads. */
  public static final int MOST = 10;

  /** Keeps its own copy. */
  public ArchivalReport {
    complaints = List.copyOf(complaints);
  }

  /** Whether it is what it claims. */
  public enum Outcome {
    /** It claims nothing. */
    NO_CLAIM,
    /** It is what it claims. */
    CONFORMS,
    /** It is not. */
    FAILS,
    /** The check was not finished within its limits, or the file could not be read. */
    UNKNOWN
  }

  /**
   * A rule that is broken.
   *
   * @param rule clause of ISO 19005 and number of the test, such as {@code 6.2.11.4.1-1}
   */
  public record Complaint(Topic topic, String rule) {}

  /** Of a file that does not claim to be PDF/A. */
  public static ArchivalReport none() {
    return new ArchivalReport("", Outcome.NO_CLAIM, List.of());
  }

  /** Of a file whose check did not come to an end. */
  public static ArchivalReport unknown(String claim) {
    return new ArchivalReport(claim, Outcome.UNKNOWN, List.of());
  }

  /**
   * What a file of several may claim to be whose first part is this one: the part of ISO 19005, at
   * level B, which asks for the least; empty where nothing is to be claimed.
   */
  public OptionalInt partOfWhole() {
    if (!conforms()) {
      return OptionalInt.empty();
    }
    return switch (claim.charAt(0)) {
      // What is of part 1 may be claimed of part 2, which those behind it may need.
      case '1', '2' -> OptionalInt.of(2);
      case '3' -> OptionalInt.of(3);
      default -> OptionalInt.empty();
    };
  }

  /** Whether it is PDF/A, as far as a program can tell. */
  public boolean conforms() {
    return outcome == Outcome.CONFORMS;
  }
}
