package jp.musubi.bulk;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.PartyId;
import jp.musubi.platform.CsvTable;
import jp.musubi.seal.Sha256;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The lines of lists, and what became of each: a draft once, and sent once. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class RowStore {
  private final JdbcClient jdbc;
  private final NamedParameterJdbcOperations batch;

  RowStore(JdbcClient jdbc, NamedParameterJdbcOperations batch) {
    this.jdbc = jdbc;
    this.batch = batch;
  }

  /** A line as it was handed in. */
  record Line(int line, List<String> cells) {
    Line {
      cells = List.copyOf(cells);
    }
  }

  /**
   * A draft that may leave, as a list shows it.
   *
   * @param version of the draft at this moment
   * @param document digest of the bytes that would leave
   */
  record Draft(
      int line,
      ContractId contract,
      String number,
      String title,
      String organisation,
      String mail,
      OptionalLong amount,
      int version,
      Sha256 document) {}

  /** A draft that was said to leave, as it was seen. */
  record Leaving(int line, ContractId contract, int version, Sha256 document) {}

  /** A counterparty of a sent contract that has to give a code. */
  record CodeOf(int line, PartyId party, List<String> facts) {
    CodeOf {
      facts = List.copyOf(facts);
    }
  }

  void insert(UUID run, List<CsvTable.Line> lines) {
    batch.batchUpdate(
        "insert into bulk_row (run_id, line, cells) values (:run, :line, :cells)",
        lines.stream()
            .map(line ->
                (SqlParameterSource)
                    new MapSqlParameterSource()
                        .addValue("run", run)
                        .addValue("line", line.number())
                        .addValue("cells", kept(line).orElse(null), java.sql.Types.VARCHAR))
            .toArray(SqlParameterSource[]::new));
  }

  private static Optional<String> kept(CsvTable.Line line) {
    return line.cells()
        .filter(cells -> cells.stream().allMatch(c -> c.length() <= Planning.LONGEST_CELL))
        .map(RunStore::json);
  }

  Optional<Line> line(UUID run, int line) {
    return jdbc.sql(
            """
            select line, cells from bulk_row
             where run_id = :run and line = :line and cells is not null
            """)
        .param("run", run)
        .param("line", line)
        .query((row, _) -> new Line(row.getInt("line"), RunStore.cells(row.getString("cells"))))
        .optional();
  }

  /** Lines still to be made into drafts. */
  List<Line> waiting(UUID run, int most) {
    return jdbc.sql(
            """
            select line, cells from bulk_row
             where run_id = :run and state = 'WAITING' and trouble is null and cells is not null
             order by line limit :most
            """)
        .param("run", run)
        .param("most", most)
        .query((row, _) -> new Line(row.getInt("line"), RunStore.cells(row.getString("cells"))))
        .list();
  }

  /** All lines that wait, whatever came of them so far. */
  List<Line> all(UUID run) {
    return waiting(run, Run.MOST_ROWS);
  }

  /** Those of the lines that nobody has made into drafts since; nobody else can until the end. */
  List<Integer> lockWaiting(UUID run, List<Integer> lines) {
    return jdbc.sql(
            """
            select line from bulk_row
             where run_id = :run and state = 'WAITING' and line in (:lines)
             order by line for update skip locked
            """)
        .param("run", run)
        .param("lines", lines)
        .query((row, _) -> row.getInt("line"))
        .list();
  }

  void drafted(UUID run, Map<Integer, ContractId> drafts) {
    var rows = new ArrayList<SqlParameterSource>();
    drafts.forEach((line, contract) ->
        rows.add(
            new MapSqlParameterSource()
                .addValue("run", run)
                .addValue("line", line)
                .addValue("contract", contract.value())));
    batch.batchUpdate(
        """
        update bulk_row set state = 'DRAFTED', contract_id = :contract, trouble = null
         where run_id = :run and line = :line
        """,
        rows.toArray(SqlParameterSource[]::new));
  }

  void trouble(UUID run, int line, String key) {
    jdbc.sql(
            """
            update bulk_row set trouble = :key
             where run_id = :run and line = :line and state <> 'SENT'
            """)
        .param("key", key)
        .param("run", run)
        .param("line", line)
        .update();
  }

  /** What failed may be tried again: drafts to be made, and drafts to be looked at once more. */
  void forget(UUID run) {
    jdbc.sql(
            """
            update bulk_row
               set trouble = null, state = case state when 'LEAVING' then 'DRAFTED' else state end
             where run_id = :run and trouble is not null
            """)
        .param("run", run)
        .update();
  }

  /** Drafts that nobody has said may leave, and that are drafts still. */
  List<Draft> drafted(UUID run) {
    return jdbc.sql(
            """
            select r.line, c.id as contract_id, c.number, c.title, c.amount, c.version,
                   coalesce(c.prepared_sha256, c.document_sha256) as document,
                   p.organisation, p.mail
              from bulk_row r
              join contract c on c.tenant_id = r.tenant_id and c.id = r.contract_id
              join party p on p.tenant_id = c.tenant_id and p.contract_id = c.id and p.ordinal = 1
             where r.run_id = :run and r.state = 'DRAFTED' and c.state = 'DRAFT'
             order by r.line
            """)
        .param("run", run)
        .query((row, _) -> {
          var amount = row.getObject("amount", Long.class);
          return new Draft(
              row.getInt("line"),
              RunStore.contract(row),
              row.getString("number"),
              row.getString("title"),
              row.getString("organisation"),
              String.valueOf(row.getString("mail")),
              amount == null ? OptionalLong.empty() : OptionalLong.of(amount),
              row.getInt("version"),
              Sha256.parse(row.getString("document")));
        })
        .list();
  }

  /** The clerk said that these may leave, as they saw them. */
  void leave(UUID run, List<Draft> drafts) {
    batch.batchUpdate(
        """
        update bulk_row set state = 'LEAVING', seen_version = :version, seen_sha256 = :document
         where run_id = :run and line = :line and state = 'DRAFTED'
        """,
        drafts.stream()
            .map(draft ->
                (SqlParameterSource)
                    new MapSqlParameterSource()
                        .addValue("run", run)
                        .addValue("line", draft.line())
                        .addValue("version", draft.version())
                        .addValue("document", draft.document().hex()))
            .toArray(SqlParameterSource[]::new));
  }

  List<Leaving> leaving(UUID run, int most) {
    return jdbc.sql(
            """
            select line, contract_id, seen_version, seen_sha256 from bulk_row
             where run_id = :run and state = 'LEAVING' and trouble is null
             order by line limit :most
            """)
        .param("run", run)
        .param("most", most)
        .query((row, _) ->
            new Leaving(
                row.getInt("line"),
                RunStore.contract(row),
                row.getInt("seen_version"),
                Sha256.parse(row.getString("seen_sha256"))))
        .list();
  }

  /** Whether the line still is to leave; nobody else can send it until the end. */
  boolean lockLeaving(UUID run, int line) {
    return jdbc.sql(
            """
            select line from bulk_row
             where run_id = :run and line = :line and state = 'LEAVING' for update
            """)
        .param("run", run)
        .param("line", line)
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  void sent(UUID run, int line, Instant now) {
    jdbc.sql(
            """
            update bulk_row set state = 'SENT', sent_at = :now, trouble = null
             where run_id = :run and line = :line
            """)
        .param("now", Timestamp.from(now))
        .param("run", run)
        .param("line", line)
        .update();
  }

  Run.Counts counts(UUID run) {
    return jdbc.sql(
            """
            select count(*) filter (where state = 'WAITING') as waiting,
                   count(*) filter (where state = 'DRAFTED') as drafted,
                   count(*) filter (where state = 'LEAVING') as leaving,
                   count(*) filter (where state = 'SENT') as sent,
                   count(*) filter (where state = 'WAITING' and trouble is not null) as stuck_making,
                   count(*) filter (where state = 'LEAVING' and trouble is not null) as stuck_sending
              from bulk_row where run_id = :run
            """)
        .param("run", run)
        .query((row, _) ->
            new Run.Counts(
                row.getInt("waiting"),
                row.getInt("drafted"),
                row.getInt("leaving"),
                row.getInt("sent"),
                row.getInt("stuck_making"),
                row.getInt("stuck_sending")))
        .single();
  }

  /** Of the contracts that were said to leave, those that the service has still to do with. */
  Run.Ahead ahead(UUID run) {
    return jdbc.sql(
            """
            select count(*) filter (where c.state = 'SCHEDULED') as scheduled,
                   count(*) filter (where c.state = 'AWAITING_AGREEMENTS' and (
                     exists (
                       select from agreement a
                         join party p on p.tenant_id = a.tenant_id and p.id = a.party_id
                        where a.tenant_id = c.tenant_id and a.contract_id = c.id
                          and p.kind = 'SENDER'
                          and not exists (
                                select from revision v
                                 where v.tenant_id = a.tenant_id and v.agreement_id = a.id))
                     or exists (
                       select from mail m
                        where m.tenant_id = c.tenant_id and m.contract_id = c.id
                          and m.occasion like 'invitation/%'
                          and m.sent_at is null and m.gave_up_at is null))) as on_their_way
              from bulk_row r
              join contract c on c.tenant_id = r.tenant_id and c.id = r.contract_id
             where r.run_id = :run and r.state = 'SENT'
            """)
        .param("run", run)
        .query((row, _) -> new Run.Ahead(row.getInt("scheduled"), row.getInt("on_their_way")))
        .single();
  }

  List<Run.Stuck> stuck(UUID run, int most) {
    return jdbc.sql(
            """
            select line, contract_id, trouble from bulk_row
             where run_id = :run and trouble is not null order by line limit :most
            """)
        .param("run", run)
        .param("most", most)
        .query((row, _) ->
            new Run.Stuck(
                row.getInt("line"),
                Optional.ofNullable(row.getObject("contract_id", UUID.class)),
                row.getString("trouble")))
        .list();
  }

  /** Whose codes wait: of contracts sent since codes were last taken. */
  List<CodeOf> codes(UUID run) {
    return jdbc.sql(
            """
            select r.line, p.id as party_id, c.number, c.title, p.organisation, p.title as position,
                   p.name, p.mail
              from bulk_row r
              join bulk_run b on b.tenant_id = r.tenant_id and b.id = r.run_id
              join contract c on c.tenant_id = r.tenant_id and c.id = r.contract_id
              join party p on p.tenant_id = c.tenant_id and p.contract_id = c.id
             where r.run_id = :run and r.state = 'SENT'
               and p.identification in
                   ('ACCESS_CODE', 'TOTP', 'PASSKEY', 'EXTERNAL_ID_L2', 'EXTERNAL_ID_L3')
               and (b.codes_taken_at is null or r.sent_at > b.codes_taken_at)
             order by r.line
            """)
        .param("run", run)
        .query((row, _) ->
            new CodeOf(
                row.getInt("line"),
                new PartyId(row.getObject("party_id", UUID.class)),
                List.of(
                    row.getString("number"),
                    row.getString("title"),
                    row.getString("organisation"),
                    row.getString("position"),
                    row.getString("name"),
                    String.valueOf(row.getString("mail")))))
        .list();
  }

  /** How many of the addresses were never sent anything by the body. */
  int newAddresses(List<String> mails) {
    return mails.isEmpty()
        ? 0
        : jdbc.sql(
                """
                select count(*) from (select distinct lower(m) as mail
                                        from unnest(cast(:mails as text[])) m) wanted
                 where not exists (
                         select from party p
                           join contract c on c.tenant_id = p.tenant_id and c.id = p.contract_id
                          where p.kind = 'COUNTERPARTY' and lower(p.mail) = wanted.mail
                            and c.dispatched_at is not null)
                """)
            .param("mails", mails.toArray(String[]::new))
            .query(Integer.class)
            .single();
  }
}
