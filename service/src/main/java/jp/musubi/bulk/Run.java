package jp.musubi.bulk;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * 一括送信の一回. A list that was handed in for a form, and how far it has come.
 *
 * @param section whose contracts they are
 * @param clerk who prepares and sends them
 * @param office 契約名義
 * @param paused whether somebody stopped the work
 * @param round how often work was begun
 * @param stopped why it stopped by itself: the key of its words
 * @param releaseAt when what was said to leave last leaves; empty for at once
 * @param codesWait whether access codes wait to be taken
 */
record Run(
    UUID id,
    UUID template,
    UUID section,
    UUID clerk,
    UUID office,
    String fileName,
    Instant deadline,
    int readingYears,
    Instant madeAt,
    State state,
    boolean paused,
    int round,
    Optional<String> stopped,
    Optional<Instant> releaseAt,
    boolean codesWait,
    String makerIp) {

  /** Most lines. */
  static final int MOST_ROWS = 10_000;

  /** Largest file in bytes. */
  static final long MOST_BYTES = 10L << 20;

  /** Where a list stands. */
  enum State {
    /** 検査済: nothing was made yet. */
    CHECKED,
    /** 下書き作成中. */
    MAKING,
    /** 下書き作成済: to be approved where that is needed, looked at, and sent. */
    MADE,
    /** 送信中: what may leave is leaving or has left. */
    SENDING,
    /** 取消. */
    CANCELLED
  }

  /**
   * Lines by where they stand.
   *
   * @param waiting to be made into drafts
   * @param drafted and not said to leave yet
   * @param leaving said to leave
   * @param sent have left
   * @param stuckMaking of the waiting, those whose last attempt came to nothing
   * @param stuckSending of the leaving, those whose last attempt came to nothing
   */
  record Counts(
      int waiting, int drafted, int leaving, int sent, int stuckMaking, int stuckSending) {
    int all() {
      return waiting + drafted + leaving + sent;
    }

    /** Drafts that exist, sent ones too. */
    int made() {
      return drafted + leaving + sent;
    }

    /** What the work has still to do by itself. */
    int toMake() {
      return waiting - stuckMaking;
    }

    int toSend() {
      return leaving - stuckSending;
    }
  }

  /**
   * Sent lines whose counterparties were not written to yet.
   *
   * @param scheduled 送信予約: their time has not come
   * @param onTheirWay the sender's seal is being made, or the letter waits for its turn
   */
  record Ahead(int scheduled, int onTheirWay) {
    static final Ahead NOTHING = new Ahead(0, 0);
  }

  /** A line whose last attempt came to nothing. */
  record Stuck(int line, Optional<UUID> contract, String trouble) {}
}
