package jp.musubi.journeys.requirements;

import java.util.List;

/**
 * 要件 — one row of what is demanded, and our answer to it.
 *
 * @param id the row's number, a group letter and two digits: {@code C-01}
 * @param importance its class, such as 必須 in the tender or 省令 in the law
 * @param wording the tender's own words; of the law the clause, and what it demands
 * @param how our answer in one sentence an official can read
 * @param where screens ({@code /contracts}) or commands ({@code ./musubi verify}) to look at
 * @param tests the proof, each as {@code package.Class#method}
 */
record Requirement(
    String id,
    String importance,
    String wording,
    Status status,
    String how,
    List<String> where,
    List<String> tests) {

  Requirement {
    where = List.copyOf(where);
    tests = List.copyOf(tests);
  }

  /** The letter that the rows are grouped by. */
  String group() {
    return id.substring(0, 1);
  }
}
