package jp.musubi.vault;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import jp.musubi.platform.secrets.BodyKeys;
import jp.musubi.seal.Sha256;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the database knows of the current body's objects; every call is in a transaction. */
final class ObjectRecords {
  private final JdbcClient jdbc;
  private final BodyKeys keys;
  private final Clock clock;

  ObjectRecords(JdbcClient jdbc, BodyKeys keys, Clock clock) {
    this.jdbc = jdbc;
    this.keys = keys;
    this.clock = clock;
  }

  /** The form in which an object lies; empty if the body has no such object, or none any more. */
  Optional<ObjectForm> form(Sha256 digest) {
    return form(
        digest, "select key_number from vault_object where sha256 = :sha256 and erased_at is null");
  }

  /** The form in which an object lay when it was erased; empty of every other. */
  Optional<ObjectForm> erasedForm(Sha256 digest) {
    return form(
        digest,
        "select key_number from vault_object where sha256 = :sha256 and erased_at is not null");
  }

  private Optional<ObjectForm> form(Sha256 digest, String sql) {
    return jdbc.sql(sql)
        .param("sha256", digest.hex())
        .query(Integer.class)
        .optional()
        .map(this::form);
  }

  /** The form that a key's number, or its absence, stands for. */
  ObjectForm form(int keyNumber) {
    return keyNumber == ObjectForm.Plain.NO_KEY
        ? new ObjectForm.Plain()
        : new ObjectForm.Encrypted(keys.fileKey(keyNumber));
  }

  /** The form in which objects are stored from now on. */
  ObjectForm newest() {
    return new ObjectForm.Encrypted(keys.newestFileKey());
  }

  /** Whether the body has stored anything. */
  boolean any() {
    return jdbc.sql("select exists (select from vault_object where erased_at is null)")
        .query(Boolean.class)
        .single();
  }

  /** Records an object, unless it is recorded. */
  void add(Sha256 digest, long bytes, String mediaType, ObjectForm form) {
    jdbc.sql(
            """
            insert into vault_object (sha256, bytes, media_type, stored_at, key_number)
            values (:sha256, :bytes, :mediaType, :now, :key)
            on conflict (tenant_id, sha256) do nothing
            """)
        .param("sha256", digest.hex())
        .param("bytes", bytes)
        .param("mediaType", mediaType)
        .param("now", Timestamp.from(clock.instant()))
        .param("key", form.keyNumber())
        .update();
  }

  /** Objects in another form than {@code form}, or whose former file may still be there. */
  List<Sha256> behind(ObjectForm form, String after, int most) {
    return jdbc.sql(
            """
            select sha256 from vault_object
             where (key_number <> :key or former_key_number is not null) and sha256 > :after
               and erased_at is null
             order by sha256 limit :most
            """)
        .param("key", form.keyNumber())
        .param("after", after)
        .param("most", most)
        .query((row, _) -> Sha256.parse(row.getString("sha256")))
        .list();
  }

  /** The form whose file is still to be removed. */
  OptionalInt formerKey(Sha256 digest) {
    return jdbc.sql("select former_key_number from vault_object where sha256 = :sha256")
        .param("sha256", digest.hex())
        .query((row, _) -> Optional.ofNullable(row.getObject(1, Integer.class)))
        .optional()
        .flatMap(number -> number)
        .map(OptionalInt::of)
        .orElseGet(OptionalInt::empty);
  }

  /** From now on the object is read in its new form; false if somebody else was faster. */
  boolean moved(Sha256 digest, ObjectForm from, ObjectForm to) {
    return jdbc.sql(
                """
                update vault_object set key_number = :to, former_key_number = :from
                 where sha256 = :sha256 and key_number = :from and former_key_number is null
                   and erased_at is null
                """)
            .param("sha256", digest.hex())
            .param("from", from.keyNumber())
            .param("to", to.keyNumber())
            .update()
        == 1;
  }

  /** Whether an object is there, and nobody takes it away before the caller's transaction ends. */
  boolean held(Sha256 digest) {
    return jdbc.sql(
            "select 1 from vault_object where sha256 = :sha256 and erased_at is null for key share")
        .param("sha256", digest.hex())
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  /**
   * Nobody else erases an object, brings it back or begins to need it until the transaction ends.
   */
  void lock(Sha256 digest) {
    jdbc.sql("select 1 from vault_object where sha256 = :sha256 for update")
        .param("sha256", digest.hex())
        .query(Integer.class)
        .optional();
  }

  /** From now on nobody reads the object; false if something still needs it. */
  boolean erase(Sha256 digest) {
    return jdbc.sql(
                """
                update vault_object set erased_at = coalesce(erased_at, :now)
                 where sha256 = :sha256 and not object_needed(tenant_id, sha256)
                """)
            .param("now", Timestamp.from(clock.instant()))
            .param("sha256", digest.hex())
            .update()
        == 1;
  }

  /** The bytes of an erased object are there again, under another key. */
  void revive(Sha256 digest, ObjectForm form) {
    jdbc.sql(
            """
            update vault_object
               set erased_at = null, key_number = :key, former_key_number = null, stored_at = :now
             where sha256 = :sha256
            """)
        .param("key", form.keyNumber())
        .param("now", Timestamp.from(clock.instant()))
        .param("sha256", digest.hex())
        .update();
  }

  /** The former file is gone. */
  void formerRemoved(Sha256 digest) {
    jdbc.sql("update vault_object set former_key_number = null where sha256 = :sha256")
        .param("sha256", digest.hex())
        .update();
  }
}
