package jp.musubi.bulk;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Reach;
import jp.musubi.contract.ContractId;
import jp.musubi.platform.web.Text;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lists of the current body with their findings; what became of their lines, {@link RowStore}
 * knows.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class RunStore {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SELECT =
      """
      select id, template_id, section_id, clerk_id, office_id, file_name, deadline, reading_years,
             made_at, state, paused, round, stopped, release_at,
             code_seed is not null as codes_wait, maker_ip
        from bulk_run
      """;

  private final JdbcClient jdbc;
  private final NamedParameterJdbcOperations batch;

  RunStore(JdbcClient jdbc, NamedParameterJdbcOperations batch) {
    this.jdbc = jdbc;
    this.batch = batch;
  }

  void insert(Run run) {
    jdbc.sql(
            """
            insert into bulk_run (id, template_id, section_id, clerk_id, office_id, file_name,
                                  deadline, reading_years, made_at, state, maker_ip)
            values (:id, :template, :section, :clerk, :office, :file,
                    :deadline, :years, :now, :state, :ip)
            """)
        .param("id", run.id())
        .param("template", run.template())
        .param("section", run.section())
        .param("clerk", run.clerk())
        .param("office", run.office())
        .param("file", run.fileName())
        .param("deadline", Timestamp.from(run.deadline()))
        .param("years", run.readingYears())
        .param("now", Timestamp.from(run.madeAt()))
        .param("state", run.state().name())
        .param("ip", run.makerIp())
        .update();
  }

  void insert(UUID run, List<RowFinding> findings) {
    var rows = new ArrayList<SqlParameterSource>();
    for (var finding : findings) {
      rows.add(
          new MapSqlParameterSource()
              .addValue("run", run)
              .addValue("number", rows.size())
              .addValue("line", finding.line())
              .addValue("field", finding.field())
              .addValue("reason", finding.reason().key())
              .addValue("gaps", JSON.writeValueAsString(finding.reason().values()))
              .addValue("value", finding.value()));
    }
    batch.batchUpdate(
        """
        insert into bulk_finding (run_id, number, line, field, reason, gaps, value)
        values (:run, :number, :line, :field, :reason, :gaps, :value)
        """,
        rows.toArray(SqlParameterSource[]::new));
  }

  List<RowFinding> findings(UUID run, int most) {
    return jdbc.sql(
            """
            select line, field, reason, gaps, value from bulk_finding
             where run_id = :run order by line, number limit :most
            """)
        .param("run", run)
        .param("most", most)
        .query((row, _) ->
            new RowFinding(
                row.getInt("line"),
                row.getString("field"),
                new Text(
                    row.getString("reason"),
                    List.of(JSON.readValue(row.getString("gaps"), String[].class))),
                row.getString("value")))
        .list();
  }

  int countFindings(UUID run) {
    return jdbc.sql("select count(*) from bulk_finding where run_id = :run")
        .param("run", run)
        .query(Integer.class)
        .single();
  }

  Optional<Run> find(UUID id, boolean lock) {
    return jdbc.sql(SELECT + " where id = :id" + (lock ? " for update" : ""))
        .param("id", id)
        .query((row, _) -> run(row))
        .optional();
  }

  /** Whether one of its contracts is kept from somebody (親展). */
  boolean keeps(UUID id, UUID person) {
    return jdbc.sql(
            """
            select exists (select from bulk_row
                            where run_id = :id
                              and contract_id in (select * from contracts_kept_from(:person)))
            """)
        .param("id", id)
        .param("person", person)
        .query(Boolean.class)
        .single();
  }

  /**
   * The newest within reach; one's own always, others' only if nothing of them is kept from one.
   */
  List<Run> newest(Reach reach, java.time.LocalDate today, int most) {
    return jdbc.sql(
            SELECT
                + """
                 where (:everywhere
                        or section_id in (
                             select * from sections_covered(cast(:roots as uuid[]), :today)))
                   and (clerk_id = :person or not exists (
                          select from bulk_row r
                           where r.tenant_id = bulk_run.tenant_id and r.run_id = bulk_run.id
                             and r.contract_id in (select * from contracts_kept_from(:person))))
                 order by made_at desc limit :most
                """)
        .param("everywhere", reach.everywhere())
        .param("roots", reach.rootArray())
        .param("person", reach.person())
        .param("today", today)
        .param("most", most)
        .query((row, _) -> run(row))
        .list();
  }

  void setState(UUID id, Run.State state) {
    jdbc.sql("update bulk_run set state = :state where id = :id")
        .param("state", state.name())
        .param("id", id)
        .update();
  }

  /** Work begins anew: nobody has stopped it, and it has another name than before. */
  int nextRound(UUID id) {
    return jdbc.sql(
            """
            update bulk_run set paused = false, stopped = null, round = round + 1
             where id = :id returning round
            """)
        .param("id", id)
        .query(Integer.class)
        .single();
  }

  void pause(UUID id, Optional<String> stopped) {
    jdbc.sql("update bulk_run set paused = true, stopped = :stopped where id = :id")
        .param("stopped", stopped.orElse(null), Types.VARCHAR)
        .param("id", id)
        .update();
  }

  /** What the job sends with: the clerk's word, and what the codes follow from. */
  record Word(
      UUID clerk,
      String authentication,
      String level,
      String consentText,
      String clientIp,
      String userAgent,
      Seed seed) {}

  void setWord(UUID id, Word word, Optional<Instant> releaseAt) {
    jdbc.sql(
            """
            update bulk_run
               set clerk_id = :clerk, authentication = :authentication, level = :level,
                   consent_text = :consent, client_ip = :ip, user_agent = :agent,
                   code_seed = :seed, release_at = :release, state = 'SENDING'
             where id = :id
            """)
        .param("clerk", word.clerk())
        .param("authentication", word.authentication())
        .param("level", word.level())
        .param("consent", word.consentText())
        .param("ip", word.clientIp())
        .param("agent", word.userAgent())
        .param("seed", word.seed().sealed())
        .param("release", releaseAt.map(Timestamp::from).orElse(null), Types.TIMESTAMP)
        .param("id", id)
        .update();
  }

  Optional<Seed> seed(UUID id) {
    return jdbc.sql("select code_seed from bulk_run where id = :id and code_seed is not null")
        .param("id", id)
        .query((row, _) -> new Seed(row.getBytes("code_seed")))
        .optional();
  }

  jp.musubi.contract.Agreement.Manner manner(UUID id) {
    return jdbc.sql(
            """
            select authentication, level, consent_text, client_ip, user_agent
              from bulk_run where id = :id
            """)
        .param("id", id)
        .query((row, _) ->
            new jp.musubi.contract.Agreement.Manner(
                row.getString("authentication"),
                row.getString("level"),
                row.getString("consent_text"),
                row.getString("client_ip"),
                row.getString("user_agent")))
        .single();
  }

  /** The codes are handed over, and can never be made again. */
  void codesTaken(UUID id, Instant now) {
    jdbc.sql("update bulk_run set code_seed = null, codes_taken_at = :now where id = :id")
        .param("now", Timestamp.from(now))
        .param("id", id)
        .update();
  }

  static String json(List<String> cells) {
    return JSON.writeValueAsString(cells);
  }

  static List<String> cells(String json) {
    return Arrays.asList(JSON.readValue(json, String[].class));
  }

  static ContractId contract(ResultSet row) throws SQLException {
    return new ContractId(row.getObject("contract_id", UUID.class));
  }

  private static Run run(ResultSet row) throws SQLException {
    return new Run(
        row.getObject("id", UUID.class),
        row.getObject("template_id", UUID.class),
        row.getObject("section_id", UUID.class),
        row.getObject("clerk_id", UUID.class),
        row.getObject("office_id", UUID.class),
        row.getString("file_name"),
        row.getTimestamp("deadline").toInstant(),
        row.getInt("reading_years"),
        row.getTimestamp("made_at").toInstant(),
        Run.State.valueOf(row.getString("state")),
        row.getBoolean("paused"),
        row.getInt("round"),
        Optional.ofNullable(row.getString("stopped")),
        Optional.ofNullable(row.getTimestamp("release_at")).map(Timestamp::toInstant),
        row.getBoolean("codes_wait"),
        row.getString("maker_ip"));
  }
}
