package jp.musubi.signing;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import jp.musubi.ServiceTest;

/** What came by SMTP for one recipient. */
public final class Mailbox {
  private static final Pattern LINK = Pattern.compile("https?://\\S+(/s/[0-9]{6}/\\S+)");

  private Mailbox() {}

  /** A received mail. */
  public record Mail(String from, String subject, String text) {
    /** The path of the link in it, secret and all. */
    public String link() {
      var match = LINK.matcher(text);
      if (!match.find()) {
        throw new AssertionError("no link in:\n" + text);
      }
      return match.group(1);
    }
  }

  /** What has come so far, in the order in which it came. */
  public static List<Mail> of(String recipient) {
    return Arrays.stream(ServiceTest.RealParts.mail().getReceivedMessages())
        .filter(mail -> isFor(mail, recipient))
        .map(Mailbox::read)
        .toList();
  }

  /** The same, once so many have come. */
  public static List<Mail> await(String recipient, int count) {
    for (var i = 0; i < 300; i++) {
      var mails = of(recipient);
      if (mails.size() >= count) {
        return mails;
      }
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    throw new AssertionError(
        "%d of %d mails came: %s".formatted(of(recipient).size(), count, of(recipient)));
  }

  /** The first whose subject says so, once it has come. */
  public static Mail await(String recipient, String subject) {
    for (var count = 1; ; count++) {
      var found = await(recipient, count).stream().filter(mail -> mail.subject().contains(subject));
      var first = found.findFirst();
      if (first.isPresent()) {
        return first.get();
      }
    }
  }

  private static boolean isFor(MimeMessage mail, String recipient) {
    try {
      return Arrays.stream(mail.getAllRecipients()).anyMatch(to -> to.toString().equals(recipient));
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Mail read(MimeMessage mail) {
    try {
      var from = (InternetAddress) mail.getFrom()[0];
      return new Mail(
          from.getPersonal(), mail.getSubject(), mail.getContent().toString().replace("\r", ""));
    } catch (MessagingException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
