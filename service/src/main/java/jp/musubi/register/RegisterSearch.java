package jp.musubi.register;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import jp.musubi.authority.Reach;
import jp.musubi.contract.ContractKind;
import jp.musubi.contract.ContractReach;
import jp.musubi.contract.Phase;
import jp.musubi.index.Key;
import jp.musubi.index.LetterIndex;
import jp.musubi.index.Sought;
import jp.musubi.organisation.Organisations;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * 台帳をさがす. Pages, counts and the whole, of what is within somebody's reach and nothing else: {@link
 * ContractReach#CONDITION} stands before every other condition.
 */
@Service
// One moment for all statements of a search, which the index needs.
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
class RegisterSearch {
  /** Beyond this nobody counts: 10,000件以上. */
  static final int COUNTED = 10_000;

  private static final int ROWS_AT_ONCE = 1000;

  /** What a line of the register is made of, of contracts {@code c} that were found. */
  private static final String ROW =
      """
      select c.id, c.number, c.title, c.kind, c.amount, c.contract_date, c.concluded_at,
             c.period_from, c.period_until, c.section_id, c.state, c.created_at,
             c.seal_cause is not null and c.state in ('AWAITING_AGREEMENTS', 'CONCLUDING') as waits,
             (select o.concluded_on from paper_concluded o
               where o.tenant_id = c.tenant_id and o.contract_id = c.id) as paper_on,
             p.counterparties, p.office, n.kind as next_kind,
             coalesce(d.decision_number, e.decision_number, '') as decision,
             e.pricing, e.long_term, e.debt_burden, e.budget_clause, e.fiscal_year,
             e.decision_number, e.keeping_years, e.keeping_forever, v.items, v.texts,
             array(select t.tag_id from contract_tag t
                    where t.tenant_id = c.tenant_id and t.contract_id = c.id) as tags
        from (%s) c
        left join register_entry e on e.tenant_id = c.tenant_id and e.contract_id = c.id
        left join lateral (
          select string_agg(o.organisation, '、' order by o.turn, o.ordinal)
                   filter (where o.kind = 'COUNTERPARTY') as counterparties,
                 max(o.title) filter (where o.kind = 'OFFICE') as office
            from party o where o.tenant_id = c.tenant_id and o.contract_id = c.id) p on true
        left join lateral (
          select o.kind from party o
           where c.state = 'AWAITING_AGREEMENTS'
             and o.tenant_id = c.tenant_id and o.contract_id = c.id
             and not exists (select from agreement g
                              where g.tenant_id = o.tenant_id and g.party_id = o.id)
           order by o.turn, o.kind, o.ordinal limit 1) n on true
        left join lateral (
          select a.decision_number from approval a
           where a.tenant_id = c.tenant_id and a.contract_id = c.id and a.decision_number <> ''
           order by a.asked_at desc limit 1) d on true
        left join lateral (
          select array_agg(x.item_id order by x.item_id) as items,
                 array_agg(x.text order by x.item_id) as texts
            from register_value x
           where x.tenant_id = c.tenant_id and x.contract_id = c.id) v on true
      """;

  private static final String FOUND =
      """
      select c.tenant_id, c.id, c.number, c.title, c.kind, c.amount, c.contract_date,
             c.concluded_at, c.period_from, c.period_until, c.section_id, c.state, c.created_at,
             c.seal_cause
        from contract c
       where\
      """
          + ContractReach.CONDITION;

  private final JdbcClient jdbc;
  private final ContractReach reached;
  private final Organisations organisations;
  private final LetterSearch letters;

  RegisterSearch(
      JdbcClient jdbc, ContractReach reached, Organisations organisations, LetterIndex index) {
    this.jdbc = jdbc;
    this.reached = reached;
    this.organisations = organisations;
    this.letters = new LetterSearch(jdbc, reached, index);
  }

  /**
   * Where the next page begins: after this contract.
   *
   * @param createdAt of the last contract shown
   */
  record Cursor(Instant createdAt, UUID id) {}

  /** A page; {@code next} if there is more. */
  record Page(List<RegisterRow> rows, Optional<Cursor> next) {

    /** Keeps its own copy. */
    Page {
      rows = List.copyOf(rows);
    }
  }

  /** How many there are, up to {@link #COUNTED}. */
  record Count(int found, boolean more) {}

  /** The newest that are found, after a contract. */
  public Page page(Reach reach, RegisterQuery query, @Nullable Cursor after, int size) {
    var asked = asked(reach, query);
    var key = after == null ? null : new Key(after.createdAt(), after.id());
    var rows =
        letters
            .first(asked, key, size + 1)
            .map(ids -> named(reach, ids))
            .orElseGet(() -> compared(asked, after, size + 1));
    if (rows.size() <= size) {
      return new Page(rows, Optional.empty());
    }
    var last = rows.get(size - 1);
    return new Page(rows.subList(0, size), Optional.of(new Cursor(last.createdAt(), last.id())));
  }

  /** How many are found; who wants all of very many reads 「10,000件以上」. */
  public Count count(Reach reach, RegisterQuery query) {
    var asked = asked(reach, query);
    var found = letters.count(asked, COUNTED + 1).orElseGet(() -> compared(asked));
    return new Count(Math.min(found, COUNTED), found > COUNTED);
  }

  /** Everything that is found, the oldest first; a few hundred are in memory at a time. */
  public void each(Reach reach, RegisterQuery query, Consumer<RegisterRow> use) {
    var conditions = asked(reach, query).conditions();
    try (var rows =
        bound(
            reach,
            conditions,
            ROW.formatted(FOUND + conditions.sql()) + " order by c.created_at, c.id")
            .withFetchSize(ROWS_AT_ONCE)
            .query((row, _) -> row(row))
            .stream()) {
      rows.forEach(use);
    }
  }

  private JdbcClient.StatementSpec bound(Reach reach, Conditions conditions, String sql) {
    return reached.within(reach, jdbc.sql(sql)).params(conditions.values());
  }

  /** Contracts that were found already, the newest first. */
  private List<RegisterRow> named(Reach reach, List<UUID> ids) {
    var found = FOUND + " and c.id = any(cast(:ids as uuid[]))";
    return reached
        .within(reach, jdbc.sql(ROW.formatted(found) + " order by c.created_at desc, c.id desc"))
        .param("ids", ids.toArray(UUID[]::new))
        .query((row, _) -> row(row))
        .list();
  }

  /** The newest by comparing each contract, which a body without an index does. */
  private List<RegisterRow> compared(LetterSearch.Asked asked, @Nullable Cursor after, int most) {
    var found =
        FOUND
            + asked.conditions().sql()
            + (after == null ? "" : " and (c.created_at, c.id) < (:createdAt, :id)")
            + " order by c.created_at desc, c.id desc limit :limit";
    var statement =
        bound(
                asked.reach(),
                asked.conditions(),
                ROW.formatted(found) + " order by c.created_at desc, c.id desc")
            .param("limit", most);
    if (after != null) {
      statement =
          statement.param("createdAt", Timestamp.from(after.createdAt())).param("id", after.id());
    }
    return statement.query((row, _) -> row(row)).list();
  }

  private int compared(LetterSearch.Asked asked) {
    return bound(
            asked.reach(),
            asked.conditions(),
            "select count(*) from (select from contract c where "
                + ContractReach.CONDITION
                + asked.conditions().sql()
                + " limit "
                + (COUNTED + 1)
                + ") c")
        .query(Integer.class)
        .single();
  }

  private LetterSearch.Asked asked(Reach reach, RegisterQuery query) {
    var folded = folded(Conditions.toFold(query));
    UnaryOperator<String> fold = word -> Objects.requireNonNull(folded.get(word));
    var within = query.section().map(section -> covered(new UUID[] {section}));
    var sections = new ArrayList<Set<UUID>>();
    within.ifPresent(ids -> sections.add(Set.of(ids)));
    if (!reach.everywhere()) {
      sections.add(Set.of(covered(reach.rootArray())));
    }
    return new LetterSearch.Asked(
        reach,
        Conditions.of(query, fold, within.orElseGet(() -> new UUID[0])),
        new Sought(
            Conditions.letters(query, fold),
            sections,
            query.contractDate().from(),
            query.contractDate().until()));
  }

  /** By the same function as what is stored, once, and not again for every row. */
  private Map<String, String> folded(List<String> words) {
    var folded = new HashMap<String, String>();
    jdbc.sql("select word, fold(word) as folded from unnest(cast(:words as text[])) word")
        .param("words", words.toArray(String[]::new))
        .query(row -> {
          folded.put(row.getString("word"), row.getString("folded"));
        });
    return folded;
  }

  private UUID[] covered(UUID[] roots) {
    return jdbc.sql("select distinct s from sections_covered(cast(:roots as uuid[]), :today) s")
        .param("roots", roots)
        .param("today", organisations.today())
        .query(UUID.class)
        .list()
        .toArray(UUID[]::new);
  }

  private static RegisterRow row(ResultSet row) throws SQLException {
    var amount = row.getObject("amount", Long.class);
    return new RegisterRow(
        row.getObject("id", UUID.class),
        row.getString("number"),
        row.getString("title"),
        ContractKind.valueOf(row.getString("kind")),
        Objects.requireNonNullElse(row.getString("counterparties"), ""),
        amount == null ? OptionalLong.empty() : OptionalLong.of(amount),
        day(row, "contract_date"),
        Optional.ofNullable(row.getTimestamp("concluded_at")).map(Timestamp::toInstant),
        day(row, "paper_on"),
        day(row, "period_from"),
        day(row, "period_until"),
        row.getObject("section_id", UUID.class),
        Objects.requireNonNullElse(row.getString("office"), ""),
        row.getString("decision"),
        phase(row),
        row.getBoolean("waits"),
        row.getTimestamp("created_at").toInstant(),
        Set.of((UUID[]) row.getArray("tags").getArray()),
        EntryStore.entry(row, values(row.getArray("items"), row.getArray("texts"))));
  }

  private static Optional<LocalDate> day(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, LocalDate.class));
  }

  private static Map<UUID, String> values(@Nullable Array items, @Nullable Array texts)
      throws SQLException {
    var values = new HashMap<UUID, String>();
    if (items != null && texts != null) {
      var ids = (UUID[]) items.getArray();
      var words = (String[]) texts.getArray();
      for (var i = 0; i < ids.length; i++) {
        values.put(ids[i], words[i]);
      }
    }
    return values;
  }

  private static Phase phase(ResultSet row) throws SQLException {
    var state = row.getString("state");
    if (state.equals("AWAITING_AGREEMENTS")) {
      return "OFFICE".equals(row.getString("next_kind")) ? Phase.OFFICE : Phase.COUNTERPARTY;
    }
    return Phase.valueOf(state);
  }
}
