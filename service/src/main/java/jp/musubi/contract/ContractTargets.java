package jp.musubi.contract;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Target;
import jp.musubi.authority.TargetSource;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.NotFound;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Where a contract lies: its section with all above, the office holder it names and the approvers
 * it waits for or had, the auditors to whom it is open at this moment, and what its folder opens or
 * keeps from others.
 */
@Component
class ContractTargets implements TargetSource {
  private final JdbcClient jdbc;
  private final Organisations organisations;
  private final Clock clock;

  ContractTargets(JdbcClient jdbc, Organisations organisations, Clock clock) {
    this.jdbc = jdbc;
    this.organisations = organisations;
    this.clock = clock;
  }

  @Override
  public Act.Ground ground() {
    return Act.Ground.CONTRACT;
  }

  @Override
  @Transactional(readOnly = true)
  public Target target(UUID id) {
    var section =
        jdbc.sql("select section_id from contract where id = :id")
            .param("id", id)
            .query(UUID.class)
            .optional()
            .orElseThrow(() -> new NotFound("contract " + id));
    Set<UUID> holders =
        new HashSet<>(
            jdbc.sql(
                    """
                    select staff_id from party
                     where contract_id = :id and kind = 'OFFICE' and staff_id is not null
                    """)
                .param("id", id)
                .query((row, _) -> row.getObject("staff_id", UUID.class))
                .list());
    holders.addAll(
        jdbc.sql("select * from approvers_of(:id, :today)")
            .param("id", id)
            .param("today", organisations.today())
            .query(UUID.class)
            .list());
    Set<UUID> auditors =
        new HashSet<>(
            jdbc.sql("select * from auditors_of(:id, cast(:now as timestamptz))")
                .param("id", id)
                .param("now", Timestamp.from(clock.instant()))
                .query(UUID.class)
                .list());
    return new Target(
        organisations.pathOf(section), holders, auditors, openedTo(id), readersOf(id));
  }

  /** The sections that its folder, or one above, is opened to, with all above them. */
  private Set<UUID> openedTo(UUID contract) {
    return new HashSet<>(
        jdbc.sql(
                """
                select p.id
                  from folder_contract c
                  cross join lateral folder_path(c.folder_id) f
                  join folder_opening o on o.folder_id = f.id
                  cross join lateral section_path(o.section_id, :today) p
                 where c.contract_id = :id
                """)
            .param("id", contract)
            .param("today", organisations.today())
            .query(UUID.class)
            .list());
  }

  /** Whom each 親展 folder above it names: those whom all of them do. */
  private Optional<Set<UUID>> readersOf(UUID contract) {
    return jdbc
        .sql(
            """
            select array(select r.staff_id from folder_reader r where r.folder_id = v.id) as readers
              from folder_contract c
              cross join lateral folder_path(c.folder_id) f
              join folder v on v.id = f.id and v.confined
             where c.contract_id = :id
            """)
        .param("id", contract)
        .query((row, _) -> Set.of((UUID[]) row.getArray("readers").getArray()))
        .stream()
        .reduce((some, others) -> {
          var both = new HashSet<>(some);
          both.retainAll(others);
          return both;
        });
  }
}
