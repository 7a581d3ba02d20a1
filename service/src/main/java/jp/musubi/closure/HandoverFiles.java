package jp.musubi.closure;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import jp.musubi.seal.Sha256;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * 引き継ぐファイル: every object of the current body whose bytes are kept, and what it is to which
 * contract.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class HandoverFiles {
  private static final int ROWS_AT_ONCE = 1000;

  private static final String USES =
      """
      select c.number, u.role, coalesce(u.name, c.file_name) as name, u.sha256
        from contract c
       cross join lateral (values ('DOCUMENT', null::text, c.document_sha256),
                                  ('ORIGINAL', null, c.original_sha256),
                                  ('PREPARED', null, c.prepared_sha256),
                                  ('FINAL', null, c.final_sha256),
                                  ('CERTIFICATE', null, c.certificate_sha256),
                                  ('CERTIFICATE_COPY', null, c.certificate_masked_sha256))
             u (role, name, sha256)
       where u.sha256 is not null
      union all
      select c.number, 'REVISION', c.file_name, r.sha256
        from revision r join contract c on c.tenant_id = r.tenant_id and c.id = r.contract_id
      union all
      select c.number, 'REVISION', c.file_name, o.sha256
        from own_signature o join contract c on c.tenant_id = o.tenant_id and c.id = o.contract_id
      union all
      select c.number, 'ATTACHMENT', a.name, u.sha256
        from contract_attachment a
        join contract c on c.tenant_id = a.tenant_id and c.id = a.contract_id
       cross join lateral (values (a.sha256), (a.original_sha256)) u (sha256)
      union all
      select coalesce(c.number, ''), 'SUBMISSION', f.name, f.sha256
        from submission_file f
        join submission_wanted w on w.tenant_id = f.tenant_id and w.id = f.wanted_id
        join submission_call s on s.tenant_id = w.tenant_id and s.id = w.call_id
        left join contract c on c.tenant_id = s.tenant_id and c.id = s.contract_id
      union all
      select c.number, 'RENEWED_' || p.file, c.file_name, p.sha256
        from protection p join contract c on c.tenant_id = p.tenant_id and c.id = p.contract_id
      union all
      select '', 'MANDATE', v.paper_name, v.sha256 from mandate_version v
      union all
      select '', 'TEMPLATE', t.file_name, u.sha256
        from template t
       cross join lateral (values (t.document_sha256), (t.original_sha256)) u (sha256)
       where u.sha256 is not null
      """;

  private final JdbcClient jdbc;

  HandoverFiles(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A file of the set.
   *
   * @param sealed whether it bears our seals, so that what a validation says of it goes along
   */
  record Kept(Sha256 sha256, long bytes, String mediaType, int part, boolean sealed) {
    /** Where it lies in its part. */
    String path() {
      var hex = sha256.hex();
      return "ファイル/" + hex.substring(0, 2) + "/" + hex + (isPdf() ? ".pdf" : ".bin");
    }

    boolean isPdf() {
      return mediaType.equals("application/pdf");
    }
  }

  /** What a file is to a contract; without a number it is a form's. */
  record Use(String number, String role, String name, String sha256) {}

  /** Puts down, for a set, which file is in which part. */
  void divide(UUID handover, long partSize) {
    jdbc.sql(
            """
            insert into handover_file (handover_id, sha256, bytes, part)
            select :id, sha256, bytes,
                   1 + floor((sum(bytes) over (order by sha256) - bytes) / :size)::int
              from vault_object where erased_at is null
            """)
        .param("id", handover)
        .param("size", partSize)
        .update();
  }

  /** The files of a set, in their order; of one part, or of all. */
  List<Kept> of(UUID handover, @Nullable Integer part) {
    return jdbc.sql(
            """
            select f.sha256, f.bytes, f.part, o.media_type,
                   exists (select from contract c where f.sha256 in (c.final_sha256, c.certificate_sha256,
                                                               c.certificate_masked_sha256)
                                                   -- What others made is not judged among ours.
                                                   and c.certificate_sha256 is not null)
                   or exists (select from protection p where p.sha256 = f.sha256) as sealed
              from handover_file f
              join vault_object o on o.tenant_id = f.tenant_id and o.sha256 = f.sha256
             where f.handover_id = :id and (cast(:part as int) is null or f.part = :part)
             order by f.sha256
            """)
        .param("id", handover)
        .param("part", part, java.sql.Types.INTEGER)
        .query((row, _) ->
            new Kept(
                Sha256.parse(row.getString("sha256")),
                row.getLong("bytes"),
                row.getString("media_type"),
                row.getInt("part"),
                row.getBoolean("sealed")))
        .list();
  }

  /** What each file is for; the stream is to be closed. */
  Stream<Use> uses() {
    return jdbc
        .sql("select * from (" + USES + ") u order by number, role, sha256")
        .withFetchSize(ROWS_AT_ONCE)
        .query((row, _) ->
            new Use(
                row.getString("number"),
                row.getString("role"),
                row.getString("name"),
                row.getString("sha256")))
        .stream();
  }
}
