package jp.musubi.signing;

import java.time.Instant;
import jp.musubi.contract.Particulars;

/** Where a contract stands for the counterparty that comes by a link. */
enum Standing {
  /** To be read and decided on. */
  TO_DECIDE,
  /** The counterparty has agreed; others have not, or sealing goes on. */
  AGREED,
  /** 締結済. */
  CONCLUDED,
  /** 辞退. */
  DECLINED,
  /** 差戻し. */
  RETURNED,
  /** 紙で締結. */
  ON_PAPER,
  /** 取消. */
  WITHDRAWN,
  /** 期限切れ. */
  EXPIRED,
  /** 廃棄済: it was concluded, and its files are no longer kept. */
  DISPOSED;

  static Standing of(Particulars contract, boolean agreed, Instant now) {
    return switch (contract.state()) {
      case "AWAITING_AGREEMENTS" -> {
        if (contract.deadline().filter(deadline -> !now.isBefore(deadline)).isPresent()) {
          yield EXPIRED;
        }
        yield agreed ? AGREED : TO_DECIDE;
      }
      case "CONCLUDING" -> AGREED;
      case "CONCLUDED" -> CONCLUDED;
      case "DECLINED" -> DECLINED;
      case "RETURNED" -> RETURNED;
      case "ON_PAPER" -> ON_PAPER;
      case "WITHDRAWN" -> WITHDRAWN;
      case "EXPIRED" -> EXPIRED;
      case "DISPOSED" -> DISPOSED;
      default -> throw new IllegalStateException("no link leads to a " + contract.state());
    };
  }

  /** Whether there is nothing more to read or to decide on. */
  boolean isEnded() {
    return switch (this) {
      case DECLINED, RETURNED, WITHDRAWN, EXPIRED, ON_PAPER, DISPOSED -> true;
      case TO_DECIDE, AGREED, CONCLUDED -> false;
    };
  }

  /** Whether it is on its way: something may still be asked. */
  boolean isOpen() {
    return this == TO_DECIDE || this == AGREED;
  }

  /** The part of message keys that names it. */
  String key() {
    return switch (this) {
      case TO_DECIDE -> "decide";
      case AGREED -> "agreed";
      case CONCLUDED -> "concluded";
      case DECLINED -> "declined";
      case RETURNED -> "returned";
      case ON_PAPER -> "on-paper";
      case WITHDRAWN -> "withdrawn";
      case EXPIRED -> "expired";
      case DISPOSED -> "disposed";
    };
  }
}
