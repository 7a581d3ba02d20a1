package jp.musubi.evidence;

import java.util.List;

/**
 * 報告書: a paper of headings and facts, whatever it reports.
 *
 * @param number by which it is asked about
 * @param issuer who reports
 */
public record Statement(String title, String number, String issuer, String lead, List<Part> parts) {

  /** Keeps its own copy. */
  public Statement {
    parts = List.copyOf(parts);
  }

  /** What stands under one heading. */
  public record Part(String heading, List<Line> lines) {
    /** Keeps its own copy. */
    public Part {
      lines = List.copyOf(lines);
    }
  }

  /** A name and a value. */
  public record Line(String label, String value) {}
}
