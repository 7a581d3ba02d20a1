package jp.musubi.trial;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The trial's post office: a real SMTP server on the loopback interface. Every letter is kept as an
 * {@code .eml} file, whoever it is for; the mailbox page shows them. Nothing leaves the machine.
 */
public final class Mailbox implements AutoCloseable {
  private final Path folder;
  private final GreenMail server;
  private final AtomicInteger last;

  private Mailbox(Path folder, GreenMail server) {
    this.folder = folder;
    this.server = server;
    this.last = new AtomicInteger(letters().stream().mapToInt(Letter::number).max().orElse(0));
  }

  /** Opens the post office; letters lie in {@code folder}. */
  static Mailbox open(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var setup = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
    setup.setServerStartupTimeout(10_000);
    var mailbox = new Mailbox(folder, new GreenMail(setup));
    mailbox.server.start();
    var everybody = mailbox.server.setUser("everybody@musubi.example", "");
    // The sender hears that a letter was taken only when it lies in the folder.
    mailbox
        .server
        .getUserManager()
        .setMessageDeliveryHandler((letter, _) -> {
          mailbox.keep(letter.getMessage());
          return everybody;
        });
    return mailbox;
  }

  int port() {
    return server.getSmtp().getPort();
  }

  /** The letters, newest first. */
  public List<Letter> letters() {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".eml"))
          .sorted(Comparator.reverseOrder())
          .map(Mailbox::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The letter of that number. */
  public Optional<Letter> letter(int number) {
    var file = folder.resolve(fileName(number));
    return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
  }

  @Override
  public void close() {
    server.stop();
  }

  void keep(MimeMessage message) throws MessagingException {
    try {
      var partial = Files.createTempFile(folder, "letter", ".part");
      try (var out = Files.newOutputStream(partial)) {
        message.writeTo(out);
      }
      Files.move(
          partial,
          folder.resolve(fileName(last.incrementAndGet())),
          StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new MessagingException("the letter could not be kept", e);
    }
  }

  private static String fileName(int number) {
    return "%06d.eml".formatted(number);
  }

  private static Letter read(Path file) {
    var name = file.getFileName().toString();
    try (var in = Files.newInputStream(file)) {
      var message = new MimeMessage(Session.getInstance(new Properties()), in);
      return Letter.of(
          Integer.parseInt(name.substring(0, name.length() - ".eml".length())), message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MessagingException e) {
      throw new IllegalStateException("not a letter: " + name, e);
    }
  }
}
