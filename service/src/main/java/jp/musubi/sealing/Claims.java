package jp.musubi.sealing;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;
import jp.musubi.seal.Sha256;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Who may finish an agreement's seal, and every announced use of the key. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class Claims {
  private final JdbcClient jdbc;

  Claims(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Takes the agreement over from whoever had it; the epoch fences them off. */
  int take(UUID agreement, Instant now) {
    return jdbc.sql(
            """
            insert into seal_claim (agreement_id, epoch, claimed_at) values (:agreement, 1, :now)
            on conflict (tenant_id, agreement_id)
              do update set epoch = seal_claim.epoch + 1, claimed_at = excluded.claimed_at
            returning epoch
            """)
        .param("agreement", agreement)
        .param("now", Timestamp.from(now))
        .query(Integer.class)
        .single();
  }

  /** Whether the claim is still ours; nobody can take it until the transaction ends. */
  boolean holds(UUID agreement, int epoch) {
    return jdbc.sql("select epoch from seal_claim where agreement_id = :agreement for update")
            .param("agreement", agreement)
            .query(Integer.class)
            .single()
        == epoch;
  }

  /** Announces that the key will be used (I10). */
  void announce(UUID agreement, int epoch, Sha256 source, String certificateSerial, Instant now) {
    jdbc.sql(
            """
            insert into seal_attempt (agreement_id, epoch, source_sha256, certificate_serial,
                                      started_at)
            values (:agreement, :epoch, :source, :serial, :now)
            """)
        .param("agreement", agreement)
        .param("epoch", epoch)
        .param("source", source.hex())
        .param("serial", certificateSerial)
        .param("now", Timestamp.from(now))
        .update();
  }
}
