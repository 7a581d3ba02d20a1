package jp.musubi.vault;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import jp.musubi.seal.Sha256;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the database knows of copies, rounds and findings; every call is in a transaction. */
final class CareRecords {
  private final JdbcClient jdbc;
  private final Clock clock;

  CareRecords(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** An object that is to be looked at. */
  record Due(Sha256 digest, long bytes) {}

  /**
   * Under which key the second copy lies; empty if there is none yet, or none since the object was
   * erased and came back.
   */
  OptionalInt copyKey(Sha256 digest) {
    return jdbc.sql(
            """
            select c.key_number from object_copy c
              join vault_object o on o.tenant_id = c.tenant_id and o.sha256 = c.sha256
             where c.sha256 = :sha256 and c.copied_at >= o.stored_at
            """)
        .param("sha256", digest.hex())
        .query(Integer.class)
        .optional()
        .map(OptionalInt::of)
        .orElseGet(OptionalInt::empty);
  }

  /** Objects whose copy is not there or lies under another key; plain ones are encrypted first. */
  List<Due> uncopied(String after, int most) {
    return jdbc.sql(
            """
            select o.sha256, o.bytes
              from vault_object o
              left join object_copy c on c.tenant_id = o.tenant_id and c.sha256 = o.sha256
             where o.key_number > 0
               and (o.key_number is distinct from c.key_number or c.copied_at < o.stored_at)
               and o.erased_at is null
               and o.sha256 > :after
             order by o.sha256 limit :most
            """)
        .param("after", after)
        .param("most", most)
        .query((row, _) -> due(row))
        .list();
  }

  void copied(Sha256 digest, ObjectForm form) {
    jdbc.sql(
            """
            insert into object_copy (sha256, key_number, copied_at) values (:sha256, :key, :now)
            on conflict (tenant_id, sha256)
              do update set key_number = excluded.key_number, copied_at = excluded.copied_at
            """)
        .param("sha256", digest.hex())
        .param("key", form.keyNumber())
        .param("now", now())
        .update();
  }

  /** Whether an object was stored so long ago that its copy should be there. */
  boolean storedBefore(Sha256 digest, Duration ago) {
    return jdbc.sql("select stored_at < :then from vault_object where sha256 = :sha256")
        .param("sha256", digest.hex())
        .param("then", Timestamp.from(clock.instant().minus(ago)))
        .query(Boolean.class)
        .single();
  }

  /**
   * After which object the round goes on, one that is due being begun; empty when none is due. What
   * was just stored was read back, so that a body's first round has time, too.
   */
  Optional<String> round(Duration interval) {
    var due = Timestamp.from(clock.instant().minus(interval));
    jdbc.sql(
            """
            insert into object_round (began_at, reached, objects, bytes)
            select :now, '', 0, 0 where exists (select from vault_object where stored_at <= :due and erased_at is null)
            on conflict (tenant_id) do update
               set began_at = excluded.began_at, ended_at = null, reached = '', objects = 0, bytes = 0
             where object_round.ended_at is not null and object_round.began_at <= :due
            """)
        .param("now", now())
        .param("due", due)
        .update();
    return jdbc.sql("select reached from object_round where ended_at is null")
        .query(String.class)
        .optional();
  }

  List<Due> objectsAfter(String reached, int most) {
    return jdbc.sql(
            "select sha256, bytes from vault_object where sha256 > :reached and erased_at is null"
                + " order by sha256 limit :most")
        .param("reached", reached)
        .param("most", most)
        .query((row, _) -> due(row))
        .list();
  }

  void reached(Due object) {
    jdbc.sql(
            "update object_round set reached = :sha256, objects = objects + 1,"
                + " bytes = bytes + :bytes")
        .param("sha256", object.digest().hex())
        .param("bytes", object.bytes())
        .update();
  }

  void roundEnded() {
    jdbc.sql("update object_round set ended_at = :now").param("now", now()).update();
  }

  /** Keeps a finding, unless the same trouble is known. */
  void found(Sha256 digest, Finding.Store store, Condition condition, Finding.FoundBy by) {
    jdbc.sql(
            """
            insert into object_finding (id, sha256, store, condition, found_by, found_at)
            values (:id, :sha256, :store, :condition, :by, :now)
            on conflict (tenant_id, sha256, store) where repaired_at is null do nothing
            """)
        .param("id", UUID.randomUUID())
        .param("sha256", digest.hex())
        .param("store", store.name())
        .param("condition", condition.name())
        .param("by", by.name())
        .param("now", now())
        .update();
  }

  /** What is not repaired, the oldest first. */
  List<Finding> open() {
    return jdbc.sql(
            """
            select f.* from object_finding f
              join vault_object o on o.tenant_id = f.tenant_id and o.sha256 = f.sha256
             where f.repaired_at is null and o.erased_at is null order by f.found_at, f.id
            """)
        .query((row, _) ->
            new Finding(
                row.getObject("id", UUID.class),
                Sha256.parse(row.getString("sha256")),
                Finding.Store.valueOf(row.getString("store")),
                Condition.valueOf(row.getString("condition")),
                Finding.FoundBy.valueOf(row.getString("found_by")),
                row.getTimestamp("found_at").toInstant(),
                row.getTimestamp("told_at") != null))
        .list();
  }

  void told(Finding finding) {
    jdbc.sql("update object_finding set told_at = :now where id = :id")
        .param("now", now())
        .param("id", finding.id())
        .update();
  }

  void repaired(Finding finding) {
    jdbc.sql("update object_finding set repaired_at = :now where id = :id")
        .param("now", now())
        .param("id", finding.id())
        .update();
  }

  /** How it stands, in numbers. */
  Standing standing() {
    return jdbc.sql(
            """
            select o.objects, o.bytes, o.uncopied, f.open, f.repaired,
                   r.began_at, r.ended_at, coalesce(r.objects, 0) as looked_at
              from (select count(*) as objects, coalesce(sum(v.bytes), 0) as bytes,
                           count(*) filter (where c.sha256 is null
                                              or c.copied_at < v.stored_at) as uncopied
                      from vault_object v
                      left join object_copy c on c.tenant_id = v.tenant_id and c.sha256 = v.sha256
                     where v.erased_at is null) o
              cross join (select count(*) filter (where repaired_at is null
                                                  and e.erased_at is null) as open,
                                 count(*) filter (where repaired_at is not null) as repaired
                            from object_finding g
                            join vault_object e
                              on e.tenant_id = g.tenant_id and e.sha256 = g.sha256) f
              left join object_round r on true
            """)
        .query((row, _) ->
            new Standing(
                row.getLong("objects"),
                row.getLong("bytes"),
                row.getLong("uncopied"),
                row.getLong("open"),
                row.getLong("repaired"),
                Optional.ofNullable(row.getTimestamp("began_at")).map(Timestamp::toInstant),
                Optional.ofNullable(row.getTimestamp("ended_at")).map(Timestamp::toInstant),
                row.getLong("looked_at")))
        .single();
  }

  /** How much came and went since then. */
  Growth growth(Instant since) {
    return jdbc.sql(
            """
            select coalesce(sum(bytes) filter (where stored_at >= :since), 0) as stored,
                   coalesce(sum(bytes) filter (where erased_at >= :since), 0) as erased,
                   min(stored_at) as first
              from vault_object
            """)
        .param("since", Timestamp.from(since))
        .query((row, _) ->
            new Growth(
                row.getLong("stored"),
                row.getLong("erased"),
                Optional.ofNullable(row.getTimestamp("first")).map(Timestamp::toInstant)))
        .single();
  }

  private Timestamp now() {
    return Timestamp.from(clock.instant());
  }

  private static Due due(ResultSet row) throws SQLException {
    return new Due(Sha256.parse(row.getString("sha256")), row.getLong("bytes"));
  }
}
