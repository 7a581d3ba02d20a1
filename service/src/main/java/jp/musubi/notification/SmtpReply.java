package jp.musubi.notification;

import jakarta.mail.MessagingException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;

/** What a mail server's refusal means for a letter (RFC 5321 4.2.1). */
final class SmtpReply {
  private SmtpReply() {}

  /**
   * Whether another try is useless: the server refused the recipient or the letter for good. A
   * refused sign-in or sender is our own configuration and is mended by an operator, so that letter
   * waits.
   */
  static boolean isPermanent(MailException failure) {
    return causes(failure).stream()
        .anyMatch(cause ->
            switch (cause) {
              case SMTPSenderFailedException _ -> false;
              case SMTPAddressFailedException e -> isPermanent(e.getReturnCode());
              case SMTPSendFailedException e -> isPermanent(e.getReturnCode());
              default -> false;
            });
  }

  /** The server's own words, or ours if it said nothing. */
  static String words(MailException failure) {
    return causes(failure).stream()
        .filter(cause ->
            cause instanceof SMTPAddressFailedException
                || cause instanceof SMTPSendFailedException
                || cause instanceof SMTPSenderFailedException)
        .findFirst()
        .or(() -> causes(failure).stream().reduce((_, last) -> last))
        .map(cause -> cause.getClass().getSimpleName() + ": " + cause.getMessage())
        .orElseGet(failure::toString);
  }

  private static boolean isPermanent(int code) {
    return code >= 500 && code < 600;
  }

  private static List<Throwable> causes(MailException failure) {
    var all = new ArrayList<Throwable>();
    collect(failure.getCause(), all);
    if (failure instanceof MailSendException sending) {
      for (var each : sending.getMessageExceptions()) {
        collect(each, all);
      }
    }
    return all;
  }

  private static void collect(@Nullable Throwable failure, List<Throwable> into) {
    for (var at = failure; at != null && !into.contains(at); at = next(at)) {
      into.add(at);
    }
  }

  private static @Nullable Throwable next(Throwable failure) {
    return failure instanceof MessagingException e && e.getNextException() != null
        ? e.getNextException()
        : failure.getCause();
  }
}
