package jp.musubi.journeys;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;

/** The letters that came out of the service's SMTP, as files. */
public final class Inbox {
  private static final Pattern LINK = Pattern.compile("https?://\\S+/s/\\S+");

  private final Path folder;

  /** Reads the {@code .eml} files of a folder. */
  public Inbox(Path folder) {
    this.folder = folder;
  }

  /** One letter, decoded. */
  public record Letter(Path file, String to, String subject, String text) {

    /** The counterparty's link in it. */
    public String link() {
      var matcher = LINK.matcher(text);
      if (!matcher.find()) {
        throw new IllegalStateException("no link in the letter '%s'".formatted(subject));
      }
      return matcher.group();
    }
  }

  /** All letters so far, oldest first. */
  public List<Letter> letters() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    var letters = new ArrayList<Letter>();
    try (var files = Files.list(folder)) {
      for (var file : files.filter(f -> f.toString().endsWith(".eml")).sorted().toList()) {
        letters.add(read(file));
      }
    }
    return letters;
  }

  /** Waits for the newest letter to an address whose subject contains some words. */
  public Letter await(String to, String subject, Duration patience)
      throws IOException, InterruptedException {
    var until = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < until) {
      var found =
          letters().stream()
              .filter(l -> l.to().contains(to) && l.subject().contains(subject))
              .toList();
      if (!found.isEmpty()) {
        return found.getLast();
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException(
        "no letter '%s' to %s within %s; there are: %s"
            .formatted(subject, to, patience, letters().stream().map(Letter::subject).toList()));
  }

  /** Reads one. */
  public static Letter read(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var message = new MimeMessage(Session.getInstance(new Properties()), in);
      return new Letter(
          file,
          String.join(
              ", ",
              java.util.Arrays.stream(message.getAllRecipients()).map(Object::toString).toList()),
          String.valueOf(message.getSubject()),
          String.valueOf(message.getContent()));
    } catch (MessagingException e) {
      throw new IllegalStateException("not a letter: " + file, e);
    }
  }
}
