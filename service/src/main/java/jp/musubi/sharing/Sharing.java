package jp.musubi.sharing;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.musubi.contract.ContractId;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Organisations;
import jp.musubi.organisation.Section;
import jp.musubi.organisation.SectionRegister;
import jp.musubi.organisation.SectionTree;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 共有先. Which sections hear how a contract ended: only the body's own, by their mailboxes, so that
 * no word of a contract can be sent to a stranger by a slip of the hand.
 */
@Service
@Transactional
class Sharing {
  /** Most sections of one contract. */
  static final int MOST = 10;

  private final JdbcClient jdbc;
  private final SectionRegister sections;
  private final Organisations organisations;
  private final AuditTrail audit;
  private final Clock clock;

  Sharing(
      JdbcClient jdbc,
      SectionRegister sections,
      Organisations organisations,
      AuditTrail audit,
      Clock clock) {
    this.jdbc = jdbc;
    this.sections = sections;
    this.organisations = organisations;
    this.audit = audit;
    this.clock = clock;
  }

  /** The sections that are open today and have a mailbox, as the tree has them. */
  @Transactional(readOnly = true)
  public List<Section> choices() {
    return below(sections.tree(organisations.today()), null)
        .flatMap(id -> organisations.section(id).stream())
        .filter(section -> section.mail() != null)
        .toList();
  }

  private static Stream<UUID> below(SectionTree tree, @Nullable UUID parent) {
    return tree.below(parent).stream()
        .flatMap(term -> Stream.concat(Stream.of(term.section()), below(tree, term.section())));
  }

  /** Those of a contract, as they are called and written to today. */
  @Transactional(readOnly = true)
  public List<Section> of(ContractId contract) {
    return jdbc
        .sql(
            """
            select section_id from contract_sharing where contract_id = :contract
             order by added_at, section_id
            """)
        .param("contract", contract.value())
        .query((row, _) -> row.getObject("section_id", UUID.class))
        .list()
        .stream()
        .flatMap(id -> organisations.section(id).stream())
        .toList();
  }

  /**
   * From now on these hear of the contract.
   *
   * @param chosen of {@link #choices}, at most {@link #MOST}
   */
  public void change(ContractId contract, Set<UUID> chosen, Actor by, String clientIp) {
    var before = of(contract).stream().map(Section::id).collect(Collectors.toSet());
    if (before.equals(chosen)) {
      return;
    }
    var gone = new HashSet<>(before);
    gone.removeAll(chosen);
    gone.forEach(section ->
        jdbc.sql(
                "delete from contract_sharing where contract_id = :contract and section_id = :section")
            .param("contract", contract.value())
            .param("section", section)
            .update());
    var come = new ArrayList<>(chosen);
    come.removeAll(before);
    for (var section : come) {
      jdbc.sql(
              """
              insert into contract_sharing (contract_id, section_id, added_at)
              values (:contract, :section, :now)
              on conflict (tenant_id, contract_id, section_id) do nothing
              """)
          .param("contract", contract.value())
          .param("section", section)
          .param("now", Timestamp.from(clock.instant()))
          .update();
    }
    audit.record(
        by,
        "contract.sharing-changed",
        contract.value(),
        clientIp,
        Map.of(
            "sections", of(contract).stream().map(Section::name).collect(Collectors.joining("、"))));
  }
}
