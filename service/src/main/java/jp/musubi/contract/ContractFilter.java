package jp.musubi.contract;

/** 絞り込み. The cuts through a body's contracts that the home page counts and the list shows. */
public enum ContractFilter {
  /** すべて. */
  ALL("true"),
  /** 下書き. */
  DRAFT("c.state = 'DRAFT'"),
  /** 承認待ち: a draft on its way through the approvers. */
  APPROVAL(
      "c.state = 'DRAFT' and exists (select from approval v where v.tenant_id = c.tenant_id"
          + " and v.contract_id = c.id and v.state = 'UNDER_WAY')"),
  /** 送信予約. */
  SCHEDULED("c.state = 'SCHEDULED'"),
  /** 相手方確認中. */
  COUNTERPARTY("c.state = 'AWAITING_AGREEMENTS' and n.kind = 'COUNTERPARTY'"),
  /** 期限が3日以内: on its way, and the deadline is near. */
  DUE("c.state = 'AWAITING_AGREEMENTS' and c.deadline < :soon"),
  /** 団体署名待ち. */
  OFFICE("c.state = 'AWAITING_AGREEMENTS' and n.kind = 'OFFICE'"),
  /** 締結処理中. */
  CONCLUDING("c.state = 'CONCLUDING'"),
  /** 処理が止まっている: a seal waits for something outside. */
  STUCK("c.seal_cause is not null and c.state in ('AWAITING_AGREEMENTS', 'CONCLUDING')"),
  /** 締結済. */
  CONCLUDED("c.state = 'CONCLUDED'"),
  /** 締結した契約, here or elsewhere. */
  KEPT("c.state in ('CONCLUDED', 'ELSEWHERE')"),
  /** 議決待ち: a 仮契約 on which the council has not voted. */
  COUNCIL(
      "c.state = 'CONCLUDED' and c.council_vote and not exists (select from council_vote v"
          + " where v.tenant_id = c.tenant_id and v.contract_id = c.id)"),
  /** 辞退. */
  DECLINED("c.state = 'DECLINED'"),
  /** 最近の辞退: within 30 days. */
  DECLINED_LATELY("c.state = 'DECLINED' and c.ended_at > :lately"),
  /** 差戻し. */
  RETURNED("c.state = 'RETURNED'"),
  /** 最近の差戻し: within 30 days. */
  RETURNED_LATELY("c.state = 'RETURNED' and c.ended_at > :lately"),
  /** 紙で締結. */
  ON_PAPER("c.state = 'ON_PAPER'"),
  /** 他社サービスで締結. */
  ELSEWHERE("c.state = 'ELSEWHERE'"),
  /** 取消. */
  WITHDRAWN("c.state = 'WITHDRAWN'"),
  /** 期限切れ. */
  EXPIRED("c.state = 'EXPIRED'"),
  /** 廃棄済. */
  DISPOSED("c.state = 'DISPOSED'");

  private final String condition;

  ContractFilter(String condition) {
    this.condition = condition;
  }

  /** As SQL over contract {@code c} and the party {@code n} whose agreement is next. */
  String condition() {
    return condition;
  }
}
