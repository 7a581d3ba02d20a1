package jp.musubi.notification;

import java.util.Optional;
import java.util.UUID;

/** Knows the address of a mailed link, which nothing but the letter itself may contain. */
public interface LinkAddresses {

  /**
   * The full address of a link of the current body, its secret included.
   *
   * @param recipient to whom the letter goes
   * @return empty unless the link was made for that very recipient; a letter to anybody else keeps
   *     the placeholder as the plain text it is, whoever wrote it there
   */
  Optional<String> of(UUID link, MailAddress recipient);
}
