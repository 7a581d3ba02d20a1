package jp.musubi.contract;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.staff.OpenWork;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** 引継ぎ. The drafts and running contracts of a clerk; what is concluded has nobody in charge. */
@Component
class ContractsInHand implements OpenWork {
  private final JdbcClient jdbc;
  private final AuditTrail audit;

  ContractsInHand(JdbcClient jdbc, AuditTrail audit) {
    this.jdbc = jdbc;
    this.audit = audit;
  }

  @Override
  @Transactional(readOnly = true)
  public List<Item> of(UUID person) {
    return jdbc.sql(
            """
            select id, number, title, state from contract
             where clerk_id = :person and state in ('DRAFT', 'AWAITING_AGREEMENTS', 'CONCLUDING')
             order by created_at, id
            """)
        .param("person", person)
        .query((row, _) ->
            new Item(
                row.getObject("id", UUID.class),
                row.getString("number"),
                row.getString("title"),
                "contract.stage." + row.getString("state")))
        .list();
  }

  @Override
  @Transactional(readOnly = true)
  public int count(UUID person) {
    return jdbc.sql(
            """
            select count(*) from contract
             where clerk_id = :person and state in ('DRAFT', 'AWAITING_AGREEMENTS', 'CONCLUDING')
            """)
        .param("person", person)
        .query(Integer.class)
        .single();
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public int handOver(
      UUID from, UUID to, @Nullable UUID section, Actor by, @Nullable String clientIp) {
    var taken =
        jdbc.sql(
                """
                update contract set clerk_id = :to
                 where clerk_id = :from
                   and state in ('DRAFT', 'AWAITING_AGREEMENTS', 'CONCLUDING')
                   and (cast(:section as uuid) is null or section_id = :section)
                returning id
                """)
            .param("to", to)
            .param("from", from)
            .param("section", section)
            .query((row, _) -> row.getObject("id", UUID.class))
            .list();
    for (var contract : taken) {
      audit.record(
          by,
          "contract.handed-over",
          contract,
          clientIp,
          Map.of("from", from.toString(), "to", to.toString()));
    }
    return taken.size();
  }
}
