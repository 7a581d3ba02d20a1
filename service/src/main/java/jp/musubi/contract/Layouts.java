package jp.musubi.contract;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.seal.Sha256;
import jp.musubi.staff.StaffMember;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 体裁の確認 (C-05). Which of a draft's signed files were made from an office's documents, and whether
 * somebody has looked at what became of them.
 */
@Service
@Transactional
public class Layouts {
  private final JdbcClient jdbc;
  private final AuditTrail audit;
  private final Clock clock;

  Layouts(JdbcClient jdbc, AuditTrail audit, Clock clock) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * A file at which nobody has looked yet.
   *
   * @param madeFrom name of the office's document
   * @param attachment none for the contract's document
   */
  public record Unseen(Sha256 sha256, String madeFrom, int pages, Optional<UUID> attachment) {}

  /** Notes that a file was made from an office's document; nothing for any other. */
  void made(ContractId contract, Sha256 pdf, Optional<String> madeFrom) {
    madeFrom.ifPresent(name ->
        jdbc.sql(
                """
                insert into layout_check (contract_id, sha256, made_from, made_at)
                values (:contract, :pdf, :name, :now) on conflict do nothing
                """)
            .param("contract", contract.value())
            .param("pdf", pdf.hex())
            .param("name", name)
            .param("now", Timestamp.from(clock.instant()))
            .update());
  }

  /** A copy has the same files, and what was looked at of them. */
  void copy(ContractId from, ContractId to) {
    jdbc.sql(
            """
            insert into layout_check (contract_id, sha256, made_from, made_at, seen_at, seen_by)
            select :to, sha256, made_from, made_at, seen_at, seen_by
              from layout_check where contract_id = :from
            """)
        .param("from", from.value())
        .param("to", to.value())
        .update();
  }

  /** Those of a contract's files that will be sealed and were not looked at, in order. */
  @Transactional(readOnly = true)
  public List<Unseen> unseen(ContractId contract) {
    return jdbc.sql(
            """
            select l.sha256, l.made_from, f.pages, f.attachment
              from layout_check l
              join (select document_sha256 as sha256, coalesce(document_pages, pages) as pages,
                           cast(null as uuid) as attachment, -1 as ordinal
                      from contract where id = :contract
                    union all
                    select sha256, pages, id, ordinal from contract_attachment
                     where contract_id = :contract and role = 'SIGNED') f on f.sha256 = l.sha256
             where l.contract_id = :contract and l.seen_at is null
             order by f.ordinal
            """)
        .param("contract", contract.value())
        .query((row, _) ->
            new Unseen(
                Sha256.parse(row.getString("sha256")),
                row.getString("made_from"),
                row.getInt("pages"),
                Optional.ofNullable(row.getObject("attachment", UUID.class))))
        .list();
  }

  /** Somebody has looked at a file, and finds it as the document was. */
  public void seen(ContractId contract, Sha256 pdf, StaffMember clerk, String clientIp) {
    var changed =
        jdbc.sql(
                """
                update layout_check set seen_at = :now, seen_by = :clerk
                 where contract_id = :contract and sha256 = :pdf and seen_at is null
                """)
            .param("contract", contract.value())
            .param("pdf", pdf.hex())
            .param("clerk", clerk.id())
            .param("now", Timestamp.from(clock.instant()))
            .update();
    if (changed > 0) {
      audit.record(
          clerk.actor(),
          "contract.layout-seen",
          contract.value(),
          clientIp,
          Map.of("document", pdf.hex()));
    }
  }
}
