package jp.musubi.statistics;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.ContractKind;

/**
 * 一件の歩み. When what happened to one contract; nothing of what it is about.
 *
 * @param decidedOn 決裁日, of the newest approval that names one
 * @param askedAt when approval was asked for first
 * @param approvedAt when it was given last
 * @param concludedAt by all seals; empty on paper
 * @param paperOn 締結した日 on paper, where it was recorded
 * @param agreed all agreements in their order, the sender's first
 */
record Course(
    UUID section,
    ContractKind kind,
    Instant madeAt,
    Optional<LocalDate> decidedOn,
    Optional<Instant> askedAt,
    Optional<Instant> approvedAt,
    Optional<Instant> sentAt,
    Optional<Instant> concludedAt,
    Optional<LocalDate> paperOn,
    Optional<Ending> ending,
    List<Agreed> agreed,
    List<Instant> reminders) {

  /** Keeps its own copies. */
  Course {
    agreed = List.copyOf(agreed);
    reminders = List.copyOf(reminders);
  }

  /** How a round ended without conclusion here, named as its state is. */
  enum End {
    /** 辞退. */
    DECLINED,
    /** 差戻し. */
    RETURNED,
    /** 取消. */
    WITHDRAWN,
    /** 期限切れ. */
    EXPIRED,
    /** 紙に切替. */
    ON_PAPER
  }

  /** That it ended, and when. */
  record Ending(End how, Instant at) {}

  /** Who agrees. */
  enum Side {
    /** The sender, by sending. */
    SENDER,
    /** 相手方. */
    COUNTERPARTY,
    /** 団体の契約名義人. */
    OFFICE
  }

  /** An agreement. */
  record Agreed(Side by, Instant at) {}
}
