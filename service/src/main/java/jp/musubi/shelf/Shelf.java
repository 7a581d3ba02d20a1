package jp.musubi.shelf;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.PartyId;
import jp.musubi.platform.TenantId;
import jp.musubi.seal.Sha256;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * 契約の控え, read. Every question names the holder, and row-level security knows the holder, too: the
 * transaction has to have been begun within {@link jp.musubi.platform.Holding}.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class Shelf {
  /** A page of the list. */
  static final int PAGE = 20;

  /** Of one year, packed at once. */
  static final int MOST_PACKED = 200;

  // A link that is over shows nothing, and no shelf shows more than the link.
  private static final String MINE =
      """
       from shelf_entry e
       join body b on b.id = e.tenant_id
      where e.address_digest = :holder and e.shown and e.readable_until > :now
        and (:all or not e.asks_more)
      """;
  private static final String YEAR =
      " and fiscal_year((e.concluded_at at time zone 'Asia/Tokyo')::date) = :year";
  private static final String COLUMNS =
      """
      select e.id, e.tenant_id, b.code, b.name, e.contract_id, e.party_id, e.number, e.title,
             e.amount, e.contract_date, e.concluded_at, e.readable_until, e.asks_more
      """;

  private final JdbcClient jdbc;

  Shelf(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * What somebody looks for.
   *
   * @param words in title, number or the body's name, all of them; may be empty
   * @param year 年度 of 締結日時
   * @param after the last entry of the page before
   */
  record Search(String words, OptionalInt year, @Nullable UUID after) {}

  /** Whether anything at all lies there, of whatever reach. */
  boolean isEmpty(Sha256 holder, Instant now) {
    return of("select not exists (select 1" + MINE + ")", holder, Reach.ALL, now)
        .query(Boolean.class)
        .single();
  }

  /** One more than a page, the newest first, so that the caller sees whether there are more. */
  List<Entry> page(Sha256 holder, Reach reach, Search search, Instant now) {
    var words =
        search.words().isBlank()
            ? List.<String>of()
            : List.of(search.words().strip().split("[\\s　]+"));
    var sql = new StringBuilder(COLUMNS).append(MINE);
    for (var i = 0; i < words.size(); i++) {
      sql.append(
          " and position(fold(:word%d) in fold(concat_ws(' ', e.title, e.number, b.name))) > 0"
              .formatted(i));
    }
    search.year().ifPresent(_ -> sql.append(YEAR));
    if (search.after() != null) {
      sql.append(
          """
           and (e.concluded_at, e.id) < (select l.concluded_at, l.id from shelf_entry l
                                          where l.id = :after and l.address_digest = :holder)
          """);
    }
    sql.append(" order by e.concluded_at desc, e.id desc limit ").append(PAGE + 1);
    var asked = of(sql.toString(), holder, reach, now);
    for (var i = 0; i < words.size(); i++) {
      asked = asked.param("word" + i, words.get(i));
    }
    if (search.year().isPresent()) {
      asked = asked.param("year", search.year().getAsInt());
    }
    if (search.after() != null) {
      asked = asked.param("after", search.after());
    }
    return asked.query((row, _) -> entry(row)).list();
  }

  /** The 年度 of which there is something, the newest first. */
  List<Integer> years(Sha256 holder, Reach reach, Instant now) {
    return of(
            "select distinct fiscal_year((e.concluded_at at time zone 'Asia/Tokyo')::date) as year"
                + MINE
                + " order by year desc",
            holder,
            reach,
            now)
        .query((row, _) -> row.getInt("year"))
        .list();
  }

  /** All of a 年度, the oldest first; one more than may be packed if there are more. */
  List<Entry> ofYear(Sha256 holder, Reach reach, int year, Instant now) {
    return of(
            COLUMNS + MINE + YEAR + " order by e.concluded_at, e.id limit " + (MOST_PACKED + 1),
            holder,
            reach,
            now)
        .param("year", year)
        .query((row, _) -> entry(row))
        .list();
  }

  /** One entry, if it is the holder's and within reach. */
  Optional<Entry> find(Sha256 holder, Reach reach, UUID id, Instant now) {
    return of(COLUMNS + MINE + " and e.id = :id", holder, reach, now)
        .param("id", id)
        .query((row, _) -> entry(row))
        .optional();
  }

  /** Every entry of the holder: among them the one that a shown file has to belong to. */
  List<Entry> all(Sha256 holder, Instant now) {
    return of(COLUMNS + MINE + " order by e.concluded_at desc", holder, Reach.ALL, now)
        .query((row, _) -> entry(row))
        .list();
  }

  private JdbcClient.StatementSpec of(String sql, Sha256 holder, Reach reach, Instant now) {
    return jdbc.sql(sql)
        .param("holder", holder.hex())
        .param("all", reach == Reach.ALL)
        .param("now", Timestamp.from(now));
  }

  private static Entry entry(ResultSet row) throws SQLException {
    var amount = row.getLong("amount");
    var amountKnown = !row.wasNull();
    return new Entry(
        row.getObject("id", UUID.class),
        new TenantId(row.getObject("tenant_id", UUID.class)),
        row.getString("code"),
        row.getString("name"),
        new ContractId(row.getObject("contract_id", UUID.class)),
        new PartyId(row.getObject("party_id", UUID.class)),
        row.getString("number"),
        row.getString("title"),
        amountKnown ? OptionalLong.of(amount) : OptionalLong.empty(),
        Optional.ofNullable(row.getObject("contract_date", LocalDate.class)),
        row.getTimestamp("concluded_at").toInstant(),
        row.getTimestamp("readable_until").toInstant(),
        row.getBoolean("asks_more"));
  }
}
