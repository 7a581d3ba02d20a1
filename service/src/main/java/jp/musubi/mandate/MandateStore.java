package jp.musubi.mandate;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.contract.ContractKind;
import jp.musubi.counterparty.OrganisationNames;
import jp.musubi.platform.ConcurrentChange;
import jp.musubi.seal.Sha256;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 委任 of the current body, as rows. */
@Repository
class MandateStore {
  /** Each as it stands, with the version that holds. */
  private static final String CURRENT =
      """
      select m.id, m.supplier_id, s.name as supplier, s.ended_at is null as live, m.parent_id,
             m.taken_over_from, m.made_at as begun_at, m.ended_on, m.ended_at, m.end_reason, v.*
        from mandate m
        join supplier s on s.tenant_id = m.tenant_id and s.id = m.supplier_id
        join mandate_version v on v.tenant_id = m.tenant_id and v.mandate_id = m.id
      """;

  private static final String NEWEST = " and v.version = m.version ";
  private static final String ORDER =
      " order by s.name_key, s.name, v.valid_until desc, m.rank, v.agent_name, m.id ";

  private final JdbcClient jdbc;

  MandateStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A version, and who entered it why. */
  record Entered(int version, Mandate.Said said, String reason, Instant at, String by) {}

  Optional<Mandate> find(UUID id) {
    return jdbc.sql(CURRENT + "where m.id = :id" + NEWEST)
        .param("id", id)
        .query((row, _) -> mandate(row))
        .optional();
  }

  /** As it was in a version. */
  Optional<Mandate> find(UUID id, int version) {
    return jdbc.sql(CURRENT + "where m.id = :id and v.version = :version")
        .param("id", id)
        .param("version", version)
        .query((row, _) -> mandate(row))
        .optional();
  }

  List<Mandate> ofSupplier(UUID supplier) {
    return jdbc.sql(CURRENT + "where m.supplier_id = :supplier" + NEWEST + ORDER)
        .param("supplier", supplier)
        .query((row, _) -> mandate(row))
        .list();
  }

  /** Those of counterparties whose name is written alike. */
  List<Mandate> ofOrganisation(String name) {
    return jdbc.sql(
            CURRENT
                + "where s.name_key = :key and s.ended_at is null and m.ended_at is null"
                + NEWEST
                + ORDER)
        .param("key", OrganisationNames.key(name))
        .query((row, _) -> mandate(row))
        .list();
  }

  /**
   * Those whose counterparty, people or number has the words.
   *
   * @param open whether they can still be chosen on this day; else those that cannot
   */
  List<Mandate> search(String words, boolean open, LocalDate today, int most) {
    return jdbc.sql(
            CURRENT
                + """
                where (m.ended_at is null and s.ended_at is null and v.valid_until >= :today) = :open
                  and (:words = '' or s.name like :like escape '!'
                       or v.agent_name like :like escape '!' or v.principal_name like :like escape '!'
                       or v.agent_office like :like escape '!' or v.letter_number like :like escape '!')
                """
                + NEWEST
                + ORDER
                + "limit :most")
        .param("today", today)
        .param("open", open)
        .param("words", words)
        .param("like", "%" + words.replaceAll("([!%_])", "!$1") + "%")
        .param("most", most)
        .query((row, _) -> mandate(row))
        .list();
  }

  /** Those that end of themselves by this day, and that nobody has taken over. */
  List<Mandate> ending(LocalDate from, LocalDate last) {
    return jdbc.sql(
            CURRENT
                + """
                where m.ended_at is null and s.ended_at is null and v.valid_until between :from and :last
                  and not exists (select from mandate n where n.tenant_id = m.tenant_id
                                   and n.taken_over_from = m.id)
                """
                + NEWEST
                + " order by v.valid_until, s.name_key, m.id")
        .param("from", from)
        .param("last", last)
        .query((row, _) -> mandate(row))
        .list();
  }

  List<Mandate> below(UUID parent) {
    return jdbc.sql(CURRENT + "where m.parent_id = :parent" + NEWEST + ORDER)
        .param("parent", parent)
        .query((row, _) -> mandate(row))
        .list();
  }

  /**
   * Those of others that rest on the same file, or bear the same number of the same counterparty.
   */
  List<Mandate> alike(UUID supplier, Mandate.Paper paper, Optional<UUID> except) {
    return jdbc.sql(
            CURRENT
                + """
                where m.id is distinct from :except and m.ended_at is null
                  and (v.sha256 = :sha256
                       or (:number <> '' and v.letter_number = :number and m.supplier_id = :supplier))
                """
                + NEWEST
                + ORDER
                + "limit 5")
        .param("except", except.orElse(null), Types.OTHER)
        .param("sha256", paper.sha256().hex())
        .param("number", paper.number())
        .param("supplier", supplier)
        .query((row, _) -> mandate(row))
        .list();
  }

  List<Entered> versions(UUID id) {
    return jdbc.sql(
            """
            select v.*, p.name as by_name from mandate_version v
              join staff p on p.tenant_id = v.tenant_id and p.id = v.made_by
             where v.mandate_id = :id order by v.version desc
            """)
        .param("id", id)
        .query((row, _) ->
            new Entered(
                row.getInt("version"),
                said(row),
                row.getString("reason"),
                row.getTimestamp("made_at").toInstant(),
                row.getString("by_name")))
        .list();
  }

  /** Keeps others from changing or ending it until the transaction ends. */
  void lock(UUID id) {
    jdbc.sql("select id from mandate where id = :id for update")
        .param("id", id)
        .query((_, _) -> true)
        .optional();
  }

  void insert(
      UUID id, UUID supplier, Optional<UUID> parent, Optional<UUID> takenOverFrom, Instant now) {
    jdbc.sql(
            """
            insert into mandate (id, supplier_id, rank, parent_id, parent_rank, taken_over_from,
                                 version, made_at)
            values (:id, :supplier, :rank, :parent, :parentRank, :from, 1, :now)
            """)
        .param("id", id)
        .param("supplier", supplier)
        .param("rank", parent.isPresent() ? 2 : 1)
        .param("parent", parent.orElse(null), Types.OTHER)
        .param("parentRank", parent.isPresent() ? 1 : null, Types.INTEGER)
        .param("from", takenOverFrom.orElse(null), Types.OTHER)
        .param("now", Timestamp.from(now))
        .update();
  }

  void insert(UUID id, int version, Mandate.Said said, String reason, UUID by, Instant now) {
    var scope = said.scope();
    jdbc.sql(
            """
            insert into mandate_version (mandate_id, version, principal_title, principal_name,
              agent_office, agent_title, agent_name, agent_mail, powers, kinds, most_amount, single,
              valid_from, valid_until, letter_number, paper_on, paper_name, paper_bytes, paper_pages,
              sha256, reason, made_at, made_by)
            values (:id, :version, :principalTitle, :principalName, :office, :title, :name, :mail,
              :powers, :kinds, :most, :single, :from, :until, :number, :on, :file, :bytes, :pages,
              :sha256, :reason, :now, :by)
            """)
        .param("id", id)
        .param("version", version)
        .param("principalTitle", said.principal().title())
        .param("principalName", said.principal().name())
        .param("office", said.agent().office())
        .param("title", said.agent().title())
        .param("name", said.agent().name())
        .param("mail", said.agent().mail())
        .param("powers", scope.powers().stream().map(Enum::name).toArray(String[]::new))
        .param("kinds", scope.kinds().stream().map(Enum::name).toArray(String[]::new))
        .param("most", scope.most().isPresent() ? scope.most().getAsLong() : null, Types.BIGINT)
        .param("single", scope.single())
        .param("from", scope.from())
        .param("until", scope.until())
        .param("number", said.paper().number())
        .param("on", said.paper().on())
        .param("file", said.paper().name())
        .param("bytes", said.paper().bytes())
        .param("pages", said.paper().pages())
        .param("sha256", said.paper().sha256().hex())
        .param("reason", reason)
        .param("now", Timestamp.from(now))
        .param("by", by)
        .update();
  }

  /** The next version holds from now on. */
  void advance(UUID id, int version) {
    one(
        id,
        jdbc.sql(
                """
                update mandate set version = :version + 1
                 where id = :id and version = :version and ended_at is null
                """)
            .param("id", id)
            .param("version", version)
            .update());
  }

  void end(UUID id, LocalDate on, String reason, Instant now) {
    one(
        id,
        jdbc.sql(
                """
                update mandate set ended_on = :on, end_reason = :reason, ended_at = :now
                 where id = :id and ended_at is null
                """)
            .param("id", id)
            .param("on", on)
            .param("reason", reason)
            .param("now", Timestamp.from(now))
            .update());
  }

  private static Mandate mandate(ResultSet row) throws SQLException {
    return new Mandate(
        row.getObject("id", UUID.class),
        new Mandate.Holder(
            row.getObject("supplier_id", UUID.class),
            row.getString("supplier"),
            row.getBoolean("live")),
        Optional.ofNullable(row.getObject("parent_id", UUID.class)),
        Optional.ofNullable(row.getObject("taken_over_from", UUID.class)),
        row.getInt("version"),
        said(row),
        row.getTimestamp("begun_at").toInstant(),
        row.getTimestamp("ended_at") == null
            ? Optional.empty()
            : Optional.of(
                new Mandate.End(
                    row.getObject("ended_on", LocalDate.class),
                    row.getString("end_reason"),
                    row.getTimestamp("ended_at").toInstant())));
  }

  private static Mandate.Said said(ResultSet row) throws SQLException {
    var most = row.getLong("most_amount");
    var limited = !row.wasNull();
    return new Mandate.Said(
        new Mandate.Principal(row.getString("principal_title"), row.getString("principal_name")),
        new Mandate.Agent(
            row.getString("agent_office"),
            row.getString("agent_title"),
            row.getString("agent_name"),
            row.getString("agent_mail")),
        new Mandate.Scope(
            Arrays.stream((String[]) row.getArray("powers").getArray())
                .map(Power::valueOf)
                .collect(Collectors.toSet()),
            Arrays.stream((String[]) row.getArray("kinds").getArray())
                .map(ContractKind::valueOf)
                .collect(Collectors.toSet()),
            limited ? OptionalLong.of(most) : OptionalLong.empty(),
            row.getString("single"),
            row.getObject("valid_from", LocalDate.class),
            row.getObject("valid_until", LocalDate.class)),
        new Mandate.Paper(
            row.getString("letter_number"),
            row.getObject("paper_on", LocalDate.class),
            row.getString("paper_name"),
            row.getLong("paper_bytes"),
            row.getInt("paper_pages"),
            Sha256.parse(row.getString("sha256"))));
  }

  private static void one(UUID id, int rows) {
    if (rows != 1) {
      throw new ConcurrentChange("mandate " + id + " is not as it was read");
    }
  }
}
