package jp.musubi.contract;

import java.util.List;

/**
 * いまの状態. The state of a contract in the words of the people who work with it: on its way round,
 * what counts is whose move it is.
 */
public enum Phase {
  /** 下書き. */
  DRAFT,
  /** 送信予約. */
  SCHEDULED,
  /** 相手方確認中. */
  COUNTERPARTY,
  /** 団体署名待ち. */
  OFFICE,
  /** 締結処理中. */
  CONCLUDING,
  /** 締結済. */
  CONCLUDED,
  /** 他社サービスで締結. */
  ELSEWHERE,
  /** 廃棄済. */
  DISPOSED,
  /** 辞退. */
  DECLINED,
  /** 差戻し. */
  RETURNED,
  /** 紙で締結. */
  ON_PAPER,
  /** 取消. */
  WITHDRAWN,
  /** 期限切れ. */
  EXPIRED;

  /**
   * The phase of a contract.
   *
   * @param agreements given so far
   */
  public static Phase of(Particulars contract, List<Agreement> agreements) {
    return switch (contract.state()) {
      case "DRAFT" -> DRAFT;
      case "SCHEDULED" -> SCHEDULED;
      case "AWAITING_AGREEMENTS" ->
          next(contract, agreements).stream()
                  .anyMatch(party -> party.kind() == Party.Kind.COUNTERPARTY)
              ? COUNTERPARTY
              : OFFICE;
      case "CONCLUDING" -> CONCLUDING;
      case "CONCLUDED" -> CONCLUDED;
      case "ELSEWHERE" -> ELSEWHERE;
      case "DISPOSED" -> DISPOSED;
      case "DECLINED" -> DECLINED;
      case "RETURNED" -> RETURNED;
      case "ON_PAPER" -> ON_PAPER;
      case "WITHDRAWN" -> WITHDRAWN;
      case "EXPIRED" -> EXPIRED;
      default -> throw new IllegalStateException("unknown state " + contract.state());
    };
  }

  /** Who has to agree next, now or as soon as the seals before are made. */
  public static List<Party> next(Particulars contract, List<Agreement> agreements) {
    return contract.order().next(agreements.stream().map(Agreement::party).toList());
  }

  /** Whether the contract is on its way and may still be taken back. */
  public boolean isUnderWay() {
    return this == COUNTERPARTY || this == OFFICE;
  }
}
