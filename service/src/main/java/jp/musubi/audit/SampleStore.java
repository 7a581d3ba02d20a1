package jp.musubi.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The samples of the current body, as rows. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class SampleStore {
  private static final String SELECT =
      """
      select s.*, a.name as auditor_name, o.name as opener_name, e.name as ender_name,
             (select count(*) from audit_sample_contract c
               where c.tenant_id = s.tenant_id and c.sample_id = s.id) as contracts
        from audit_sample s
        join staff a on a.tenant_id = s.tenant_id and a.id = s.auditor_id
        left join staff o on o.tenant_id = s.tenant_id and o.id = s.opened_by
        left join staff e on e.tenant_id = s.tenant_id and e.id = s.ended_by
      """;

  private final JdbcClient jdbc;

  SampleStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What is drawn, before it has a row. */
  record New(
      UUID id,
      UUID auditor,
      String purpose,
      String conditions,
      int candidates,
      @Nullable String seed,
      List<UUID> contracts) {

    /** Keeps its own copy. */
    New {
      contracts = List.copyOf(contracts);
    }
  }

  /** Whether it was written: a second time under the same id it is not. */
  boolean insert(New drawn, Instant now) {
    var written =
        jdbc.sql(
                """
                insert into audit_sample (id, auditor_id, purpose, method, conditions, candidates,
                                          seed, drawn_at)
                values (:id, :auditor, :purpose, :method, :conditions, :candidates,
                        cast(:seed as text), :now)
                on conflict (tenant_id, id) do nothing
                """)
            .param("id", drawn.id())
            .param("auditor", drawn.auditor())
            .param("purpose", drawn.purpose())
            .param("method", drawn.seed() == null ? "PICKED" : "LOT")
            .param("conditions", drawn.conditions())
            .param("candidates", drawn.candidates())
            .param("seed", drawn.seed())
            .param("now", Timestamp.from(now))
            .update();
    if (written == 1) {
      jdbc.sql(
              """
              insert into audit_sample_contract (sample_id, contract_id)
              select :id, unnest(cast(:contracts as uuid[]))
              """)
          .param("id", drawn.id())
          .param("contracts", drawn.contracts().toArray(UUID[]::new))
          .update();
    }
    return written == 1;
  }

  /**
   * Newest first; one auditor's, or everybody's, of these none in which something is kept from the
   * reader (親展).
   */
  List<Sample> all(@Nullable UUID auditor, UUID reader, int most) {
    return jdbc.sql(
            SELECT
                + """
                 where s.auditor_id = :auditor
                    or (cast(:auditor as uuid) is null and not exists (
                          select from audit_sample_contract x
                           where x.tenant_id = s.tenant_id and x.sample_id = s.id
                             and x.contract_id in (select * from contracts_kept_from(:reader))))
                 order by s.drawn_at desc limit :most
                """)
        .param("auditor", auditor)
        .param("reader", reader)
        .param("most", most)
        .query((row, _) -> sample(row))
        .list();
  }

  /** Whether something in it is kept from somebody (親展). */
  boolean keeps(UUID id, UUID reader) {
    return jdbc.sql(
            """
            select exists (select from audit_sample_contract
                            where sample_id = :id
                              and contract_id in (select * from contracts_kept_from(:reader)))
            """)
        .param("id", id)
        .param("reader", reader)
        .query(Boolean.class)
        .single();
  }

  Optional<Sample> find(UUID id) {
    return jdbc.sql(SELECT + " where s.id = :id")
        .param("id", id)
        .query((row, _) -> sample(row))
        .optional();
  }

  /** The same, and nobody else decides about it until this transaction is done. */
  Optional<Sample> lock(UUID id) {
    return jdbc.sql(SELECT + " where s.id = :id for update of s")
        .param("id", id)
        .query((row, _) -> sample(row))
        .optional();
  }

  void open(UUID id, UUID by, Instant from, Instant until, Instant now) {
    jdbc.sql(
            """
            update audit_sample
               set opened_at = :now, opened_by = :by, open_from = :from, open_until = :until
             where id = :id
            """)
        .param("now", Timestamp.from(now))
        .param("by", by)
        .param("from", Timestamp.from(from))
        .param("until", Timestamp.from(until))
        .param("id", id)
        .update();
  }

  void end(UUID id, UUID by, Instant now) {
    jdbc.sql("update audit_sample set ended_at = :now, ended_by = :by where id = :id")
        .param("now", Timestamp.from(now))
        .param("by", by)
        .param("id", id)
        .update();
  }

  private static Sample sample(ResultSet row) throws SQLException {
    return new Sample(
        row.getObject("id", UUID.class),
        row.getObject("auditor_id", UUID.class),
        row.getString("auditor_name"),
        row.getString("purpose"),
        row.getString("conditions"),
        row.getInt("candidates"),
        row.getString("seed"),
        row.getInt("contracts"),
        row.getTimestamp("drawn_at").toInstant(),
        row.getTimestamp("opened_at") == null
            ? null
            : new Sample.Opening(
                row.getString("opener_name"),
                row.getTimestamp("opened_at").toInstant(),
                row.getTimestamp("open_from").toInstant(),
                row.getTimestamp("open_until").toInstant()),
        row.getTimestamp("ended_at") == null
            ? null
            : new Sample.Ending(
                row.getString("ender_name"), row.getTimestamp("ended_at").toInstant()));
  }
}
