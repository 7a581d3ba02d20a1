package jp.musubi.platform;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.function.Supplier;
import jp.musubi.seal.Sha256;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * A form answered once. Every rendered form carries a random key; the first POST with it takes
 * effect, every later or simultaneous one waits for that transaction and gets the same answer.
 */
@Component
public class Idempotency {
  private final JdbcClient jdbc;
  private final Clock clock;

  Idempotency(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * The answer of the first call with this key.
   *
   * @param key from the form, 16–100 characters
   * @param request what was asked, in any words; another request under the same key is refused
   * @param effect takes effect and says where the person goes next; runs in this transaction
   * @throws ConcurrentChange if the key was used for another request
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public String once(String key, String request, Supplier<String> effect) {
    // What was asked may be long, and somebody's words: the digest is enough to know it again.
    var asked = Sha256.of(request.getBytes(StandardCharsets.UTF_8)).hex();
    var claimed =
        jdbc.sql(
                """
                insert into idempotency (key, request_hash, created_at)
                values (:key, :request, :now)
                on conflict (tenant_id, key) do nothing
                """)
            .param("key", key)
            .param("request", asked)
            .param("now", java.sql.Timestamp.from(clock.instant()))
            .update();
    if (claimed == 0) {
      return earlierAnswer(key, asked);
    }
    var answer = effect.get();
    jdbc.sql("update idempotency set answer = :answer where key = :key")
        .param("answer", answer)
        .param("key", key)
        .update();
    return answer;
  }

  private String earlierAnswer(String key, String request) {
    record Earlier(String requestHash, String answer) {}
    var earlier =
        jdbc.sql("select request_hash, answer from idempotency where key = :key")
            .param("key", key)
            .query(Earlier.class)
            .single();
    if (!earlier.requestHash().equals(request)) {
      throw new ConcurrentChange("form key used for another request");
    }
    return earlier.answer();
  }
}
