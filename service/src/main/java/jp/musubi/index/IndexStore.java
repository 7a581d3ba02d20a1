package jp.musubi.index;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of an index, in the caller's transaction. */
@Repository
class IndexStore {
  private static final String ENTRY =
      "select c.created_at, c.id, c.folded, c.section_id, c.contract_date from contract c ";

  /** Of more contracts in a block it is quicker to read all. */
  private static final int FEW = 128;

  private final JdbcClient jdbc;

  IndexStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * How far an index is.
   *
   * @param through the last contract that was packed while it is built
   */
  record State(boolean whole, @Nullable Key through) {}

  /** A block without its contracts. */
  record Head(long block, Instant oldest, Instant newest, int contracts, int moved) {}

  /** What changed since it was packed: the rows that say so, and their contracts. */
  record Pending(List<Long> rows, Set<UUID> contracts) {}

  /** Empty if there is no index; it is then not built or dropped until the transaction ends. */
  Optional<State> lock() {
    return jdbc.sql("select through_at, through_id, whole_at from search_index for update")
        .query((row, _) -> {
          var through = row.getTimestamp("through_at");
          return new State(
              row.getTimestamp("whole_at") != null,
              through == null
                  ? null
                  : new Key(through.toInstant(), row.getObject("through_id", UUID.class)));
        })
        .optional();
  }

  /**
   * Whether an index is whole, and no more than so many changes are not packed yet, as of the
   * transaction's one moment. Never in a transaction whose statements see different moments:
   * between two of them a block may have taken another's place.
   */
  boolean isWhole(int mostBehind) {
    return jdbc.sql(
            """
            select whole_at is not null
                   and current_setting('transaction_isolation') in ('repeatable read', 'serializable')
                   and (select count(*) <= :most
                          from (select from search_pending limit cast(:most as bigint) + 1) p)
              from search_index
            """)
        .param("most", mostBehind)
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  void begin(Instant now) {
    jdbc.sql("insert into search_index (begun_at) values (:now)")
        .param("now", Timestamp.from(now))
        .update();
  }

  void through(Key last) {
    jdbc.sql("update search_index set through_at = :at, through_id = :id")
        .param("at", Timestamp.from(last.createdAt()))
        .param("id", last.id())
        .update();
  }

  void whole(Instant now) {
    jdbc.sql("update search_index set whole_at = :now").param("now", Timestamp.from(now)).update();
  }

  void drop() {
    jdbc.sql("delete from search_index").update();
    jdbc.sql("delete from search_posting").update();
    jdbc.sql("delete from search_block").update();
  }

  /** Whether there are at least so many contracts. */
  boolean hasContracts(int least) {
    return jdbc.sql("select count(*) >= :least from (select from contract limit :least) c")
        .param("least", least)
        .query(Boolean.class)
        .single();
  }

  /** The oldest contracts after one. */
  List<Block.Entry> entriesAfter(@Nullable Key after) {
    var sql =
        ENTRY
            + (after == null ? "" : " where (c.created_at, c.id) > (:at, :id)")
            + " order by c.created_at, c.id limit "
            + Members.PLACES;
    var statement = jdbc.sql(sql);
    if (after != null) {
      statement = statement.param("at", Timestamp.from(after.createdAt())).param("id", after.id());
    }
    return statement.query((row, _) -> entry(row)).list();
  }

  /** These contracts, the oldest first. */
  List<Block.Entry> entries(Collection<UUID> contracts) {
    return jdbc.sql(
            ENTRY + " where c.id = any(cast(:contracts as uuid[])) order by c.created_at, c.id")
        .param("contracts", contracts.toArray(UUID[]::new))
        .query((row, _) -> entry(row))
        .list();
  }

  /** Which of these were disposed of. */
  Set<UUID> disposed(Collection<UUID> contracts) {
    return Set.copyOf(
        jdbc.sql(
                "select id from contract"
                    + " where state = 'DISPOSED' and id = any(cast(:contracts as uuid[]))")
            .param("contracts", contracts.toArray(UUID[]::new))
            .query(UUID.class)
            .list());
  }

  /** The first so many changes. */
  Pending pending(int most) {
    var rows = new ArrayList<Long>();
    var contracts = new HashSet<UUID>();
    jdbc.sql("select seq, contract_id from search_pending order by seq limit :most")
        .param("most", most)
        .query(row -> {
          rows.add(row.getLong("seq"));
          contracts.add(row.getObject("contract_id", UUID.class));
        });
    return new Pending(rows, contracts);
  }

  /** Whether there are at least so many changes, or one by which something was disposed of. */
  boolean hasPending(int least) {
    return jdbc.sql(
            """
            select (select count(*) >= :least from (select from search_pending limit :least) p)
                or exists (select from search_pending p
                             join contract c on c.tenant_id = p.tenant_id and c.id = p.contract_id
                            where c.state = 'DISPOSED')
            """)
        .param("least", least)
        .query(Boolean.class)
        .single();
  }

  void forgetPending() {
    jdbc.sql("delete from search_pending").update();
  }

  void packed(Pending pending) {
    jdbc.sql("delete from search_pending where seq = any(cast(:rows as bigint[]))")
        .param("rows", pending.rows().toArray(Long[]::new))
        .update();
  }

  /** All blocks, those with the newest contracts first. */
  List<Head> heads() {
    return jdbc.sql(
            """
            select block, oldest, newest, contracts, moved from search_block
             order by newest desc, block desc
            """)
        .query((row, _) ->
            new Head(
                row.getLong("block"),
                row.getTimestamp("oldest").toInstant(),
                row.getTimestamp("newest").toInstant(),
                row.getInt("contracts"),
                row.getInt("moved")))
        .list();
  }

  /** The contracts of a block, in their places. */
  List<Key> keys(long block) {
    return jdbc.sql("select places from search_block where block = :block")
        .param("block", block)
        .query((row, _) -> Block.keys(row.getBytes("places")))
        .optional()
        .orElse(List.of());
  }

  /** The contracts in these places: of few in a block, only those are read. */
  List<Key> keys(Map<Long, BitSet> wanted) {
    var keys = new ArrayList<Key>();
    var blocks = new ArrayList<Long>();
    var places = new ArrayList<Integer>();
    wanted.forEach((block, of) -> {
      if (of.cardinality() > FEW) {
        var all = keys(block);
        of.stream().filter(place -> place < all.size()).mapToObj(all::get).forEach(keys::add);
      } else {
        of.stream()
            .forEach(place -> {
              blocks.add(block);
              places.add(place);
            });
      }
    });
    if (!blocks.isEmpty()) {
      jdbc.sql(
              """
              select substring(b.places from w.place * 24 + 1 for 24) as key
                from unnest(cast(:blocks as bigint[]), cast(:places as int[])) w (block, place)
                join search_block b on b.block = w.block and w.place < b.contracts
              """)
          .param("blocks", blocks.toArray(Long[]::new))
          .param("places", places.toArray(Integer[]::new))
          .query(row -> {
            keys.addAll(Block.keys(row.getBytes("key")));
          });
    }
    return keys;
  }

  /** Which places of which blocks have a term; by term and block. */
  Map<String, Map<Long, BitSet>> postings(Collection<String> terms, Collection<Long> blocks) {
    var found = new HashMap<String, Map<Long, BitSet>>();
    jdbc.sql(
            """
            select term, block, members from search_posting
             where term = any(cast(:terms as text[])) and block = any(cast(:blocks as bigint[]))
            """)
        .param("terms", terms.toArray(String[]::new))
        .param("blocks", blocks.toArray(Long[]::new))
        .query(row -> {
          found
              .computeIfAbsent(row.getString("term"), _ -> new HashMap<>())
              .put(row.getLong("block"), Members.read(row.getBytes("members")));
        });
    return found;
  }

  /** Which places of which blocks have any term from one to another. */
  Map<Long, BitSet> postingsBetween(String first, String last, Collection<Long> blocks) {
    var found = new HashMap<Long, BitSet>();
    jdbc.sql(
            """
            select block, members from search_posting
             where term >= :first and term <= :last and block = any(cast(:blocks as bigint[]))
            """)
        .param("first", first)
        .param("last", last)
        .param("blocks", blocks.toArray(Long[]::new))
        .query(row -> {
          found
              .computeIfAbsent(row.getLong("block"), _ -> new BitSet())
              .or(Members.read(row.getBytes("members")));
        });
    return found;
  }

  void add(Block block) {
    var number =
        jdbc.sql(
                """
                insert into search_block (block, oldest, newest, contracts, places)
                select coalesce(max(block), 0) + 1, :oldest, :newest, :contracts, :places
                  from search_block
                returning block
                """)
            .param("oldest", Timestamp.from(block.keys().getFirst().createdAt()))
            .param("newest", Timestamp.from(block.keys().getLast().createdAt()))
            .param("contracts", block.keys().size())
            .param("places", block.places())
            .query(Long.class)
            .single();
    jdbc.sql(
            """
            insert into search_posting (term, block, members)
            select term, :block, members
              from unnest(cast(:terms as text[]), cast(:members as bytea[])) p (term, members)
            """)
        .param("block", number)
        .param("terms", block.postings().keySet().toArray(String[]::new))
        .param(
            "members", block.postings().values().stream().map(Members::pack).toArray(byte[][]::new))
        .update();
  }

  void moved(long block, int more) {
    jdbc.sql("update search_block set moved = moved + :more where block = :block")
        .param("more", more)
        .param("block", block)
        .update();
  }

  void remove(Collection<Long> blocks) {
    for (var table : List.of("search_posting", "search_block")) {
      jdbc.sql("delete from " + table + " where block = any(cast(:blocks as bigint[]))")
          .param("blocks", blocks.toArray(Long[]::new))
          .update();
    }
  }

  private static Block.Entry entry(ResultSet row) throws SQLException {
    return new Block.Entry(
        new Key(row.getTimestamp("created_at").toInstant(), row.getObject("id", UUID.class)),
        row.getString("folded"),
        row.getObject("section_id", UUID.class),
        row.getObject("contract_date", LocalDate.class));
  }
}
