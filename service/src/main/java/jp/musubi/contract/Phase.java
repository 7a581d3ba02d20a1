package jp.musubi.contract;

/**
 * いまの状態. The state of a contract in the words of the people who work with it: on its way round,
 * what counts is whose move it is.
 */
public enum Phase {
  /** 下書き. */
  DRAFT,
  /** 相手方確認中. */
  COUNTERPARTY,
  /** 団体署名待ち. */
  OFFICE,
  /** 締結処理中. */
  CONCLUDING,
  /** 締結済. */
  CONCLUDED,
  /** 辞退. */
  DECLINED,
  /** 取消. */
  WITHDRAWN,
  /** 期限切れ. */
  EXPIRED;

  /**
   * The phase of a contract.
   *
   * @param agreed how many parties have agreed so far
   */
  public static Phase of(Particulars contract, int agreed) {
    return switch (contract.state()) {
      case "DRAFT" -> DRAFT;
      case "AWAITING_AGREEMENTS" ->
          contract.parties().get(agreed).kind() == Party.Kind.OFFICE ? OFFICE : COUNTERPARTY;
      case "CONCLUDING" -> CONCLUDING;
      case "CONCLUDED" -> CONCLUDED;
      case "DECLINED" -> DECLINED;
      case "WITHDRAWN" -> WITHDRAWN;
      case "EXPIRED" -> EXPIRED;
      default -> throw new IllegalStateException("unknown state " + contract.state());
    };
  }

  /** Whether the contract is on its way and may still be taken back. */
  public boolean isUnderWay() {
    return this == COUNTERPARTY || this == OFFICE;
  }
}
