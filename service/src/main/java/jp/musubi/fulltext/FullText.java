package jp.musubi.fulltext;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import jp.musubi.authority.Reach;
import jp.musubi.contract.ContractReach;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 本文の検索 of the current body: whether it is wanted, how far it is, and where words stand. */
@Service
@Transactional(readOnly = true)
public class FullText {
  private final JdbcClient jdbc;
  private final ContractReach reached;
  private final AuditTrail audit;
  private final Clock clock;

  FullText(JdbcClient jdbc, ContractReach reached, AuditTrail audit, Clock clock) {
    this.jdbc = jdbc;
    this.reached = reached;
    this.audit = audit;
    this.clock = clock;
  }

  /** Whether the body wants its contracts found by what they say; it does not until it says so. */
  public boolean enabled() {
    return jdbc.sql("select enabled from fulltext_rules")
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  /**
   * Switches it on or off. Off, all text is gone when this returns; on, a job reads what there is.
   */
  @Transactional
  public void change(boolean wanted, Actor by, @Nullable String clientIp) {
    var before = enabled();
    jdbc.sql(
            """
            insert into fulltext_rules (enabled, changed_at) values (:wanted, :now)
            on conflict (tenant_id) do update
               set enabled = excluded.enabled, changed_at = excluded.changed_at
            """)
        .param("wanted", wanted)
        .param("now", Timestamp.from(clock.instant()))
        .update();
    var erased = wanted ? 0 : jdbc.sql("delete from contract_text").update();
    audit.record(
        by,
        "settings.fulltext-changed",
        null,
        clientIp,
        Map.of("enabled", before + " → " + wanted, "erased", String.valueOf(erased)));
  }

  /**
   * How far the reading is, of what whoever reads may know of.
   *
   * @param contracts concluded ones with a file
   * @param read of these, those that were looked at
   * @param part of these, those that were read only as far as the limits allow
   * @param none of these, scans without letters
   * @param unreadable of these, those that could not be read
   */
  record Progress(int contracts, int read, int part, int none, int unreadable) {}

  Progress progress(Reach reader) {
    return reached
        .within(
            reader,
            jdbc.sql(
                """
                select count(*) as contracts, count(t.contract_id) as read,
                       count(*) filter (where t.outcome = 'PART') as part,
                       count(*) filter (where t.outcome = 'NONE') as none,
                       count(*) filter (where t.outcome = 'UNREADABLE') as unreadable
                  from contract c
                  left join contract_text t on t.tenant_id = c.tenant_id and t.contract_id = c.id
                 where c.state in ('CONCLUDED', 'ELSEWHERE') and\
                """
                    + ContractReach.CONDITION))
        .query((row, _) ->
            new Progress(
                row.getInt("contracts"),
                row.getInt("read"),
                row.getInt("part"),
                row.getInt("none"),
                row.getInt("unreadable")))
        .single();
  }

  /**
   * Where the first of the words stands in the text of contracts that the caller has found already,
   * by its own rights; contracts without it are missing. What was written, and nobody's markup.
   *
   * @param words as they were typed
   */
  public Map<UUID, String> excerpts(Collection<UUID> contracts, List<String> words) {
    var found = new HashMap<UUID, String>();
    if (contracts.isEmpty() || words.isEmpty()) {
      return found;
    }
    // A word may stand across the end of a line: two lines are looked at, one is preferred.
    jdbc.sql(
            """
            select distinct on (h.contract_id) h.contract_id, h.word,
                   case when strpos(fold(h.line), fold(h.word)) > 0 then h.line
                        else h.line || h.next end as said
              from (select t.contract_id, w.word, w.place, l.line, l.at,
                           coalesce(lead(l.line) over (partition by t.contract_id, w.place
                                                       order by l.at), '') as next
                      from contract_text t
                      cross join unnest(cast(:words as text[])) with ordinality w (word, place)
                      cross join lateral regexp_split_to_table(t.text, E'\\n')
                                 with ordinality l (line, at)
                     where t.contract_id = any(cast(:contracts as uuid[]))
                       and strpos(t.folded, fold(w.word)) > 0) h
             where strpos(fold(h.line || h.next), fold(h.word)) > 0
             order by h.contract_id, h.place, strpos(fold(h.line), fold(h.word)) = 0, h.at
            """)
        .param("words", words.toArray(String[]::new))
        .param("contracts", contracts.toArray(UUID[]::new))
        .query(row -> {
          found.put(
              Objects.requireNonNull(row.getObject("contract_id", UUID.class)),
              Excerpt.of(row.getString("said"), row.getString("word")));
        });
    return found;
  }
}
