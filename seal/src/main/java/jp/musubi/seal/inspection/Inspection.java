package jp.musubi.seal.inspection;

import java.util.List;

/**
 * PDF検査結果 — what an inspection found.
 *
 * @param acceptable whether no finding rejects the file
 * @param pages number of pages; 0 when the file could not be read that far
 * @param bytes size of the file in bytes
 * @param findings in the order of the rules
 */
public record Inspection(boolean acceptable, int pages, long bytes, List<Finding> findings) {
  static final String ENDLESS = "endless-drawing";

  public Inspection {
    findings = List.copyOf(findings);
  }

  /**
   * Of a file that the inspection did not survive (PDF-P15).
   *
   * @param why for the log and for experts
   */
  public static Inspection notFinished(long bytes, String why) {
    return of(0, bytes, List.of(Finding.ofFile("PDF-P15", Action.REJECT, "not-finished", why)));
  }

  /**
   * Whether a page was given up while it was still being drawn. That goes on: the process is not to
   * be used again.
   */
  public boolean endless() {
    return findings.stream().anyMatch(finding -> finding.what().equals(ENDLESS));
  }

  static Inspection of(int pages, long bytes, List<Finding> findings) {
    var acceptable = findings.stream().noneMatch(f -> f.action() == Action.REJECT);
    return new Inspection(acceptable, pages, bytes, findings);
  }
}
