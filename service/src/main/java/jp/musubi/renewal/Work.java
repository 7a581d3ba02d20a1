package jp.musubi.renewal;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import jp.musubi.contract.ContractId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Who renews a contract at this moment, who asked for it, and what keeps it waiting. */
@Repository("renewalWork")
@Transactional(propagation = Propagation.MANDATORY)
class Work {
  private final JdbcClient jdbc;

  Work(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A contract taken over from whoever had it; the epoch fences them off. */
  record Taken(int epoch, Optional<String> asked) {}

  Taken take(ContractId contract, Instant now) {
    return jdbc.sql(
            """
            insert into protection_work (contract_id, epoch, next_at) values (:contract, 1, :now)
            on conflict (tenant_id, contract_id) do update set epoch = protection_work.epoch + 1
            returning epoch, asked_name
            """)
        .param("contract", contract.value())
        .param("now", Timestamp.from(now))
        .query((row, _) ->
            new Taken(row.getInt("epoch"), Optional.ofNullable(row.getString("asked_name"))))
        .single();
  }

  /** Whether it is still ours; nobody can take it until the transaction ends. */
  boolean holds(ContractId contract, int epoch) {
    return jdbc.sql("select epoch from protection_work where contract_id = :contract for update")
            .param("contract", contract.value())
            .query(Integer.class)
            .single()
        == epoch;
  }

  /** Somebody wants it now; whoever asked first stays named. */
  void ask(ContractId contract, String name, Instant now) {
    jdbc.sql(
            """
            insert into protection_work (contract_id, epoch, asked_name, asked_at, next_at)
            values (:contract, 0, :name, :now, :now)
            on conflict (tenant_id, contract_id) do update
              set asked_name = coalesce(protection_work.asked_name, excluded.asked_name),
                  asked_at = coalesce(protection_work.asked_at, excluded.asked_at),
                  next_at = excluded.next_at
            """)
        .param("contract", contract.value())
        .param("name", name)
        .param("now", Timestamp.from(now))
        .update();
  }

  /** It is done, or nothing is to be done. */
  void settled(ContractId contract) {
    jdbc.sql(
            """
            update protection_work
               set asked_name = null, asked_at = null, trouble = null, trouble_since = null
             where contract_id = :contract
            """)
        .param("contract", contract.value())
        .update();
  }

  /** It waits; the first time it did is kept. */
  void waits(ContractId contract, String trouble, Instant now, Instant next) {
    jdbc.sql(
            """
            insert into protection_work (contract_id, epoch, trouble, trouble_since, next_at)
            values (:contract, 0, :trouble, :now, :next)
            on conflict (tenant_id, contract_id) do update
              set trouble = excluded.trouble,
                  trouble_since = coalesce(protection_work.trouble_since, excluded.trouble_since),
                  next_at = excluded.next_at
            """)
        .param("contract", contract.value())
        .param("trouble", trouble)
        .param("now", Timestamp.from(now))
        .param("next", Timestamp.from(next))
        .update();
  }
}
