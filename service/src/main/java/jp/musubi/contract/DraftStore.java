package jp.musubi.contract;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import jp.musubi.platform.ConcurrentChange;
import jp.musubi.platform.NotFound;
import jp.musubi.seal.Sha256;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Writes 下書き of the current body. Every write insists that the contract still is one. */
@Repository
class DraftStore {
  /** Writes a party, over the one that stood at its place. */
  static final String PARTY =
      """
      insert into party (id, contract_id, ordinal, turn, kind, capacity, venture,
                         organisation, title, name, mail, staff_id, identification, phone,
                         own_signature)
      values (:id, :contract, :ordinal, :turn, :kind, :capacity, :venture,
              :organisation, :title, :name, :mail, :staff, :identification, :phone, :own)
      on conflict (tenant_id, contract_id, ordinal) do update
         set turn = excluded.turn, kind = excluded.kind, capacity = excluded.capacity,
             venture = excluded.venture, organisation = excluded.organisation,
             title = excluded.title, name = excluded.name, mail = excluded.mail,
             staff_id = excluded.staff_id,
             identification = excluded.identification, phone = excluded.phone,
             own_signature = excluded.own_signature
      """;

  private final JdbcClient jdbc;

  DraftStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A new draft's first row.
   *
   * @param title the file's name until the sender enters a better one
   */
  record Opening(
      ContractId id,
      String number,
      String title,
      UUID section,
      UUID clerk,
      String fileName,
      Sha256 document,
      int pages,
      Instant createdAt) {}

  void insert(Opening draft) {
    jdbc.sql(
            """
            insert into contract (id, number, state, title, section_id, clerk_id, file_name,
                                  document_sha256, pages, created_at)
            values (:id, :number, 'DRAFT', :title, :section, :clerk, :fileName,
                    :document, :pages, :createdAt)
            """)
        .param("id", draft.id().value())
        .param("number", draft.number())
        .param("title", draft.title())
        .param("section", draft.section())
        .param("clerk", draft.clerk())
        .param("fileName", draft.fileName())
        .param("document", draft.document().hex())
        .param("pages", draft.pages())
        .param("createdAt", Timestamp.from(draft.createdAt()))
        .update();
  }

  void setDocument(ContractId id, String fileName, Sha256 document, int pages) {
    touched(
        id,
        jdbc.sql(
                """
                update contract
                   set version = version + 1, file_name = :fileName, document_sha256 = :document,
                       prepared_sha256 = null, pages = :pages, document_pages = null
                 where id = :id and state = 'DRAFT'
                """)
            .param("fileName", fileName)
            .param("document", document.hex())
            .param("pages", pages)
            .param("id", id.value())
            .update());
  }

  /** Goes with the document; the version is the document's. */
  void setOriginal(ContractId id, Optional<Sha256> original) {
    jdbc.sql("update contract set original_sha256 = :original where id = :id and state = 'DRAFT'")
        .param("original", original.map(Sha256::hex).orElse(null), Types.CHAR)
        .param("id", id.value())
        .update();
  }

  Optional<Sha256> original(ContractId id) {
    return jdbc.sql(
            "select original_sha256 from contract where id = :id and original_sha256 is not null")
        .param("id", id.value())
        .query((row, _) -> Sha256.parse(row.getString("original_sha256")))
        .optional();
  }

  /** Settles the bytes; their pages where they are not the document's own. */
  void setPrepared(ContractId id, Sha256 prepared, OptionalInt pages) {
    touched(
        id,
        jdbc.sql(
                """
                update contract
                   set version = version + 1, prepared_sha256 = :prepared,
                       document_pages = case when :pages is null then document_pages
                                             else coalesce(document_pages, pages) end,
                       pages = coalesce(:pages, document_pages, pages)
                 where id = :id and state = 'DRAFT'
                """)
            .param("prepared", prepared.hex())
            .param("pages", pages.isPresent() ? pages.getAsInt() : null, Types.INTEGER)
            .param("id", id.value())
            .update());
  }

  /** What is part of the file has changed: what was prepared before is void. */
  void unsettle(ContractId id) {
    touched(
        id,
        jdbc.sql(
                """
                update contract
                   set version = version + 1, prepared_sha256 = null,
                       pages = coalesce(document_pages, pages)
                 where id = :id and state = 'DRAFT'
                """)
            .param("id", id.value())
            .update());
  }

  void setOffice(ContractId id, UUID office) {
    touched(
        id,
        jdbc.sql(
                """
                update contract set version = version + 1, office_id = :office
                 where id = :id and state = 'DRAFT'
                """)
            .param("office", office)
            .param("id", id.value())
            .update());
  }

  void setTerms(ContractId id, Terms terms) {
    touched(
        id,
        jdbc.sql(
                """
                update contract
                   set version = version + 1, title = :title, kind = :kind, amount = :amount,
                       contract_date = :contractDate, period_from = :from, period_until = :until,
                       deadline = :deadline, reading_years = :readingYears
                 where id = :id and state = 'DRAFT'
                """)
            .param("title", terms.title())
            .param("kind", terms.kind().name())
            .param(
                "amount",
                terms.amount().isPresent() ? terms.amount().getAsLong() : null,
                Types.BIGINT)
            .param("contractDate", terms.contractDate().orElse(null), Types.DATE)
            .param("from", terms.periodFrom().orElse(null), Types.DATE)
            .param("until", terms.periodUntil().orElse(null), Types.DATE)
            .param("deadline", Timestamp.from(terms.deadline()))
            .param("readingYears", terms.readingYears())
            .param("id", id.value())
            .update());
  }

  /** What an earlier contract was about; nothing of its time. */
  void copyTerms(ContractId from, ContractId to) {
    touched(
        to,
        jdbc.sql(
                """
                update contract n
                   set version = n.version + 1, title = o.title, kind = o.kind, amount = o.amount,
                       period_from = o.period_from, period_until = o.period_until,
                       reading_years = o.reading_years, renews = o.renews,
                       council_vote = o.council_vote, paper_by_law = o.paper_by_law
                  from contract o
                 where n.id = :to and n.state = 'DRAFT' and o.id = :from
                """)
            .param("to", to.value())
            .param("from", from.value())
            .update());
  }

  void setClauses(ContractId id, Clauses clauses) {
    touched(
        id,
        jdbc.sql(
                """
                update contract
                   set renews = :renews, council_vote = :vote, paper_by_law = :law
                 where id = :id and state = 'DRAFT'
                """)
            .param("renews", clauses.renews())
            .param("vote", clauses.councilVote())
            .param("law", clauses.byLaw().map(Enum::name).orElse(null), Types.VARCHAR)
            .param("id", id.value())
            .update());
  }

  /** Writes a party, over the one that stood at its place in the order if there was one. */
  void put(ContractId contract, Party party, Identification identification) {
    jdbc.sql(PARTY).paramSource(row(contract, party, identification)).update();
  }

  /** A party as {@link #PARTY} takes it. */
  static SqlParameterSource row(ContractId contract, Party party, Identification identification) {
    var capacity = party.capacity() == null ? null : party.capacity().name();
    return new MapSqlParameterSource()
        .addValue("id", party.id().value())
        .addValue("contract", contract.value())
        .addValue("ordinal", party.ordinal())
        .addValue("turn", party.turn())
        .addValue("kind", party.kind().name())
        .addValue("capacity", capacity, Types.VARCHAR)
        .addValue("venture", party.venture())
        .addValue("organisation", party.organisation())
        .addValue("title", party.title())
        .addValue("name", party.name())
        .addValue("mail", party.mail(), Types.VARCHAR)
        .addValue("staff", party.staffId(), Types.OTHER)
        .addValue("own", party.ownSignature())
        .addValue("identification", identification.way().name())
        .addValue(
            "phone",
            identification.phone().isEmpty() ? null : identification.phone(),
            Types.VARCHAR);
  }

  /** Takes away the parties from this place on: there were more of them before. */
  void removeFrom(ContractId contract, int ordinal) {
    jdbc.sql("delete from party where contract_id = :contract and ordinal >= :ordinal")
        .param("contract", contract.value())
        .param("ordinal", ordinal)
        .update();
  }

  /** How the party shows who it is. */
  Identification identification(PartyId party) {
    return jdbc.sql("select identification, coalesce(phone, '') as phone from party where id = :id")
        .param("id", party.value())
        .query((row, _) ->
            new Identification(
                Identification.Way.valueOf(row.getString("identification")),
                row.getString("phone")))
        .optional()
        .orElseThrow(() -> new NotFound("party " + party));
  }

  static void touched(ContractId id, int rows) {
    switch (rows) {
      case 1 -> {}
      case 0 -> throw new ConcurrentChange("contract " + id + " is no draft");
      default -> throw new IllegalStateException("primary key matched " + rows + " rows");
    }
  }
}
