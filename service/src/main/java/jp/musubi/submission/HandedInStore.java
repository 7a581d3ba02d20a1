package jp.musubi.submission;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.seal.Sha256;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** 提出されたファイル of the current body, as rows. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class HandedInStore {
  private final JdbcClient jdbc;

  HandedInStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Where a file came from, beside who is named in it. */
  record From(String clientIp, String userAgent) {}

  /** What was handed in for any document of a call, newest first. */
  List<HandedIn> of(UUID call) {
    return jdbc.sql(
            """
            select f.* from submission_file f
              join submission_wanted w on w.tenant_id = f.tenant_id and w.id = f.wanted_id
             where w.call_id = :call order by f.handed_in_at desc, f.id
            """)
        .param("call", call)
        .query((row, _) -> file(row))
        .list();
  }

  void insert(HandedIn file, From from) {
    jdbc.sql(
            """
            insert into submission_file (id, wanted_id, name, media_type, bytes, pages, sha256,
                                         handed_in_by, mail, handed_in_at, client_ip, user_agent)
            values (:id, :wanted, :name, :type, :bytes, :pages, :sha256, :by, :mail, :at, :ip,
                    :agent)
            """)
        .param("id", file.id())
        .param("wanted", file.wanted())
        .param("name", file.name())
        .param("type", file.mediaType())
        .param("bytes", file.bytes())
        .param("pages", file.pages())
        .param("sha256", file.sha256().hex())
        .param("by", file.by())
        .param("mail", file.mail())
        .param("at", Timestamp.from(file.at()))
        .param("ip", from.clientIp())
        .param("agent", from.userAgent())
        .update();
  }

  /** Another stands in its place; nobody has done anything with it. */
  void replaced(UUID file, Instant now) {
    jdbc.sql("update submission_file set replaced_at = :now, given_up_at = :now where id = :id")
        .param("now", Timestamp.from(now))
        .param("id", file)
        .update();
  }

  void returned(UUID file, String reason, Instant now) {
    jdbc.sql("update submission_file set returned_at = :now, reason = :reason where id = :id")
        .param("now", Timestamp.from(now))
        .param("reason", reason)
        .param("id", file)
        .update();
  }

  /** Takes it; false when it does not stand any more, or was taken already. */
  boolean accepted(UUID file, HandedIn.As as, UUID clerk, Instant now) {
    return jdbc.sql(
                """
                update submission_file
                   set accepted_at = :now, accepted_by = :clerk, accepted_as = :as
                 where id = :id and accepted_at is null and replaced_at is null
                   and returned_at is null
                """)
            .param("now", Timestamp.from(now))
            .param("clerk", clerk)
            .param("as", as.name())
            .param("id", file)
            .update()
        == 1;
  }

  /** Files with which nothing will be done, as far as their bytes are there. */
  List<Sha256> erasable() {
    return jdbc.sql(
            """
            select distinct f.sha256 from submission_file f
              join vault_object o on o.tenant_id = f.tenant_id and o.sha256 = f.sha256
             where f.given_up_at is not null and o.erased_at is null
               and not object_needed(f.tenant_id, f.sha256)
            """)
        .query((row, _) -> Sha256.parse(row.getString(1)))
        .list();
  }

  private static HandedIn file(ResultSet row) throws SQLException {
    return new HandedIn(
        row.getObject("id", UUID.class),
        row.getObject("wanted_id", UUID.class),
        row.getString("name"),
        row.getString("media_type"),
        row.getLong("bytes"),
        row.getInt("pages"),
        Sha256.parse(row.getString("sha256")),
        row.getString("handed_in_by"),
        row.getString("mail"),
        row.getTimestamp("handed_in_at").toInstant(),
        Optional.ofNullable(row.getTimestamp("replaced_at")).map(Timestamp::toInstant),
        Optional.ofNullable(row.getTimestamp("returned_at")).map(Timestamp::toInstant),
        row.getString("reason"),
        Optional.ofNullable(row.getTimestamp("accepted_at")).map(Timestamp::toInstant),
        Optional.ofNullable(row.getObject("accepted_by", UUID.class)),
        Optional.ofNullable(row.getString("accepted_as")).map(HandedIn.As::valueOf));
  }
}
