package jp.musubi.operations;

import java.time.Clock;
import java.util.Map;
import java.util.function.BooleanSupplier;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.secrets.BodyKeys;
import jp.musubi.platform.secrets.SecretsSettings;
import jp.musubi.vault.Reencryption;
import org.springframework.transaction.support.TransactionOperations;

/**
 * 鍵の手入れ. For the current body: every key under the present master key, a new key where the newest
 * is too old, and every stored file under the newest. What was done is in the body's record.
 */
final class KeyCare {
  private static final Actor SERVICE = new Actor(Actor.Kind.SERVICE, "keys", "むすび");

  private final BodyKeys keys;
  private final BooleanSupplier masterMayWrap;
  private final Reencryption reencryption;
  private final AuditTrail audit;
  private final TransactionOperations transactions;
  private final SecretsSettings settings;
  private final Clock clock;

  /**
   * The care of keys.
   *
   * @param masterMayWrap whether two operators have confirmed the present master key; until then
   *     the keys stay under the one before
   */
  KeyCare(
      BodyKeys keys,
      BooleanSupplier masterMayWrap,
      Reencryption reencryption,
      AuditTrail audit,
      TransactionOperations transactions,
      SecretsSettings settings,
      Clock clock) {
    this.keys = keys;
    this.masterMayWrap = masterMayWrap;
    this.reencryption = reencryption;
    this.audit = audit;
    this.transactions = transactions;
    this.settings = settings;
    this.clock = clock;
  }

  /** Does what is due; may be broken off and begun again. */
  void run() {
    transactions.executeWithoutResult(_ -> keysOfTheBody());
    var files = reencryption.run();
    if (files.moved() > 0) {
      transactions.executeWithoutResult(
          _ -> record("files.encrypted-anew", Map.of("files", String.valueOf(files.moved()))));
    }
  }

  private void keysOfTheBody() {
    var wrapped = masterMayWrap.getAsBoolean() ? keys.wrapAnew() : 0;
    if (wrapped > 0) {
      record("keys.wrapped-anew", Map.of("keys", String.valueOf(wrapped)));
    }
    keys.renewIfMadeBefore(settings.oldestKey(clock.instant()))
        .ifPresent(number -> record("key.renewed", Map.of("number", String.valueOf(number))));
  }

  private void record(String action, Map<String, String> details) {
    audit.record(SERVICE, action, null, null, details);
  }
}
