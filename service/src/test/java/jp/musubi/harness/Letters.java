package jp.musubi.harness;

import jakarta.mail.MessagingException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;

/** I9: what people got by mail is what the record says that they got. */
final class Letters {
  private Letters() {}

  /** A letter of the record. */
  private record Kept(String messageId, String recipient, boolean sent) {}

  /**
   * What does not agree.
   *
   * @param cuts how often the power failed, and so how often the end of a sending was lost
   */
  static List<String> wrong(TestBody body, int cuts) {
    var wrong = new ArrayList<String>();
    var kept = kept(body);
    Map<String, Integer> received = new HashMap<>();
    kept.stream()
        .map(Kept::recipient)
        .distinct()
        .flatMap(recipient -> received(recipient).stream())
        .forEach(id -> received.merge(id, 1, Integer::sum));
    for (var letter : kept) {
      var times = received.getOrDefault(letter.messageId(), 0);
      if (!letter.sent()) {
        wrong.add("I9: not sent: " + letter.recipient());
      } else if (times == 0) {
        wrong.add("I9: sent and never received: " + letter.recipient());
      } else if (times > 1 + cuts) {
        wrong.add("I9: received %d times: %s".formatted(times, letter.recipient()));
      }
    }
    // The staff's addresses are those of other bodies' staff, too.
    var known = kept.stream().map(Kept::messageId).toList();
    kept.stream()
        .map(Kept::recipient)
        .filter(recipient -> !recipient.endsWith("@joumou.example"))
        .distinct()
        .flatMap(recipient -> received(recipient).stream())
        .filter(id -> !known.contains(id))
        .forEach(id -> wrong.add("I3: a letter that no record knows: " + id));
    return wrong;
  }

  private static List<String> received(String recipient) {
    var found = new ArrayList<String>();
    try {
      for (var message : ServiceTest.RealParts.mail().getReceivedMessagesForDomain(recipient)) {
        found.add(message.getMessageID());
      }
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
    return found;
  }

  private static List<Kept> kept(TestBody body) {
    var found = new ArrayList<Kept>();
    try (var connection = ServiceTest.RealParts.database().superuser();
        var query =
            connection.prepareStatement(
                "select message_id, recipient, sent_at is not null from mail where tenant_id = ?")) {
      query.setObject(1, body.id().value());
      try (var row = query.executeQuery()) {
        while (row.next()) {
          found.add(new Kept(row.getString(1), row.getString(2), row.getBoolean(3)));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return found;
  }
}
