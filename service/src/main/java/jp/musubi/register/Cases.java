package jp.musubi.register;

import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.authority.Reach;
import jp.musubi.contract.ContractReach;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** 案件: which contracts of a page of the register belong together with others. */
@Repository
class Cases {
  private final JdbcClient jdbc;
  private final ContractReach reached;

  Cases(JdbcClient jdbc, ContractReach reached) {
    this.jdbc = jdbc;
    this.reached = reached;
  }

  /**
   * Those that are linked with paper, or with another contract that the reader may know of: a link
   * to one that is kept from them must not show.
   */
  @Transactional(readOnly = true)
  public Set<UUID> among(Reach reach, Collection<UUID> contracts) {
    return reached
        .within(
            reach,
            jdbc.sql(
                """
                select g.contract_id from contract_origin g
                 where g.contract_id = any(cast(:ids as uuid[])) and g.original_id is null
                union
                select g.contract_id from contract_origin g
                  join contract c on c.tenant_id = g.tenant_id and c.id = g.original_id
                 where g.contract_id = any(cast(:ids as uuid[])) and\
                """
                    + ContractReach.CONDITION
                    + """
                    union
                    select g.original_id from contract_origin g
                      join contract c on c.tenant_id = g.tenant_id and c.id = g.contract_id
                     where g.original_id = any(cast(:ids as uuid[])) and\
                    """
                    + ContractReach.CONDITION))
        .param("ids", contracts.toArray(UUID[]::new))
        .query(UUID.class)
        .list()
        .stream()
        .collect(Collectors.toUnmodifiableSet());
  }
}
