package jp.musubi.contract;

import java.sql.Timestamp;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps how 送信予約 were made: what the sender agreed to becomes their agreement at the moment. */
@Repository
class ScheduledSendings {
  private final JdbcClient jdbc;

  ScheduledSendings(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insert(ContractId contract, Instant now, Instant releaseAt, Agreement.Manner manner) {
    jdbc.sql(
            """
            insert into scheduled_sending (contract_id, scheduled_at, release_at, authentication,
                                           level, consent_text, client_ip, user_agent)
            values (:contract, :now, :releaseAt, :authentication, :level, :consentText, :clientIp,
                    :userAgent)
            """)
        .param("contract", contract.value())
        .param("now", Timestamp.from(now))
        .param("releaseAt", Timestamp.from(releaseAt))
        .param("authentication", manner.authentication())
        .param("level", manner.level())
        .param("consentText", manner.consentText())
        .param("clientIp", manner.clientIp())
        .param("userAgent", manner.userAgent())
        .update();
  }

  /** How the contract was scheduled last. */
  Agreement.Manner manner(ContractId contract) {
    return jdbc.sql(
            """
            select authentication, level, consent_text, client_ip, user_agent
              from scheduled_sending where contract_id = :contract
             order by scheduled_at desc limit 1
            """)
        .param("contract", contract.value())
        .query((row, _) ->
            new Agreement.Manner(
                row.getString("authentication"),
                row.getString("level"),
                row.getString("consent_text"),
                row.getString("client_ip"),
                row.getString("user_agent")))
        .single();
  }
}
