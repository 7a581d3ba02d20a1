package jp.musubi.contract.web;

import java.util.ArrayList;
import java.util.List;
import jp.musubi.platform.web.Step;

/** The four steps of 契約を作る. */
final class Making {
  private static final List<String> STEPS =
      List.of(
          "contract.making.document",
          "contract.making.parties",
          "contract.making.terms",
          "contract.making.review");

  private Making() {}

  /** The steps as seen from the one at {@code here}, counted from 0. */
  static List<Step> at(int here) {
    var steps = new ArrayList<Step>();
    for (var i = 0; i < STEPS.size(); i++) {
      steps.add(
          Step.of(
              STEPS.get(i),
              i < here ? Step.Place.DONE : i == here ? Step.Place.NOW : Step.Place.TODO));
    }
    return steps;
  }
}
