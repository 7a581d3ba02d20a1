package jp.musubi.contract;

import java.time.LocalDate;

/**
 * 議会の議決. Where the law asks for one (地方自治法96条1項5号・8号), what all have signed is a 仮契約 until the
 * council has voted: by its yes it becomes the 本契約, by its no it comes to nothing. The signed file
 * says so itself and stays what it is.
 */
public sealed interface CouncilVote {
  /** The part of message keys that names it. */
  String key();

  /** 議決待ち. */
  record Awaited() implements CouncilVote {
    @Override
    public String key() {
      return "AWAITED";
    }
  }

  /**
   * 議決.
   *
   * @param bill 議案番号
   */
  record Decided(Outcome outcome, String bill, LocalDate on) implements CouncilVote {
    @Override
    public String key() {
      return outcome.name();
    }
  }

  /** What the council said. */
  enum Outcome {
    /** 可決: 本契約成立. */
    PASSED,
    /** 否決: 不成立. */
    REJECTED
  }
}
