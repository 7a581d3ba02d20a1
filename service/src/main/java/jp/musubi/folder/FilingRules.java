package jp.musubi.folder;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Reach;
import jp.musubi.contract.ContractEvent;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.ContractKind;
import jp.musubi.contract.ContractReach;
import jp.musubi.contract.RegisteredElsewhere;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.NotFound;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The current body's 振り分けの規則: kept, applied when a contract is concluded, tried beforehand. */
@Service
@Transactional
class FilingRules {
  /** Most of one body. */
  static final int MOST = 100;

  /** Among how many of the newest contracts without a folder a rule is tried. */
  static final int TRIED = 2_000;

  /** Most that a trial lists. */
  static final int SHOWN = 20;

  /** Whether rule {@code r} with its folder {@code f} takes contract {@code c}. */
  private static final String FITS =
      """
       (r.kind is null or r.kind = c.kind)
       and (r.section_id is null
            or c.section_id in (select * from sections_covered(array[r.section_id], :today)))
       and strpos(fold(c.title), fold(r.title_has)) > 0
       and (r.party_has = '' or exists (
              select from party o where o.tenant_id = c.tenant_id and o.contract_id = c.id
                 and o.kind = 'COUNTERPARTY'
                 and strpos(fold(o.organisation), fold(r.party_has)) > 0))
       and f.section_id in (select p.id from section_path(c.section_id, :today) p)
      """;

  private final JdbcClient jdbc;
  private final ContractReach reached;
  private final Folders folders;
  private final Organisations organisations;
  private final AuditTrail audit;
  private final Clock clock;

  FilingRules(
      JdbcClient jdbc,
      ContractReach reached,
      Folders folders,
      Organisations organisations,
      AuditTrail audit,
      Clock clock) {
    this.jdbc = jdbc;
    this.reached = reached;
    this.folders = folders;
    this.organisations = organisations;
    this.audit = audit;
    this.clock = clock;
  }

  /** What a rule would have filed. */
  record Trial(int found, int among, List<Line> lines) {}

  /** A contract. */
  record Line(UUID id, String number, String title) {}

  /** All, in the order in which they are asked. */
  @Transactional(readOnly = true)
  public List<FilingRule> all() {
    return jdbc.sql(
            "select id, folder_id, kind, section_id, title_has, party_has from filing_rule"
                + " order by place")
        .query((row, _) -> rule(row))
        .list();
  }

  /** One of them. */
  @Transactional(readOnly = true)
  public FilingRule get(UUID id) {
    return all().stream()
        .filter(rule -> rule.id().equals(Optional.of(id)))
        .findFirst()
        .orElseThrow(() -> new NotFound("filing rule " + id));
  }

  /** Adds it behind the others; whether there was room. */
  public boolean add(FilingRule rule, Actor by, String clientIp) {
    folders.lock();
    if (all().size() >= MOST) {
      return false;
    }
    bound(
            rule,
            """
            insert into filing_rule (id, place, folder_id, kind, section_id, title_has, party_has,
                                     changed_at)
            select gen_random_uuid(), coalesce(max(place), 0) + 1, :folder, :kind,
                   cast(:section as uuid), :title, :party, :now
              from filing_rule
            """)
        .param("now", Timestamp.from(clock.instant()))
        .update();
    audit.record(by, "folder.rule-added", null, clientIp, told(rule));
    return true;
  }

  /** Changes it where it stands. */
  public void change(UUID id, FilingRule rule, Actor by, String clientIp) {
    folders.lock();
    get(id);
    bound(
            rule,
            """
            update filing_rule
               set folder_id = :folder, kind = :kind, section_id = cast(:section as uuid),
                   title_has = :title, party_has = :party, changed_at = :now
             where id = :id
            """)
        .param("now", Timestamp.from(clock.instant()))
        .param("id", id)
        .update();
    audit.record(by, "folder.rule-changed", null, clientIp, told(rule));
  }

  /** Takes it away; what it filed stays where it is. */
  public void remove(UUID id, Actor by, String clientIp) {
    folders.lock();
    var rule = get(id);
    jdbc.sql("delete from filing_rule where id = :id").param("id", id).update();
    audit.record(by, "folder.rule-removed", null, clientIp, told(rule));
  }

  /** Has it asked before the one that stands before it. */
  public void raise(UUID id, Actor by, String clientIp) {
    folders.lock();
    var order = all().stream().map(rule -> rule.id().orElseThrow()).toList();
    var at = order.indexOf(get(id).id().orElseThrow());
    if (at == 0) {
      return;
    }
    jdbc.sql(
            """
            update filing_rule r set place = o.place
              from filing_rule o
             where (r.id = :id and o.id = :before) or (r.id = :before and o.id = :id)
            """)
        .param("id", id)
        .param("before", order.get(at - 1))
        .update();
    audit.record(by, "folder.rule-raised", null, clientIp, told(get(id)));
  }

  /**
   * Which of the contracts without a folder, within reach, a rule would take if it stood where it
   * stands, or behind the others if it is new.
   */
  @Transactional(readOnly = true)
  public Trial tried(FilingRule rule, Reach reach) {
    var lines =
        reached
            .within(
                reach,
                bound(
                    rule,
                    """
                    with rule as (
                      select id, place, folder_id, kind, section_id, title_has, party_has
                        from filing_rule where id <> :id
                      union all
                      select cast(:id as uuid),
                             coalesce((select place from filing_rule where id = :id), 2147483647),
                             cast(:folder as uuid), cast(:kind as text), cast(:section as uuid),
                             cast(:title as text), cast(:party as text)),
                    unfiled as (
                      select c.tenant_id, c.id, c.number, c.title, c.kind, c.section_id, c.created_at
                        from contract c
                       where c.state in ('CONCLUDED', 'ELSEWHERE', 'ON_PAPER')
                         and not exists (select from folder_contract l
                                          where l.tenant_id = c.tenant_id and l.contract_id = c.id)
                         and\
                    """
                        + ContractReach.CONDITION
                        + """
                           order by c.created_at desc, c.id desc limit :tried)
                        select c.id, c.number, c.title from unfiled c
                         where :id = (select r.id from rule r
                                       join folder f on f.tenant_id = c.tenant_id and f.id = r.folder_id
                                       where\
                        """
                        + FITS
                        + " order by r.place limit 1) order by c.created_at desc, c.id desc"))
            .param("id", rule.id().orElseGet(() -> new UUID(0, 0)))
            .param("tried", TRIED)
            .query((row, _) ->
                new Line(
                    row.getObject("id", UUID.class),
                    Objects.requireNonNull(row.getString("number")),
                    Objects.requireNonNull(row.getString("title"))))
            .list();
    return new Trial(lines.size(), TRIED, lines.stream().limit(SHOWN).toList());
  }

  @EventListener
  void on(ContractEvent event) {
    if (event instanceof ContractEvent.Concluded || event instanceof ContractEvent.MovedToPaper) {
      file(event.contract());
    }
  }

  @EventListener
  void on(RegisteredElsewhere event) {
    file(event.contract());
  }

  /**
   * Files a contract that lies in no folder yet, in the transaction that concluded it. A folder
   * that somebody is taking away at this moment is passed over: nothing here may keep a conclusion
   * back.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void file(ContractId contract) {
    jdbc.sql(
            """
            insert into folder_contract (contract_id, folder_id, filed_at)
            select c.id, x.folder_id, :now
              from contract c
             cross join lateral (
               select r.folder_id from filing_rule r
                 join folder f on f.tenant_id = r.tenant_id and f.id = r.folder_id
                where\
            """
                + FITS
                + """
                   order by r.place limit 1 for key share of f skip locked) x
                 where c.id = :contract
                on conflict (tenant_id, contract_id) do nothing
                returning folder_id
                """)
        .param("now", Timestamp.from(clock.instant()))
        .param("today", organisations.today())
        .param("contract", contract.value())
        .query(UUID.class)
        .optional()
        .ifPresent(folder ->
            audit.record(
                new Actor(Actor.Kind.SERVICE, "filing-rules", "振り分けの規則"),
                "contract.filed",
                contract.value(),
                null,
                Map.of("from", "", "to", folders.all().fullName(folder))));
  }

  private JdbcClient.StatementSpec bound(FilingRule rule, String sql) {
    return jdbc.sql(sql)
        .param("folder", rule.folder())
        .param("kind", rule.kind().map(Enum::name).orElse(null), Types.VARCHAR)
        .param("section", rule.section().orElse(null), Types.OTHER)
        .param("title", rule.titleHas())
        .param("party", rule.partyHas());
  }

  private Map<String, String> told(FilingRule rule) {
    var told = new HashMap<String, String>();
    told.put("folder", folders.all().fullName(rule.folder()));
    rule.kind().ifPresent(kind -> told.put("kind", kind.name()));
    rule.section()
        .flatMap(organisations::section)
        .ifPresent(section -> told.put("section", section.name()));
    told.put("title", rule.titleHas());
    told.put("counterparty", rule.partyHas());
    return told;
  }

  private static FilingRule rule(ResultSet row) throws SQLException {
    return new FilingRule(
        Optional.of(row.getObject("id", UUID.class)),
        row.getObject("folder_id", UUID.class),
        Optional.ofNullable(row.getString("kind")).map(ContractKind::valueOf),
        Optional.ofNullable(row.getObject("section_id", UUID.class)),
        Objects.requireNonNull(row.getString("title_has")),
        Objects.requireNonNull(row.getString("party_has")));
  }
}
