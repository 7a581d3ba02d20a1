package jp.musubi.counterparty;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import jp.musubi.ServiceTest;

/** What came by SMTP for somebody who applies or consents. */
final class OutsideMail {
  // Another context of this JVM, known by another address, may be the one whose postman sends.
  private static final Pattern LINK =
      Pattern.compile("https?://[^/\\s]+(/s/[0-9]{6}/(?:application|consent)/\\S+)");

  private OutsideMail() {}

  /** A received letter. */
  record Letter(String subject, String text) {
    /** The path of its link, secret and all. */
    String link() {
      var match = LINK.matcher(text);
      if (!match.find()) {
        throw new AssertionError("no link in:\n" + text);
      }
      return match.group(1);
    }
  }

  /** The letters to an address, in the order they came. */
  static List<Letter> of(String recipient) {
    return Arrays.stream(ServiceTest.RealParts.mail().getReceivedMessages())
        .flatMap(mail -> {
          try {
            return mail.getAllRecipients()[0].toString().equals(recipient)
                ? java.util.stream.Stream.of(
                    new Letter(mail.getSubject(), mail.getContent().toString()))
                : java.util.stream.Stream.empty();
          } catch (MessagingException | IOException e) {
            throw new IllegalStateException(e);
          }
        })
        .toList();
  }

  static List<Letter> await(String recipient, int count) {
    for (var i = 0; i < 300; i++) {
      var letters = of(recipient);
      if (letters.size() >= count) {
        return letters;
      }
      try {
        // The scheduler sends in its own time; nothing announces the letter.
        Thread.sleep(100);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    throw new AssertionError(of(recipient).size() + " of " + count + " letters to " + recipient);
  }
}
