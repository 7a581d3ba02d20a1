package jp.musubi.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.musubi.notification.LetterPart;
import jp.musubi.notification.LetterWords;
import jp.musubi.organisation.Body;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import org.springframework.stereotype.Component;

/**
 * The bodies that use the service today, and how they sign their mails; looked up once a minute.
 */
@Component
class SendingBodies {
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final Organisations organisations;
  private final LetterWords words;
  private final Clock clock;
  private volatile Seen seen = new Seen(Instant.MIN, List.of());

  SendingBodies(Organisations organisations, LetterWords words, Clock clock) {
    this.organisations = organisations;
    this.words = words;
    this.clock = clock;
  }

  /**
   * One of them.
   *
   * @param sender the name in the mail's From
   */
  record Sending(Body body, String sender) {}

  private record Seen(Instant until, List<Sending> bodies) {}

  List<Sending> current() {
    var now = clock.instant();
    var known = seen;
    if (!now.isBefore(known.until())) {
      known = new Seen(now.plus(FRESH), look());
      seen = known;
    }
    return known.bodies();
  }

  /** The one with that code, as it is at this moment. */
  Optional<Body> withCode(String code) {
    return organisations.bodyByCode(code).filter(this::sends);
  }

  private List<Sending> look() {
    return organisations.bodies().stream()
        .filter(this::sends)
        .map(body ->
            new Sending(
                body,
                Tenancy.in(
                    body.id(),
                    () -> words.current().getOrDefault(LetterPart.SENDER_NAME, body.name()))))
        .toList();
  }

  private boolean sends(Body body) {
    return !body.isOperators() && body.isUsableOn(organisations.today());
  }
}
