package jp.musubi.contract;

import java.util.Optional;

/**
 * 送信の関門. What has to be settled within the house before a draft may leave it; 承認 is one.
 *
 * <p>Both questions are asked in the transaction of the step, with the contract's row locked.
 */
public interface SendingGate {

  /** Why the draft may not be sent as it stands. */
  Optional<Refusal> refusesSending(Particulars draft);

  /** Why the draft may not be changed at this moment. */
  Optional<Refusal> refusesEditing(ContractId draft);

  /** How it stands with a draft, for its pages; empty where the gate has nothing to say. */
  Optional<Standing> standing(Particulars draft);

  /**
   * Words of the message bundles, and where one goes on.
   *
   * @param heading message key
   * @param text message key
   * @param label message key of the link
   * @param path of the link, from the service's root
   * @param holds whether it keeps the draft from being sent
   * @param settles whether it also keeps the draft from being changed
   */
  record Standing(
      String heading, String text, String label, String path, boolean holds, boolean settles) {}
}
