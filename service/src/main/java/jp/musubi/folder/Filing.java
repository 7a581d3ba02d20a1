package jp.musubi.folder;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Reach;
import jp.musubi.contract.ContractReach;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.NotFound;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 契約をフォルダに入れる, and how many lie where. */
@Service
@Transactional
class Filing {
  private final JdbcClient jdbc;
  private final Folders folders;
  private final ContractReach reached;
  private final Organisations organisations;
  private final AuditTrail audit;
  private final Clock clock;

  Filing(
      JdbcClient jdbc,
      Folders folders,
      ContractReach reached,
      Organisations organisations,
      AuditTrail audit,
      Clock clock) {
    this.jdbc = jdbc;
    this.folders = folders;
    this.reached = reached;
    this.organisations = organisations;
    this.audit = audit;
    this.clock = clock;
  }

  /** What became of contracts that were to be moved: all of them, or none. */
  sealed interface Outcome {
    /** Those that lay elsewhere lie there now. */
    record Done(int moved) implements Outcome {}

    /** All lie where they lay. */
    record Refused(FolderRefusal reason) implements Outcome {}
  }

  /**
   * How many contracts within reach lie directly in each folder; what lies in none is below null.
   */
  @Transactional(readOnly = true)
  public Map<Optional<UUID>, Integer> counts(Reach reach) {
    var counts = new HashMap<Optional<UUID>, Integer>();
    reached
        .within(
            reach,
            jdbc.sql(
                """
                select f.folder_id, count(*) as held
                  from contract c
                  left join folder_contract f
                    on f.tenant_id = c.tenant_id and f.contract_id = c.id
                 where\
                """
                    + ContractReach.CONDITION
                    + " group by f.folder_id"))
        .query(row -> {
          counts.put(
              Optional.ofNullable(row.getObject("folder_id", UUID.class)), row.getInt("held"));
        });
    return counts;
  }

  /** Where a contract lies. */
  @Transactional(readOnly = true)
  public Optional<UUID> of(UUID contract) {
    return jdbc.sql("select folder_id from folder_contract where contract_id = :contract")
        .param("contract", contract)
        .query(UUID.class)
        .optional();
  }

  /**
   * Puts contracts that somebody handles into a folder that they see, or into none.
   *
   * @throws NotFound if one of them is none of these
   */
  public Outcome file(Set<UUID> contracts, @Nullable UUID folder, StaffMember by, String clientIp) {
    folders.lock();
    var place =
        folder == null
            ? Optional.<Folder>empty()
            : Optional.of(folders.get(folder, by, Standing::seen).folder());
    var lying = lying(contracts, place, by);
    if (lying.size() != contracts.size()) {
      throw new NotFound("contracts " + contracts + " for staff " + by.id());
    }
    if (lying.stream().anyMatch(each -> !each.fits())) {
      return new Outcome.Refused(FolderRefusal.OTHER_SECTION);
    }
    var names = folders.all();
    var moved = 0;
    for (var each : lying) {
      if (each.folder().equals(place.map(Folder::id))) {
        continue;
      }
      if (folder == null) {
        jdbc.sql("delete from folder_contract where contract_id = :contract")
            .param("contract", each.contract())
            .update();
      } else {
        put(each.contract(), folder);
      }
      moved++;
      audit.record(
          by.actor(),
          "contract.filed",
          each.contract(),
          clientIp,
          Map.of(
              "from", each.folder().map(names::fullName).orElse(""),
              "to", place.map(to -> names.fullName(to.id())).orElse("")));
    }
    return new Outcome.Done(moved);
  }

  private void put(UUID contract, UUID folder) {
    jdbc.sql(
            """
            insert into folder_contract (contract_id, folder_id, filed_at)
            values (:contract, :folder, :now)
            on conflict (tenant_id, contract_id)
               do update set folder_id = excluded.folder_id, filed_at = excluded.filed_at
            """)
        .param("contract", contract)
        .param("folder", folder)
        .param("now", Timestamp.from(clock.instant()))
        .update();
  }

  /** A contract, where it lies, and whether it may lie in the place. */
  private record Lying(UUID contract, Optional<UUID> folder, boolean fits) {}

  private Set<Lying> lying(Set<UUID> contracts, Optional<Folder> place, StaffMember by) {
    return new HashSet<>(
        reached
            .within(
                Authorisation.reach(by, Act.HANDLE_CONTRACT),
                jdbc.sql(
                    """
                    select c.id, f.folder_id,
                           cast(:section as uuid) is null
                             or cast(:section as uuid) in (
                                  select p.id from section_path(c.section_id, :day) p) as fits
                      from contract c
                      left join folder_contract f
                        on f.tenant_id = c.tenant_id and f.contract_id = c.id
                     where c.id = any(cast(:contracts as uuid[])) and\
                    """
                        + ContractReach.CONDITION))
            .param("section", place.map(Folder::section).orElse(null))
            .param("day", organisations.today())
            .param("contracts", contracts.toArray(UUID[]::new))
            .query((row, _) ->
                new Lying(
                    row.getObject("id", UUID.class),
                    Optional.ofNullable(row.getObject("folder_id", UUID.class)),
                    row.getBoolean("fits")))
            .list());
  }
}
