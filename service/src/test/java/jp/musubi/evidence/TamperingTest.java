package jp.musubi.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.operations.Auditor;
import jp.musubi.operations.Violation;
import jp.musubi.platform.Tenancy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Whoever owns the tables, without triggers and row-level security, against {@code audit}. */
@ServiceTest
@Tag("slow")
@DisplayName("監査記録の改ざんは")
class TamperingTest {
  private static final long SEED = 20_260_401;
  private static final int ROUNDS = 56;
  private static final int ENTRIES = 30;

  @Autowired AccessRecord record;
  @Autowired Anchors anchors;
  @Autowired Auditor auditor;

  private TestBody body;
  private TestBody other;

  private enum Way {
    EDIT_COLUMN,
    EDIT_TEXT,
    EDIT_BOTH,
    EDIT_AND_HASH,
    DELETE,
    DELETE_AND_RENUMBER,
    SWAP,
    CUT_TAIL,
    CUT_TAIL_AND_HEAD,
    CUT_ALL,
    INSERT,
    APPEND_LINKED,
    FLIP_HASH,
    FLIP_PREVIOUS,
    FLIP_TEXT,
    FROM_OTHER_BODY,
    REWRITE_FROM_THE_MIDDLE,
    DELETE_AND_REWRITE,
    MOVE_HEAD
  }

  /** A row with everything in it open to change. */
  private static final class Row {
    long seq;
    Instant at;
    String kind;
    String actor;
    String name;
    String action;
    @Nullable UUID contract;
    @Nullable String ip;
    String entry;
    String previous;
    String hash;

    Row(java.sql.ResultSet from) throws SQLException {
      seq = from.getLong("seq");
      at = from.getTimestamp("at").toInstant();
      kind = from.getString("actor_kind");
      actor = from.getString("actor_id");
      name = from.getString("actor_name");
      action = from.getString("action");
      contract = from.getObject("contract_id", UUID.class);
      ip = from.getString("client_ip");
      entry = from.getString("entry");
      previous = from.getString("prev_hash");
      hash = from.getString("hash");
    }

    Row(Row other) {
      seq = other.seq;
      at = other.at;
      kind = other.kind;
      actor = other.actor;
      name = other.name;
      action = other.action;
      contract = other.contract;
      ip = other.ip;
      entry = other.entry;
      previous = other.previous;
      hash = other.hash;
    }

    String spelled(TestBody body) {
      return new ChainedEntry(
              body.id(),
              seq,
              at,
              new Actor(Actor.Kind.valueOf(kind), actor, name),
              action,
              contract,
              ip,
              new TreeMap<>(Map.of("n", "1")))
          .canonical();
    }
  }

  private record Chain(List<Row> rows, long headSeq, String headHash) {
    List<Row> copies() {
      return new ArrayList<>(rows.stream().map(Row::new).toList());
    }
  }

  private Connection owner;

  @AfterEach
  void close() throws SQLException {
    owner.close();
  }

  @BeforeEach
  void twoBodies() throws SQLException {
    owner = ServiceTest.RealParts.database().superuser();
    owner.setAutoCommit(false);
    body = withEntries();
    other = withEntries();
  }

  @Test
  @DisplayName("千通りを超える植えた改ざんを、一つ残らず見つける")
  void isFoundInEveryPlantedVariant() throws SQLException {
    Tenancy.in(body.id(), anchors::drop);
    assertThat(codes()).isEmpty();
    var random = new Random(SEED);
    whole = read(body);
    others = read(other);
    var missed = new ArrayList<String>();
    var variants = 0;
    for (var round = 0; round < ROUNDS; round++) {
      for (var way : Way.values()) {
        var changed = tamper(way, random);
        write(changed);
        variants++;
        if (!codes().contains("chain-broken")) {
          missed.add("%s in round %d of seed %d".formatted(way, round, SEED));
        }
        write(whole);
      }
    }
    // The figure that the papers quote.
    System.out.printf("measured: tampering, %d variants, %d missed%n", variants, missed.size());
    assertThat(missed).isEmpty();
    assertThat(variants).isGreaterThanOrEqualTo(1000);
    assertThat(codes()).isEmpty();
  }

  @Test
  @DisplayName("最後の錨より後ろだけは、次の錨まで見つからない")
  void isHiddenOnlyBehindTheLastAnchor() throws SQLException {
    Tenancy.in(body.id(), anchors::drop);
    look(body, 99);
    var long1 = read(body);
    var cut =
        new Chain(long1.rows().subList(0, ENTRIES), ENTRIES, long1.rows().get(ENTRIES - 1).hash);
    write(cut);
    assertThat(codes()).isEmpty();
    write(long1);
    Tenancy.in(body.id(), anchors::drop);
    write(cut);
    assertThat(codes()).containsExactly("chain-broken");
  }

  private Chain whole = new Chain(List.of(), 0, "");
  private Chain others = whole;

  private Chain tamper(Way way, Random random) {
    var rows = whole.copies();
    var at = random.nextInt(rows.size());
    var row = rows.get(at);
    var head = whole.headSeq();
    var hash = whole.headHash();
    switch (way) {
      case EDIT_COLUMN -> editColumn(row, random);
      case EDIT_TEXT -> row.entry = row.entry.replace("contract.viewed", "contract.agreed");
      case EDIT_BOTH -> {
        row.name = "偽田 花子";
        row.entry = row.spelled(body);
      }
      case EDIT_AND_HASH -> {
        row.name = "偽田 花子";
        row.entry = row.spelled(body);
        row.hash = ChainedEntry.hash(row.entry, row.previous);
      }
      case DELETE -> rows.remove(at);
      case DELETE_AND_RENUMBER -> {
        rows.remove(at);
        renumber(rows);
        head--;
      }
      case SWAP -> {
        var with = rows.get((at + 1 + random.nextInt(rows.size() - 1)) % rows.size());
        var seq = row.seq;
        row.seq = with.seq;
        with.seq = seq;
      }
      case CUT_TAIL -> rows.subList(at, rows.size()).clear();
      case CUT_TAIL_AND_HEAD -> {
        rows.subList(at, rows.size()).clear();
        head = rows.size();
        hash = rows.isEmpty() ? ChainedEntry.START : rows.getLast().hash;
      }
      case CUT_ALL -> {
        rows.clear();
        head = 0;
        hash = ChainedEntry.START;
      }
      case INSERT -> {
        var forged = new Row(whole.rows().get(at));
        rows.add(at, forged);
        renumber(rows);
        head++;
      }
      case APPEND_LINKED -> {
        var forged = new Row(whole.rows().getLast());
        forged.seq++;
        forged.entry = forged.spelled(body);
        forged.previous = hash;
        forged.hash = ChainedEntry.hash(forged.entry, hash);
        rows.add(forged);
      }
      case FLIP_HASH -> row.hash = flipped(row.hash, random);
      case FLIP_PREVIOUS -> row.previous = flipped(row.previous, random);
      case FLIP_TEXT -> {
        var place = random.nextInt(row.entry.length());
        var letter = (char) (row.entry.charAt(place) ^ (1 << random.nextInt(5)));
        // PostgreSQL keeps neither NUL nor half a character; both are no text to begin with.
        row.entry =
            letter == 0
                ? row.entry + " "
                : row.entry.substring(0, place) + letter + row.entry.substring(place + 1);
      }
      case FROM_OTHER_BODY -> rows.set(at, new Row(others.rows().get(at)));
      case REWRITE_FROM_THE_MIDDLE -> {
        row.action = "contract.agreed";
        hash = rewrite(rows, at);
      }
      case DELETE_AND_REWRITE -> {
        rows.remove(at);
        renumber(rows);
        hash = rewrite(rows, 0);
        head = rows.size();
      }
      case MOVE_HEAD -> {
        head += random.nextBoolean() ? 1 : -1;
      }
    }
    return new Chain(rows, head, hash);
  }

  private static void editColumn(Row row, Random random) {
    switch (random.nextInt(9)) {
      case 0 -> row.at = row.at.plusSeconds(1);
      case 1 -> row.kind = "SERVICE";
      case 2 -> row.actor = "2";
      case 3 -> row.name = "偽田 花子";
      case 4 -> row.action = "contract.agreed";
      case 5 -> row.contract = UUID.randomUUID();
      case 6 -> row.ip = "198.51.100.7";
      case 7 -> row.ip = null;
      default -> row.seq += 1000;
    }
  }

  /** Spells and links everything anew, as somebody with the rule in hand would. */
  private String rewrite(List<Row> rows, int from) {
    var previous = from == 0 ? ChainedEntry.START : rows.get(from - 1).hash;
    for (var row : rows.subList(from, rows.size())) {
      row.entry = row.spelled(body);
      row.previous = previous;
      row.hash = ChainedEntry.hash(row.entry, previous);
      previous = row.hash;
    }
    return previous;
  }

  private static void renumber(List<Row> rows) {
    for (var i = 0; i < rows.size(); i++) {
      rows.get(i).seq = i + 1L;
    }
  }

  private static String flipped(String hex, Random random) {
    var place = random.nextInt(hex.length());
    var digit = Character.digit(hex.charAt(place), 16) ^ (1 << random.nextInt(4));
    return hex.substring(0, place) + Integer.toHexString(digit) + hex.substring(place + 1);
  }

  private List<String> codes() {
    return auditor.audit(body.id(), body.code()).stream().map(Violation::code).toList();
  }

  private TestBody withEntries() {
    var made = TestBody.create("-");
    for (var i = 0; i < ENTRIES; i++) {
      look(made, i);
    }
    return made;
  }

  private void look(TestBody at, int i) {
    Tenancy.in(
        at.id(),
        () -> {
          record.note(
              new Actor(Actor.Kind.STAFF, "1", "見本 花子 " + i),
              "contract.viewed",
              new UUID(0, i),
              "192.0.2." + i,
              Map.of("n", "1"));
          return true;
        });
  }

  private Chain read(TestBody at) throws SQLException {
    try (var entries =
            owner.prepareStatement("select * from audit_entry where tenant_id = ? order by seq");
        var head = owner.prepareStatement("select seq, hash from audit_head where tenant_id = ?")) {
      entries.setObject(1, at.id().value());
      head.setObject(1, at.id().value());
      var rows = new ArrayList<Row>();
      try (var all = entries.executeQuery();
          var end = head.executeQuery()) {
        while (all.next()) {
          rows.add(new Row(all));
        }
        end.next();
        return new Chain(rows, end.getLong(1), end.getString(2));
      }
    }
  }

  private void write(Chain chain) throws SQLException {
    try (var statement = owner.createStatement()) {
      statement.execute("set local session_replication_role = replica");
      statement.execute("delete from audit_entry where tenant_id = '" + body.id() + "'");
    }
    insert(chain.rows());
    try (var head =
        owner.prepareStatement("update audit_head set seq = ?, hash = ? where tenant_id = ?")) {
      head.setLong(1, chain.headSeq());
      head.setString(2, chain.headHash());
      head.setObject(3, body.id().value());
      head.execute();
    }
    owner.commit();
  }

  private void insert(List<Row> rows) throws SQLException {
    try (var insert =
        owner.prepareStatement(
            """
            insert into audit_entry (tenant_id, seq, at, actor_kind, actor_id, actor_name, action,
                                     contract_id, client_ip, entry, prev_hash, hash)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)) {
      for (var row : rows) {
        insert.setObject(1, body.id().value());
        insert.setLong(2, row.seq);
        insert.setTimestamp(3, Timestamp.from(row.at));
        insert.setString(4, row.kind);
        insert.setString(5, row.actor);
        insert.setString(6, row.name);
        insert.setString(7, row.action);
        insert.setObject(8, row.contract);
        insert.setString(9, row.ip);
        insert.setString(10, row.entry);
        insert.setString(11, row.previous);
        insert.setString(12, row.hash);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
