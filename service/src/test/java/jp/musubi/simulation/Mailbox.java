package jp.musubi.simulation;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.List;

/** Everything that people and programs outside have received. */
final class Mailbox {
  /** A letter, as it came. */
  record Received(String messageId, String recipient, String subject) {}

  private final List<Received> letters = new ArrayList<>();
  private final List<String> events = new ArrayList<>();

  void take(MimeMessage message) throws MessagingException {
    letters.add(
        new Received(
            message.getHeader("Message-ID")[0],
            message.getRecipients(Message.RecipientType.TO)[0].toString(),
            message.getSubject()));
  }

  void event(String id) {
    events.add(id);
  }

  List<Received> letters() {
    return letters;
  }

  List<String> events() {
    return events;
  }
}
