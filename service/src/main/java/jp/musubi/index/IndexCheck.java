package jp.musubi.index;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** 索引の検査. Whether each contract of the current body is found by each of its letters. */
public final class IndexCheck {
  private final JdbcClient jdbc;
  private final IndexStore store;

  /** A check that stands on the database alone. */
  public IndexCheck(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.store = new IndexStore(jdbc);
  }

  /**
   * The 文書番号 of contracts that a search would miss; none where there is no whole index, since all
   * are compared there. In a transaction that sees one moment, else it would find what has moved.
   */
  public List<String> missed() {
    if (!store.isWhole(Integer.MAX_VALUE)) {
      return List.of();
    }
    var found = new HashSet<UUID>();
    store.heads().forEach(head -> found.addAll(found(head)));
    return jdbc
        .sql(
            """
            select c.id, c.number from contract c
             where not exists (select from search_pending p
                                where p.tenant_id = c.tenant_id and p.contract_id = c.id)
             order by c.number
            """)
        .query((row, _) -> Map.entry(row.getObject("id", UUID.class), row.getString("number")))
        .list()
        .stream()
        .filter(contract -> !found.contains(contract.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Those contracts of a block that have all of their terms in their place. */
  private Set<UUID> found(IndexStore.Head head) {
    var keys = store.keys(head.block());
    if (keys.isEmpty()
        || !keys.getFirst().createdAt().equals(head.oldest())
        || !keys.getLast().createdAt().equals(head.newest())) {
      return Set.of();
    }
    var entries =
        store.entries(keys.stream().map(Key::id).toList()).stream()
            .collect(Collectors.toMap(Block.Entry::key, entry -> entry));
    var postings = postings(head.block());
    var found = new HashSet<UUID>();
    for (var place = 0; place < keys.size(); place++) {
      var entry = entries.get(keys.get(place));
      var at = place;
      if (entry != null
          && Terms.of(entry.folded(), entry.section(), entry.contractDate()).stream()
              .allMatch(term -> postings.containsKey(term) && postings.get(term).get(at))) {
        found.add(entry.key().id());
      }
    }
    return found;
  }

  private Map<String, BitSet> postings(long block) {
    var postings = new HashMap<String, BitSet>();
    jdbc.sql("select term, members from search_posting where block = :block")
        .param("block", block)
        .query(row -> {
          postings.put(row.getString("term"), Members.read(row.getBytes("members")));
        });
    return postings;
  }
}
