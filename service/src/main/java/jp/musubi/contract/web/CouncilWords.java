package jp.musubi.contract.web;

import jp.musubi.contract.CouncilVote;
import jp.musubi.platform.web.Text;

/**
 * 議会の議決 on a contract's page.
 *
 * @param tone of the banner
 * @param link message key of the way to record it, or to put it right
 */
record CouncilWords(String tone, Text heading, Text text, String link) {

  /** How it stands with a concluded contract. */
  static CouncilWords of(CouncilVote vote) {
    var key = "contract.council.now." + vote.key();
    return switch (vote) {
      case CouncilVote.Awaited _ ->
          new CouncilWords("info", Text.of(key), Text.of(key + ".text"), "contract.council.submit");
      case CouncilVote.Decided(var outcome, var bill, var day) ->
          new CouncilWords(
              outcome == CouncilVote.Outcome.PASSED ? "success" : "warning",
              Text.of(key),
              Text.of(key + ".text", bill, Words.day(day)),
              "contract.council.correct");
    };
  }
}
