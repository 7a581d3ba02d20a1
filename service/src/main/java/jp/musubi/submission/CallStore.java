package jp.musubi.submission;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Reach;
import jp.musubi.contract.ContractId;
import jp.musubi.seal.Sha256;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** 提出の依頼 of the current body, as rows: whom, for what, and the links. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class CallStore {
  private final JdbcClient jdbc;

  CallStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insert(Call call) {
    jdbc.sql(
            """
            insert into submission_call (id, contract_id, place, title, organisation, name, mail,
                                         section_id, clerk_id, made_at)
            values (:id, :contract, :place, :title, :organisation, :name, :mail, :section, :clerk,
                    :now)
            """)
        .param("id", call.id())
        .param("contract", call.contract().map(ContractId::value).orElse(null), Types.OTHER)
        .param("place", call.place())
        .param("title", call.title())
        .param("organisation", call.organisation())
        .param("name", call.name())
        .param("mail", call.mail())
        .param("section", call.section())
        .param("clerk", call.clerk())
        .param("now", Timestamp.from(call.madeAt()))
        .update();
  }

  Optional<Call> find(UUID id) {
    return jdbc.sql("select * from submission_call where id = :id")
        .param("id", id)
        .query((row, _) -> call(row))
        .optional();
  }

  /** One, nobody else changing it until the transaction ends. */
  Optional<Call> lock(UUID id) {
    return jdbc.sql("select * from submission_call where id = :id for update")
        .param("id", id)
        .query((row, _) -> call(row))
        .optional();
  }

  /** Those of a contract, by place. */
  List<Call> of(ContractId contract) {
    return jdbc.sql("select * from submission_call where contract_id = :contract order by place")
        .param("contract", contract.value())
        .query((row, _) -> call(row))
        .list();
  }

  /** Those of which no contract was made yet, within reach, newest first. */
  List<Call> waiting(Reach reach, LocalDate today, int most) {
    return jdbc.sql(
            """
            select * from submission_call
             where contract_id is null and ended_at is null
               and (:everywhere
                    or section_id in (
                         select * from sections_covered(cast(:roots as uuid[]), :today)))
             order by made_at desc, id limit :most
            """)
        .param("everywhere", reach.everywhere())
        .param("roots", reach.rootArray())
        .param("today", today)
        .param("most", most)
        .query((row, _) -> call(row))
        .list();
  }

  /** A contract was made of what came. */
  void became(UUID call, ContractId contract) {
    jdbc.sql("update submission_call set contract_id = :contract where id = :id")
        .param("contract", contract.value())
        .param("id", call)
        .update();
  }

  /** Nobody waits for it any more: whom it went to is taken out with it, and what came may go. */
  void end(UUID call, Instant now) {
    jdbc.sql(
            """
            update submission_call
               set ended_at = :now, organisation = '', name = '（取りやめ）', mail = ''
             where id = :id and contract_id is null and ended_at is null
            """)
        .param("now", Timestamp.from(now))
        .param("id", call)
        .update();
    jdbc.sql(
            """
            update submission_link set name = '（取りやめ）', mail = '',
                                       ended_at = coalesce(ended_at, :now)
             where call_id = :id
            """)
        .param("now", Timestamp.from(now))
        .param("id", call)
        .update();
    jdbc.sql(
            """
            update submission_file
               set given_up_at = coalesce(given_up_at, :now), handed_in_by = '（取りやめ）', mail = '',
                   client_ip = '', user_agent = ''
             where wanted_id in (select id from submission_wanted where call_id = :id)
            """)
        .param("now", Timestamp.from(now))
        .param("id", call)
        .update();
  }

  /** Those of which nothing became and whose last link has not worked since before. */
  List<UUID> forgotten(Instant before) {
    return jdbc.sql(
            """
            select c.id from submission_call c
             where c.contract_id is null and c.ended_at is null
               and c.made_at < :before
               and not exists (select from submission_link l
                                where l.tenant_id = c.tenant_id and l.call_id = c.id
                                  and l.expires_at >= :before)
            """)
        .param("before", Timestamp.from(before))
        .query((row, _) -> row.getObject(1, UUID.class))
        .list();
  }

  void insert(Wanted wanted, Instant now) {
    jdbc.sql(
            """
            insert into submission_wanted (id, call_id, ordinal, name, note, purpose, mandatory,
                                           due_on, made_at)
            values (:id, :call, :ordinal, :name, :note, :purpose, :mandatory, :due, :now)
            """)
        .param("id", wanted.id())
        .param("call", wanted.call())
        .param("ordinal", wanted.ordinal())
        .param("name", wanted.name())
        .param("note", wanted.note())
        .param("purpose", wanted.purpose().name())
        .param("mandatory", wanted.mandatory())
        .param("due", wanted.due().orElse(null), Types.DATE)
        .param("now", Timestamp.from(now))
        .update();
  }

  void remove(UUID wanted) {
    jdbc.sql("delete from submission_wanted where id = :id").param("id", wanted).update();
  }

  List<Wanted> wanted(UUID call) {
    return jdbc.sql("select * from submission_wanted where call_id = :call order by ordinal, id")
        .param("call", call)
        .query((row, _) ->
            new Wanted(
                row.getObject("id", UUID.class),
                call,
                row.getInt("ordinal"),
                row.getString("name"),
                row.getString("note"),
                Purpose.valueOf(row.getString("purpose")),
                row.getBoolean("mandatory"),
                Optional.ofNullable(row.getObject("due_on", LocalDate.class))))
        .list();
  }

  /** The newest way in; an earlier one is dead from now on. */
  void insert(CallLink link) {
    jdbc.sql(
            "update submission_link set ended_at = :now where call_id = :call and ended_at is null")
        .param("now", Timestamp.from(link.askedAt()))
        .param("call", link.call())
        .update();
    jdbc.sql(
            """
            insert into submission_link (id, call_id, name, mail, secret_hash, asked_at, expires_at)
            values (:id, :call, :name, :mail, :hash, :asked, :expires)
            """)
        .param("id", link.id())
        .param("call", link.call())
        .param("name", link.name())
        .param("mail", link.mail())
        .param("hash", link.secretHash().hex())
        .param("asked", Timestamp.from(link.askedAt()))
        .param("expires", Timestamp.from(link.expiresAt()))
        .update();
  }

  Optional<CallLink> link(UUID id) {
    return jdbc.sql("select * from submission_link where id = :id")
        .param("id", id)
        .query((row, _) -> link(row))
        .optional();
  }

  /** The one that no other has taken the place of. */
  Optional<CallLink> newest(UUID call) {
    return jdbc.sql("select * from submission_link where call_id = :call and ended_at is null")
        .param("call", call)
        .query((row, _) -> link(row))
        .optional();
  }

  private static CallLink link(ResultSet row) throws SQLException {
    return new CallLink(
        row.getObject("id", UUID.class),
        row.getObject("call_id", UUID.class),
        row.getString("name"),
        row.getString("mail"),
        Sha256.parse(row.getString("secret_hash")),
        row.getTimestamp("asked_at").toInstant(),
        row.getTimestamp("expires_at").toInstant(),
        Optional.ofNullable(row.getTimestamp("ended_at")).map(Timestamp::toInstant));
  }

  private static Call call(ResultSet row) throws SQLException {
    return new Call(
        row.getObject("id", UUID.class),
        Optional.ofNullable(row.getObject("contract_id", UUID.class)).map(ContractId::new),
        row.getInt("place"),
        row.getString("title"),
        row.getString("organisation"),
        row.getString("name"),
        row.getString("mail"),
        row.getObject("section_id", UUID.class),
        row.getObject("clerk_id", UUID.class),
        row.getTimestamp("made_at").toInstant(),
        Optional.ofNullable(row.getTimestamp("ended_at")).map(Timestamp::toInstant));
  }
}
