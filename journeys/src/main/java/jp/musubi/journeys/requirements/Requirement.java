package jp.musubi.journeys.requirements;

import java.util.List;

/**
 * 機能要件 — one row of the tender's table and our answer to it.
 *
 * @param id the row's number in the tender, a group letter and two digits: {@code C-01}
 * @param importance the tender's class: 必須, 任意, 任意* or 設計
 * @param wording the tender's own words
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

  /** The letter that the tender groups its rows by. */
  String group() {
    return id.substring(0, 1);
  }
}
