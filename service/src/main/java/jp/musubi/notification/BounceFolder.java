package jp.musubi.notification;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * 戻ったメールの置き場. A maildir into which the mail server delivers what comes back to {@code
 * musubi.mail.from}; each mail is read once, and moved from {@code new} to {@code cur}. What is no
 * report stays there for people to look at.
 */
final class BounceFolder {
  private static final Logger LOG = LoggerFactory.getLogger(BounceFolder.class);
  private static final int MOST_AT_ONCE = 200;

  private final Path folder;
  private final Bounces bounces;
  private final Organisations organisations;

  BounceFolder(Path folder, Bounces bounces, Organisations organisations) {
    this.folder = folder;
    this.bounces = bounces;
    this.organisations = organisations;
  }

  /**
   * What a look at the folder found.
   *
   * @param news letters of which nobody knew that they came back
   * @param known letters of which that was known
   * @param others reports that say something else, or are about no letter of ours
   * @param unreadable what is no report at all
   */
  record Swept(int news, int known, int others, int unreadable) {
    int all() {
      return news + known + others + unreadable;
    }
  }

  /** Reads what is new. A mail whose effect could not be stored stays, and is read again. */
  Swept sweep() {
    var news = 0;
    var known = 0;
    var others = 0;
    var unreadable = 0;
    for (var mail : waiting()) {
      try {
        switch (take(mail)) {
          case NEWS -> news++;
          case KNOWN -> known++;
          case NONE -> others++;
        }
      } catch (DeliveryReport.NotOne e) {
        LOG.warn("mail {} that came back says nothing: {}", mail.getFileName(), e.getMessage());
        unreadable++;
      } catch (RuntimeException e) {
        // One mail's trouble must not keep the others from being read; it is read again.
        LOG.error("mail {} that came back was not taken", mail.getFileName(), e);
        continue;
      }
      settle(mail);
    }
    return new Swept(news, known, others, unreadable);
  }

  private Bounces.Meaning take(Path mail) throws DeliveryReport.NotOne {
    var report = DeliveryReport.read(bytes(mail));
    if (report.isEmpty()) {
      return Bounces.Meaning.NONE;
    }
    for (var body : organisations.bodies()) {
      var meaning = Tenancy.in(body.id(), () -> bounces.take(report.get()));
      if (meaning != Bounces.Meaning.NONE) {
        return meaning;
      }
    }
    return Bounces.Meaning.NONE;
  }

  /** One byte more than a report may have, so that it is known to be too large. */
  private static byte[] bytes(Path mail) {
    try (var in = Files.newInputStream(mail, LinkOption.NOFOLLOW_LINKS)) {
      return in.readNBytes(DeliveryReport.LARGEST + 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Path> waiting() {
    try {
      Files.createDirectories(folder.resolve("new"));
      Files.createDirectories(folder.resolve("cur"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (Stream<Path> files = Files.list(folder.resolve("new"))) {
      // No links: the mail server writes files, and nothing else has a place here.
      return files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .sorted()
          .limit(MOST_AT_ONCE)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As a maildir says that a mail was seen. */
  private void settle(Path mail) {
    try {
      Files.move(
          mail,
          folder.resolve("cur").resolve(mail.getFileName() + ":2,S"),
          StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
