package jp.musubi.staff;

import java.time.Clock;
import java.util.Locale;
import java.util.UUID;
import jp.musubi.notification.Outbox;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.JapaneseDates;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * サインインのお知らせ. Tells somebody by mail what happened to an account, so that what they did not do
 * themselves is noticed (ASVS 6.3.7). Holds no link and no secret.
 */
@Component
class StaffMail {
  private final Outbox outbox;
  private final Organisations organisations;
  private final MessageSource messages;
  private final Clock clock;

  StaffMail(Outbox outbox, Organisations organisations, MessageSource messages, Clock clock) {
    this.outbox = outbox;
    this.organisations = organisations;
    this.messages = messages;
    this.clock = clock;
  }

  /** As {@link #tell(UUID, String, String, String, Object...)}. */
  @Transactional(propagation = Propagation.MANDATORY)
  void tell(StaffMember member, String key, Object... more) {
    tell(member.id(), member.name(), member.mail(), key, more);
  }

  /**
   * Writes a letter, sent once the caller's transaction is done.
   *
   * @param key of its words: {@code .subject} with the body's name, {@code .body} with the reader's
   *     name, the body's name, the moment, and then what {@code more} holds
   */
  @Transactional(propagation = Propagation.MANDATORY)
  void tell(UUID staff, String name, String address, String key, Object... more) {
    var body = organisations.current().name();
    var gaps = new Object[3 + more.length];
    gaps[0] = name;
    gaps[1] = body;
    gaps[2] = JapaneseDates.time(clock.instant());
    System.arraycopy(more, 0, gaps, 3, more.length);
    outbox.enqueue(
        key + "/" + staff + "/" + UUID.randomUUID(),
        null,
        address,
        words(key + ".subject", body),
        words(key + ".body", gaps));
  }

  private String words(String key, Object... values) {
    return messages.getMessage(key, values, Locale.JAPAN);
  }
}
