package jp.musubi.contract;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.seal.Sha256;
import jp.musubi.staff.StaffMember;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * 他社サービスで締結した契約の登録. The contract begins where others end: it is concluded, with the file that was
 * received, and from then on nothing of it changes any more.
 */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class ElsewhereContracts {
  private final JdbcClient jdbc;
  private final ContractStore contracts;
  private final AuditTrail audit;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  ElsewhereContracts(
      JdbcClient jdbc,
      ContractStore contracts,
      AuditTrail audit,
      ApplicationEventPublisher events,
      Clock clock) {
    this.jdbc = jdbc;
    this.contracts = contracts;
    this.audit = audit;
    this.events = events;
    this.clock = clock;
  }

  /**
   * The file as it was received; it lies in the vault.
   *
   * @param fileName a name only, never a path
   */
  public record Received(Sha256 file, String fileName, int pages) {}

  /**
   * What the register is to know of it.
   *
   * @param concludedAt the proven time of the last signature, or the beginning of the day it was
   * @param counterparties in the order they are named; at least one
   */
  public record Told(
      String title,
      ContractKind kind,
      OptionalLong amount,
      Optional<LocalDate> contractDate,
      Optional<LocalDate> periodFrom,
      Optional<LocalDate> periodUntil,
      Instant concludedAt,
      List<Counterpart> counterparties) {
    /** Keeps its own copy. */
    public Told {
      counterparties = List.copyOf(counterparties);
    }
  }

  /** With whom: the organisation, and who signed for it as far as that is known. */
  public record Counterpart(String organisation, String name) {}

  /**
   * Registers it, in the caller's transaction and the clerk's own section.
   *
   * @param details what the record is to say beside the file's digest
   * @throws StepRefused if it is said to be concluded in the future
   */
  public ContractId register(
      Received received,
      Told told,
      Map<String, String> details,
      StaffMember clerk,
      String clientIp) {
    var now = clock.instant();
    var id = new ContractId(UUID.randomUUID());
    var decision = Contract.Elsewhere.register(id, told.concludedAt(), received.file(), now);
    if (decision instanceof Decision.Refused(var refusal)) {
      throw new StepRefused(refusal);
    }
    var year = DocumentNumbers.fiscalYear(now);
    var number = DocumentNumbers.of(year, contracts.nextNumber(year));
    insert(id, number, received, told, clerk, now);
    for (var i = 0; i < told.counterparties().size(); i++) {
      insert(id, i + 1, told.counterparties().get(i));
    }
    var said = new TreeMap<>(details);
    said.put("document", received.file().hex());
    said.put("file", received.fileName());
    audit.record(
        clerk.actor(), "contract.registered-elsewhere", id.value(), clientIp, Map.copyOf(said));
    events.publishEvent(new RegisteredElsewhere(id));
    return id;
  }

  private void insert(
      ContractId id, String number, Received received, Told told, StaffMember clerk, Instant now) {
    jdbc.sql(
            """
            insert into contract (id, number, state, title, kind, amount, contract_date, period_from,
                                  period_until, section_id, clerk_id, file_name, document_sha256,
                                  original_sha256, final_sha256, pages, created_at, concluded_at)
            values (:id, :number, 'ELSEWHERE', :title, :kind, :amount, :contractDate, :from, :until,
                    :section, :clerk, :fileName, :file, :file, :file, :pages, :now, :concludedAt)
            """)
        .param("id", id.value())
        .param("number", number)
        .param("title", told.title())
        .param("kind", told.kind().name())
        .param("amount", told.amount().isPresent() ? told.amount().getAsLong() : null, Types.BIGINT)
        .param("contractDate", told.contractDate().orElse(null), Types.DATE)
        .param("from", told.periodFrom().orElse(null), Types.DATE)
        .param("until", told.periodUntil().orElse(null), Types.DATE)
        .param("section", clerk.sectionId())
        .param("clerk", clerk.id())
        .param("fileName", received.fileName())
        .param("file", received.file().hex())
        .param("pages", received.pages())
        .param("now", Timestamp.from(now))
        .param("concludedAt", Timestamp.from(told.concludedAt()))
        .update();
  }

  /** They have a place in the order only for the list: nobody is asked. */
  private void insert(ContractId contract, int place, Counterpart counterpart) {
    var party =
        new Party(
            new PartyId(UUID.randomUUID()),
            place,
            1,
            Party.Kind.COUNTERPARTY,
            Party.Capacity.AUTHORITY,
            "",
            counterpart.organisation(),
            "",
            counterpart.name(),
            null,
            null);
    jdbc.sql(DraftStore.PARTY)
        .paramSource(DraftStore.row(contract, party, Identification.BY_MAIL))
        .update();
  }
}
