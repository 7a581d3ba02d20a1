package jp.musubi.disposal;

import java.time.Instant;
import java.util.UUID;

/** 廃棄の保留. Why a contract is not disposed of for now, and who said so. */
record Hold(UUID id, Kind kind, String reason, String placedName, Instant placedAt) {

  /** What it is for; its words are {@code disposal.hold.kind.NAME}. */
  enum Kind {
    /** 訴訟・紛争. */
    LAWSUIT,
    /** 監査・検査. */
    AUDIT,
    /** 開示請求. */
    DISCLOSURE,
    /** Another reason, which its words say. */
    OTHER
  }
}
