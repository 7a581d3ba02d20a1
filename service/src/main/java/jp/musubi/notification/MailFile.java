package jp.musubi.notification;

import jp.musubi.seal.Sha256;

/**
 * 添付. A stored file that goes with a letter, byte for byte.
 *
 * @param file by which the vault knows it
 * @param name as the mailbox shows it; a name only, never a path
 */
public record MailFile(Sha256 file, String name) {
  private static final int LONGEST = 255;

  /** Refuses what is no plain name. */
  public MailFile {
    if (name.isEmpty() || name.length() > LONGEST || !PlainText.oneLine(name).equals(name)) {
      throw new IllegalArgumentException("no name of a file");
    }
  }
}
