package jp.musubi.contract;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.Idempotency;
import jp.musubi.staff.StaffMember;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 紙での締結 of the current body's contracts. What was recorded last holds, and all stays. */
@Service
@Transactional
public class PaperConclusions {
  private static final int MOST_RECORDS = 20;

  private final JdbcClient jdbc;
  private final ContractStore contracts;
  private final Idempotency idempotency;
  private final AuditTrail audit;
  private final Clock clock;

  PaperConclusions(
      JdbcClient jdbc,
      ContractStore contracts,
      Idempotency idempotency,
      AuditTrail audit,
      Clock clock) {
    this.jdbc = jdbc;
    this.contracts = contracts;
    this.idempotency = idempotency;
    this.audit = audit;
    this.clock = clock;
  }

  /** When it was concluded on paper, if that was recorded. */
  @Transactional(readOnly = true)
  public Optional<PaperConclusion> of(ContractId contract) {
    return jdbc.sql(
            """
            select concluded_on, kept_at from paper_concluded where contract_id = :contract
            """)
        .param("contract", contract.value())
        .query((row, _) ->
            new PaperConclusion(
                row.getObject("concluded_on", LocalDate.class), row.getString("kept_at")))
        .optional();
  }

  /**
   * Records it. Recorded again it is put right.
   *
   * @param key the form's idempotency key
   * @throws StepRefused if the contract was not moved to paper, or was put right too often
   */
  public void record(
      ContractId contract, PaperConclusion paper, String key, StaffMember clerk, String clientIp) {
    idempotency.once(
        key,
        "paper conclusion %s %s".formatted(contract, paper),
        () -> {
          write(contract, paper, clerk, clientIp);
          return "/contracts/" + contract;
        });
  }

  private void write(
      ContractId contract, PaperConclusion paper, StaffMember clerk, String clientIp) {
    var state = contracts.lock(contract).value();
    if (!(state instanceof Contract.OnPaper)) {
      throw new StepRefused(new Refusal.NotInThisState(state.getClass().getSimpleName()));
    }
    if (of(contract).filter(paper::equals).isPresent()) {
      return;
    }
    var number = count(contract) + 1;
    if (number > MOST_RECORDS) {
      throw new StepRefused(new Refusal.NotInThisState("PaperConclusion"));
    }
    jdbc.sql(
            """
            insert into paper_conclusion (contract_id, number, concluded_on, kept_at, recorded_at)
            values (:contract, :number, :on, :keptAt, :now)
            """)
        .param("contract", contract.value())
        .param("number", number)
        .param("on", paper.on())
        .param("keptAt", paper.keptAt())
        .param("now", Timestamp.from(clock.instant()))
        .update();
    audit.record(
        clerk.actor(),
        "contract.concluded-on-paper",
        contract.value(),
        clientIp,
        Map.of("concludedOn", paper.on().toString(), "keptAt", paper.keptAt()));
  }

  private int count(ContractId contract) {
    return jdbc.sql("select count(*) from paper_conclusion where contract_id = :contract")
        .param("contract", contract.value())
        .query(Integer.class)
        .single();
  }
}
