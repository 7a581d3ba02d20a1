package jp.musubi.contract;

import java.sql.Timestamp;
import java.util.UUID;
import jp.musubi.platform.NotFound;
import jp.musubi.seal.Sha256;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads and writes the attachments of the current body's contracts. */
@Repository
class AttachmentStore {
  private final JdbcClient jdbc;

  AttachmentStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The contract's set. */
  DocumentSet of(ContractId contract) {
    var pages =
        jdbc.sql("select coalesce(document_pages, pages) from contract where id = :contract")
            .param("contract", contract.value())
            .query(Integer.class)
            .optional()
            .orElseThrow(() -> new NotFound("contract " + contract));
    return new DocumentSet(
        pages,
        jdbc.sql(
                """
                select id, ordinal, kind, role, name, media_type, bytes, pages, sha256,
                       original_sha256, added_at
                  from contract_attachment where contract_id = :contract order by ordinal
                """)
            .param("contract", contract.value())
            .query((row, _) ->
                new Attachment(
                    row.getObject("id", UUID.class),
                    row.getInt("ordinal"),
                    Attachment.Kind.valueOf(row.getString("kind")),
                    Attachment.Role.valueOf(row.getString("role")),
                    row.getString("name"),
                    row.getString("media_type"),
                    row.getLong("bytes"),
                    row.getInt("pages"),
                    Sha256.parse(row.getString("sha256")),
                    Sha256.parse(row.getString("original_sha256")),
                    row.getTimestamp("added_at").toInstant()))
            .list());
  }

  /** Writes an attachment, over the one of that key if there is one. */
  void put(ContractId contract, Attachment attachment, UUID by) {
    jdbc.sql(
            """
            insert into contract_attachment (id, contract_id, ordinal, kind, role, name, media_type,
                                             bytes, pages, sha256, original_sha256, added_by,
                                             added_at)
            values (:id, :contract, :ordinal, :kind, :role, :name, :mediaType,
                    :bytes, :pages, :sha256, :original, :by, :at)
            on conflict (tenant_id, id) do update
               set ordinal = excluded.ordinal, kind = excluded.kind, role = excluded.role,
                   name = excluded.name, media_type = excluded.media_type, bytes = excluded.bytes,
                   pages = excluded.pages, sha256 = excluded.sha256,
                   original_sha256 = excluded.original_sha256, added_by = excluded.added_by,
                   added_at = excluded.added_at
            """)
        .param("id", attachment.id())
        .param("contract", contract.value())
        .param("ordinal", attachment.ordinal())
        .param("kind", attachment.kind().name())
        .param("role", attachment.role().name())
        .param("name", attachment.name())
        .param("mediaType", attachment.mediaType())
        .param("bytes", attachment.bytes())
        .param("pages", attachment.pages())
        .param("sha256", attachment.sha256().hex())
        .param("original", attachment.original().hex())
        .param("by", by)
        .param("at", Timestamp.from(attachment.addedAt()))
        .update();
  }

  void place(UUID attachment, int ordinal) {
    jdbc.sql("update contract_attachment set ordinal = :ordinal where id = :id")
        .param("ordinal", ordinal)
        .param("id", attachment)
        .update();
  }

  void remove(UUID attachment) {
    jdbc.sql("delete from contract_attachment where id = :id").param("id", attachment).update();
  }

  /** What is part of one contract becomes part of another; what is kept within the house stays. */
  void copy(ContractId from, ContractId to, UUID by) {
    jdbc.sql(
            """
            insert into contract_attachment (id, contract_id, ordinal, kind, role, name, media_type,
                                             bytes, pages, sha256, original_sha256, added_by,
                                             added_at)
            select gen_random_uuid(), :to, a.ordinal, a.kind, a.role, a.name, a.media_type,
                   a.bytes, a.pages, a.sha256, a.original_sha256, :by, n.created_at
              from contract_attachment a join contract n on n.id = :to
             where a.contract_id = :from and a.role <> 'INTERNAL'
            """)
        .param("from", from.value())
        .param("to", to.value())
        .param("by", by)
        .update();
  }
}
