package jp.musubi.access;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.AddressRange;
import jp.musubi.platform.Tenancy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** 接続元の門. Whether somebody may come in from where they are; who may not is on record. */
@Component
public class AddressGate {
  private static final Logger LOG = LoggerFactory.getLogger(AddressGate.class);

  /** Somebody who has not said who they are. */
  public static final Actor SOMEBODY = new Actor(Actor.Kind.SERVICE, "addresses", "むすび");

  private final AddressRules rules;
  private final AuditTrail audit;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final RefusalWindow window = new RefusalWindow();

  AddressGate(
      AddressRules rules, AuditTrail audit, PlatformTransactionManager transactions, Clock clock) {
    this.rules = rules;
    this.audit = audit;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  /** Whether the current body lets this audience in from the address; a refusal is recorded. */
  public boolean admits(Audience audience, String address, Actor who) {
    if (rules.of(audience).admits(address, clock.instant())) {
      return true;
    }
    refused(audience, address, who, "address.refused", Map.of());
    return false;
  }

  /**
   * Records that somebody was not let in; whoever knocks without end is recorded now and then, with
   * the number of times.
   *
   * @param action past tense, stable
   */
  public void refused(
      Audience audience, String address, Actor who, String action, Map<String, String> details) {
    var body = Tenancy.required().toString();
    window
        .note(
            body,
            String.join(
                " ",
                audience.name(),
                action,
                who.kind() == Actor.Kind.PROGRAM ? who.id() : "",
                AddressRange.network(address)),
            clock.instant())
        .ifPresent(times -> {
          LOG.warn("body {}: {} {} from {}, {} times", body, audience, action, address, times);
          var facts = new HashMap<>(details);
          facts.put("audience", audience.name());
          facts.put("times", String.valueOf(times));
          transaction.executeWithoutResult(_ -> audit.record(who, action, null, address, facts));
        });
  }
}
