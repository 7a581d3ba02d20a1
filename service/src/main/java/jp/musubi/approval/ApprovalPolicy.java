package jp.musubi.approval;

/**
 * 承認の決まり of a body.
 *
 * @param required whether what no route covers cannot be sent (W-01)
 * @param ownAllowed whether somebody may approve what they made themselves (W-06)
 */
record ApprovalPolicy(boolean required, boolean ownAllowed) {
  /** Of a body that has said nothing. */
  static final ApprovalPolicy DEFAULT = new ApprovalPolicy(false, false);
}
