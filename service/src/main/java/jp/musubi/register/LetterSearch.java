package jp.musubi.register;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import jp.musubi.authority.Reach;
import jp.musubi.contract.ContractReach;
import jp.musubi.index.Candidates;
import jp.musubi.index.Key;
import jp.musubi.index.LetterIndex;
import jp.musubi.index.Sought;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * 索引でさがす. The index names contracts that may be meant; which of them are, and which somebody may
 * know of, the same conditions say as without it. So it can make a search quicker, and nothing
 * else.
 */
final class LetterSearch {
  private static final int MOST_ASKED = 4000;

  private final JdbcClient jdbc;
  private final ContractReach reached;
  private final LetterIndex index;

  LetterSearch(JdbcClient jdbc, ContractReach reached, LetterIndex index) {
    this.jdbc = jdbc;
    this.reached = reached;
    this.index = index;
  }

  /** What somebody asks: as conditions, and as far as an index can tell. */
  record Asked(Reach reach, Conditions conditions, Sought sought) {}

  /** The newest so many, the newest first; empty if the index cannot say. */
  Optional<List<UUID>> first(Asked asked, @Nullable Key before, int most) {
    return index
        .candidates(asked.sought(), before, () -> unpacked(asked, before, most))
        .map(candidates -> confirmed(asked, candidates, most));
  }

  /** How many there are, up to {@code most}; empty if the index cannot say. */
  Optional<Integer> count(Asked asked, int most) {
    return index
        .candidates(asked.sought(), null, () -> unpacked(asked, null, most))
        .map(candidates -> confirmed(asked, candidates, most).size());
  }

  private List<UUID> confirmed(Asked asked, Candidates candidates, int most) {
    var confirmed = new ArrayList<UUID>();
    // Most that is named is meant: a quarter more than is wanted is mostly enough.
    var first = Math.min(most + most / 4, MOST_ASKED);
    for (var size = first; confirmed.size() < most; size = Math.min(size * 2, MOST_ASKED)) {
      var ids = candidates.next(size).stream().map(Key::id).toList();
      if (ids.isEmpty()) {
        break;
      }
      var meant = meant(asked, ids);
      ids.stream().filter(meant::contains).limit(most - confirmed.size()).forEach(confirmed::add);
    }
    return confirmed;
  }

  private Set<UUID> meant(Asked asked, List<UUID> ids) {
    return new HashSet<>(
        reached
            .within(
                asked.reach(),
                jdbc.sql(
                    "select c.id from contract c where c.id = any(cast(:ids as uuid[])) and "
                        + ContractReach.CONDITION
                        + asked.conditions().sql()))
            .params(asked.conditions().values())
            .param("ids", ids.toArray(UUID[]::new))
            .query(UUID.class)
            .list());
  }

  /**
   * The newest of what changed since it was packed, and of what somebody reaches outside of their
   * sections. Found before it is ordered: else PostgreSQL reads all contracts by age for a few.
   */
  private List<Key> unpacked(Asked asked, @Nullable Key before, int most) {
    var sql =
        "with other as materialized ("
            + LetterIndex.PENDING
            + (asked.reach().everywhere() ? "" : " union all " + ContractReach.ELSEWHERE)
            + """
            ), meant as materialized (
              select c.created_at, c.id
                from (select distinct contract_id from other) o
                join contract c on c.id = o.contract_id
               where\
            """
            + ContractReach.CONDITION
            + asked.conditions().sql()
            + (before == null ? "" : " and (c.created_at, c.id) < (:createdAt, :id)")
            + ") select created_at, id from meant order by created_at desc, id desc limit :limit";
    var statement =
        reached
            .within(asked.reach(), jdbc.sql(sql))
            .params(asked.conditions().values())
            .param("limit", most);
    if (before != null) {
      statement =
          statement.param("createdAt", Timestamp.from(before.createdAt())).param("id", before.id());
    }
    return statement
        .query((row, _) ->
            new Key(row.getTimestamp("created_at").toInstant(), row.getObject("id", UUID.class)))
        .list();
  }
}
