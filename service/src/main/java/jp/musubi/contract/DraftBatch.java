package jp.musubi.contract;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.NotFound;
import jp.musubi.seal.Sha256;
import jp.musubi.staff.StaffMember;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * 下書きをまとめて作る. Many drafts of one clerk in one transaction, each as the four steps of 契約を作る leave
 * it: document, parties, terms, prepared file.
 */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class DraftBatch {
  private static final String DRAFT =
      """
      insert into contract (id, number, state, title, kind, amount, contract_date, period_from,
                            period_until, section_id, clerk_id, office_id, file_name,
                            document_sha256, prepared_sha256, original_sha256, pages, deadline,
                            reading_years, renews, council_vote, paper_by_law, created_at)
      values (:id, :number, 'DRAFT', :title, :kind, :amount, :contractDate, :from,
              :until, :section, :clerk, :office, :fileName,
              :document, :prepared, :original, :pages, :deadline,
              :readingYears, :renews, :vote, :law, :now)
      """;

  private final NamedParameterJdbcOperations batch;
  private final ContractStore contracts;
  private final Organisations organisations;
  private final AuditTrail audit;
  private final Clock clock;

  DraftBatch(
      NamedParameterJdbcOperations batch,
      ContractStore contracts,
      Organisations organisations,
      AuditTrail audit,
      Clock clock) {
    this.batch = batch;
    this.contracts = contracts;
    this.organisations = organisations;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * A draft to be.
   *
   * @param document as stored
   * @param prepared the same with one empty signature field a party, named as {@link
   *     SignatureFields} names them
   */
  public record Ready(
      Drafts.Document document, Sha256 prepared, Lineup lineup, Terms terms, Clauses clauses) {}

  /** The empty signature fields of a contract between a body and one counterparty. */
  public static List<String> fields() {
    return List.of(SignatureFields.of(0), SignatureFields.of(1), SignatureFields.of(2));
  }

  /**
   * Begins them all, in the order given.
   *
   * @param clientIp from where the clerk asked for it
   */
  public List<ContractId> begin(List<Ready> drafts, StaffMember clerk, String clientIp) {
    var now = clock.instant();
    var year = DocumentNumbers.fiscalYear(now);
    var body = organisations.body(clerk.tenant()).orElseThrow(() -> new NotFound("body"));
    var section =
        organisations.section(clerk.sectionId()).orElseThrow(() -> new NotFound("section"));
    var first = contracts.nextNumbers(year, drafts.size());
    var ids = new ArrayList<ContractId>();
    var rows = new ArrayList<SqlParameterSource>();
    var parties = new ArrayList<SqlParameterSource>();
    for (var draft : drafts) {
      var id = new ContractId(UUID.randomUUID());
      rows.add(row(id, DocumentNumbers.of(year, first + ids.size()), draft, clerk, now));
      for (var party : draft.lineup().parties(body, section, clerk)) {
        parties.add(DraftStore.row(id, party, draft.lineup().identification(party)));
      }
      ids.add(id);
    }
    batch.batchUpdate(DRAFT, rows.toArray(SqlParameterSource[]::new));
    batch.batchUpdate(DraftStore.PARTY, parties.toArray(SqlParameterSource[]::new));
    for (var i = 0; i < ids.size(); i++) {
      audit.record(
          clerk.actor(),
          "contract.drafted",
          ids.get(i).value(),
          clientIp,
          Map.of(
              "file",
              drafts.get(i).document().fileName(),
              "document",
              drafts.get(i).document().sha256().hex()));
    }
    return List.copyOf(ids);
  }

  private static SqlParameterSource row(
      ContractId id, String number, Ready draft, StaffMember clerk, Instant now) {
    var terms = draft.terms();
    return new MapSqlParameterSource()
        .addValue("id", id.value())
        .addValue("number", number)
        .addValue("title", terms.title())
        .addValue("kind", terms.kind().name())
        .addValue(
            "amount", terms.amount().isPresent() ? terms.amount().getAsLong() : null, Types.BIGINT)
        .addValue("contractDate", terms.contractDate().orElse(null), Types.DATE)
        .addValue("from", terms.periodFrom().orElse(null), Types.DATE)
        .addValue("until", terms.periodUntil().orElse(null), Types.DATE)
        .addValue("section", clerk.sectionId())
        .addValue("clerk", clerk.id())
        .addValue("office", draft.lineup().office().id())
        .addValue("fileName", draft.document().fileName())
        .addValue("document", draft.document().sha256().hex())
        .addValue("prepared", draft.prepared().hex())
        .addValue("original", draft.document().original().map(Sha256::hex).orElse(null), Types.CHAR)
        .addValue("pages", draft.document().pages())
        .addValue("deadline", Timestamp.from(terms.deadline()))
        .addValue("readingYears", terms.readingYears())
        .addValue("renews", draft.clauses().renews())
        .addValue("vote", draft.clauses().councilVote())
        .addValue("law", draft.clauses().byLaw().map(Enum::name).orElse(null), Types.VARCHAR)
        .addValue("now", Timestamp.from(now));
  }
}
