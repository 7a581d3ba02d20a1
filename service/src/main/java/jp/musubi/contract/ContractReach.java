package jp.musubi.contract;

import java.sql.Timestamp;
import java.time.Clock;
import jp.musubi.authority.Reach;
import jp.musubi.organisation.Organisations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * 一覧に及ぶ範囲. The condition on contract {@code c} under which somebody may know of it: the same for
 * every list, count and export, and as {@link ContractTargets} says of one.
 */
@Component
public class ContractReach {
  /** To be joined to other conditions by {@code and}. */
  public static final String CONDITION =
      """
       (((:everywhere
          or c.section_id in (select * from sections_covered(cast(:roots as uuid[]), :today))
          or (:opened
              and c.id in (select * from contracts_opened(cast(:roots as uuid[]), :today))))
         and c.id not in (select * from contracts_kept_from(:person)))
        or (:named and exists (
              select from party o where o.tenant_id = c.tenant_id and o.contract_id = c.id
                 and o.kind = 'OFFICE' and o.staff_id = :person))
        or (:named and c.id in (select * from contracts_approved_by(:person, :today)))
        or (:drawn and c.id in (select * from drawn_for(:person, cast(:now as timestamptz)))))
      """;

  /**
   * The ids of contracts that may be within a reach without lying in its sections, as SQL; all that
   * are lie here or there. Whether they are is for {@link #CONDITION} to say.
   */
  public static final String ELSEWHERE =
      """
       select * from contracts_opened(cast(:roots as uuid[]), :today) where :opened
       union all
       select o.contract_id from party o
        where :named and o.kind = 'OFFICE' and o.staff_id = :person
       union all
       select * from contracts_approved_by(:person, :today) where :named
       union all
       select * from drawn_for(:person, cast(:now as timestamptz)) where :drawn
      """;

  private final Organisations organisations;
  private final Clock clock;

  ContractReach(Organisations organisations, Clock clock) {
    this.organisations = organisations;
    this.clock = clock;
  }

  /** The statement, which has {@link #CONDITION} in it, bound to how far somebody's act reaches. */
  public JdbcClient.StatementSpec within(Reach reach, JdbcClient.StatementSpec statement) {
    return statement
        .param("everywhere", reach.everywhere())
        .param("roots", reach.rootArray())
        .param("today", organisations.today())
        .param("named", reach.named())
        .param("drawn", reach.drawn())
        .param("opened", reach.opened())
        .param("now", Timestamp.from(clock.instant()))
        .param("person", reach.person());
  }
}
