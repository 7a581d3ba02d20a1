package jp.musubi.contract;

import jp.musubi.notification.LetterPart;

/** 文面の見本. Letters to a counterparty about a contract that does not exist. */
public interface LetterSamples {

  /**
   * The letter in which the part stands, in the words that hold now.
   *
   * @param part one that {@linkplain LetterPart#opens() opens} a letter
   */
  InvitationPreview.Preview of(LetterPart part);
}
