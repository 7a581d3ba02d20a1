package jp.musubi.contract;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.authority.Reach;
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
  private static final String KNOWN =
      """
       from contract c
       where c.clerk_id = :clerk
         and c.state in ('DRAFT', 'SCHEDULED', 'AWAITING_AGREEMENTS', 'CONCLUDING') and\
      """;

  private final JdbcClient jdbc;
  private final ContractReach reached;
  private final AuditTrail audit;

  ContractsInHand(JdbcClient jdbc, ContractReach reached, AuditTrail audit) {
    this.jdbc = jdbc;
    this.reached = reached;
    this.audit = audit;
  }

  @Override
  @Transactional(readOnly = true)
  public List<Item> of(UUID person, Reach reader) {
    return reached
        .within(
            reader,
            jdbc.sql(
                "select c.id, c.number, c.title, c.state"
                    + KNOWN
                    + ContractReach.CONDITION
                    + " order by c.created_at, c.id"))
        .param("clerk", person)
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
  public int count(UUID person, Reach reader) {
    return reached
        .within(reader, jdbc.sql("select count(*)" + KNOWN + ContractReach.CONDITION))
        .param("clerk", person)
        .query(Integer.class)
        .single();
  }

  @Override
  @Transactional(readOnly = true)
  public Map<UUID, Integer> counts() {
    return jdbc
        .sql(
            """
            select clerk_id, count(*) as held from contract
             where state in ('DRAFT', 'SCHEDULED', 'AWAITING_AGREEMENTS', 'CONCLUDING')
             group by clerk_id
            """)
        .query((row, _) -> Map.entry(row.getObject("clerk_id", UUID.class), row.getInt("held")))
        .stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Override
  @Transactional(readOnly = true)
  public int count(UUID person) {
    return jdbc.sql(
            """
            select count(*) from contract
             where clerk_id = :person
               and state in ('DRAFT', 'SCHEDULED', 'AWAITING_AGREEMENTS', 'CONCLUDING')
            """)
        .param("person", person)
        .query(Integer.class)
        .single();
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public List<UUID> handOver(
      UUID from, UUID to, @Nullable UUID section, Actor by, @Nullable String clientIp) {
    var taken =
        jdbc.sql(
                """
                update contract set clerk_id = :to
                 where clerk_id = :from
                   and state in ('DRAFT', 'SCHEDULED', 'AWAITING_AGREEMENTS', 'CONCLUDING')
                   and (cast(:section as uuid) is null or section_id = :section)
                returning id
                """)
            .param("to", to)
            .param("from", from)
            .param("section", section)
            .query((row, _) -> row.getObject("id", UUID.class))
            .list();
    taken.forEach(contract -> record(contract, from, to, by, clientIp));
    return taken;
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public void giveBack(List<UUID> items, UUID from, UUID to, Actor by) {
    for (var contract : items) {
      var back =
          jdbc.sql(
                  """
                  update contract set clerk_id = :to
                   where id = :id and clerk_id = :from
                     and state in ('DRAFT', 'SCHEDULED', 'AWAITING_AGREEMENTS', 'CONCLUDING')
                  """)
              .param("to", to)
              .param("id", contract)
              .param("from", from)
              .update();
      if (back == 1) {
        record(contract, from, to, by, null);
      }
    }
  }

  private void record(UUID contract, UUID from, UUID to, Actor by, @Nullable String clientIp) {
    audit.record(
        by,
        "contract.handed-over",
        contract,
        clientIp,
        Map.of("from", from.toString(), "to", to.toString()));
  }
}
