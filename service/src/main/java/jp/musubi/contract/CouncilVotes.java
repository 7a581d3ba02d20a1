package jp.musubi.contract;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.Idempotency;
import jp.musubi.staff.StaffMember;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 議会の議決 on concluded contracts of the current body. */
@Service
@Transactional
public class CouncilVotes {
  private static final int MOST_RECORDS = 20;

  private final JdbcClient jdbc;
  private final ContractStore contracts;
  private final EligibilityRegister clauses;
  private final Idempotency idempotency;
  private final AuditTrail audit;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  CouncilVotes(
      JdbcClient jdbc,
      ContractStore contracts,
      EligibilityRegister clauses,
      Idempotency idempotency,
      AuditTrail audit,
      ApplicationEventPublisher events,
      Clock clock) {
    this.jdbc = jdbc;
    this.contracts = contracts;
    this.clauses = clauses;
    this.idempotency = idempotency;
    this.audit = audit;
    this.events = events;
    this.clock = clock;
  }

  /** How it stands; empty for a contract that needs no vote. */
  @Transactional(readOnly = true)
  public Optional<CouncilVote> of(ContractId contract) {
    return clauses.clauses(contract).councilVote()
        ? Optional.of(recorded(contract).orElseGet(CouncilVote.Awaited::new))
        : Optional.empty();
  }

  /**
   * Records the vote; the counterparties are written to. Recorded again it is put right, and all
   * that was recorded stays in the record.
   *
   * @param key the form's idempotency key
   * @throws StepRefused if the contract is not concluded, or needs no vote
   */
  public void record(
      ContractId contract,
      CouncilVote.Decided vote,
      String key,
      StaffMember clerk,
      String clientIp) {
    idempotency.once(
        key,
        "vote %s %s".formatted(contract, vote),
        () -> {
          write(contract, vote, clerk, clientIp);
          return "/contracts/" + contract;
        });
  }

  private void write(
      ContractId contract, CouncilVote.Decided vote, StaffMember clerk, String clientIp) {
    var state = contracts.lock(contract).value();
    if (!(state instanceof Contract.Concluded) || !clauses.clauses(contract).councilVote()) {
      throw new StepRefused(new Refusal.NotInThisState(state.getClass().getSimpleName()));
    }
    if (recorded(contract).filter(vote::equals).isPresent()) {
      return;
    }
    var number = count(contract) + 1;
    if (number > MOST_RECORDS) {
      throw new StepRefused(new Refusal.NotInThisState("CouncilVote"));
    }
    jdbc.sql(
            """
            insert into council_vote (contract_id, number, outcome, bill, decided_on, recorded_at)
            values (:contract, :number, :outcome, :bill, :decidedOn, :now)
            """)
        .param("contract", contract.value())
        .param("number", number)
        .param("outcome", vote.outcome().name())
        .param("bill", vote.bill())
        .param("decidedOn", vote.on())
        .param("now", Timestamp.from(clock.instant()))
        .update();
    audit.record(
        clerk.actor(),
        "contract.council-voted",
        contract.value(),
        clientIp,
        Map.of(
            "outcome",
            vote.outcome().name(),
            "bill",
            vote.bill(),
            "decidedOn",
            vote.on().toString()));
    events.publishEvent(new CouncilDecided(contract, number, vote));
  }

  private Optional<CouncilVote> recorded(ContractId contract) {
    return jdbc.sql(
            """
            select outcome, bill, decided_on from council_vote where contract_id = :contract
             order by number desc limit 1
            """)
        .param("contract", contract.value())
        .query((row, _) -> vote(row))
        .optional();
  }

  private int count(ContractId contract) {
    return jdbc.sql("select count(*) from council_vote where contract_id = :contract")
        .param("contract", contract.value())
        .query(Integer.class)
        .single();
  }

  private static CouncilVote vote(ResultSet row) throws SQLException {
    return new CouncilVote.Decided(
        CouncilVote.Outcome.valueOf(row.getString("outcome")),
        row.getString("bill"),
        row.getObject("decided_on", LocalDate.class));
  }
}
