package jp.musubi.staff.sso;

import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import jp.musubi.seal.Sha256;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** 一度きりの主張. Which assertions the current body has taken, as rows until they end. */
@Component
@Transactional
class AssertionStore {
  private final JdbcClient jdbc;

  AssertionStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Takes an assertion; false if it was taken before. */
  boolean take(String issuer, String assertion, Instant until, Instant now) {
    jdbc.sql("delete from saml_assertion where ends_at < :now")
        .param("now", Timestamp.from(now))
        .update();
    return jdbc.sql(
                """
                insert into saml_assertion (assertion_hash, ends_at) values (:hash, :until)
                on conflict do nothing
                """)
            .param(
                "hash",
                Sha256.of((issuer + "\n" + assertion).getBytes(StandardCharsets.UTF_8)).hex())
            .param("until", Timestamp.from(until))
            .update()
        == 1;
  }
}
