package jp.musubi.notification;

import java.util.Optional;
import java.util.UUID;

/**
 * Knows what nothing but the letter itself may contain: the address of a mailed link, or a 確認番号.
 */
public interface LiveSecrets {

  /**
   * What stands in the letter for an id of the current body.
   *
   * @param recipient to whom the letter goes
   * @return empty unless it was made for that very recipient; a letter to anybody else keeps the
   *     placeholder as the plain text it is, whoever wrote it there
   */
  Optional<String> of(UUID id, MailAddress recipient);
}
