package jp.musubi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.Tenancy;
import jp.musubi.vault.Vault;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Everybody at once, at the last party of a contract: there is one outcome, and all tell it. */
@ServiceTest
@DisplayName("同意・辞退・転送・取消・期限切れの競走")
class RacesTest {
  private static final int ROUNDS = 1_000;
  private static final Actor ACTOR = new Actor(Actor.Kind.STAFF, "1", "見本 花子");
  private static final Agreement.Manner MANNER =
      new Agreement.Manner("MAIL_LINK", "L1", "同意して署名する", "192.0.2.1", "test");

  @Autowired Contracts contracts;
  @Autowired AuditTrail audit;
  @Autowired Vault vault;
  @Autowired Clock clock;

  private enum Runner {
    AGREE("CONCLUDING", "contract.agreed"),
    DECLINE("DECLINED", "contract.declined"),
    WITHDRAW("WITHDRAWN", "contract.withdrawn"),
    EXPIRE("EXPIRED", "contract.expired");

    final String state;
    final String action;

    Runner(String state, String action) {
      this.state = state;
      this.action = action;
    }
  }

  @Test
  @DisplayName("1,000回走って、結果はいつもちょうど一つで、状態と記録が一致する")
  void haveOneOutcomeEach() throws Exception {
    var body = TestBody.create("x");
    var pattern = TestContract.draft(body, vault);
    var random = new Random(20261128);
    Map<Runner, Integer> won = new EnumMap<>(Runner.class);
    var passedOn = 0;
    try (var superuser = ServiceTest.RealParts.database().superuser();
        var threads = Executors.newFixedThreadPool(5)) {
      for (var round = 0; round < ROUNDS; round++) {
        var contract = atTheLastParty(pattern, superuser, random.nextInt(12));
        var accepted = run(body, contract, threads, random);
        var state = Tenancy.in(body.id(), () -> contracts.get(contract)).state();
        var winner =
            Arrays.stream(Runner.values()).filter(runner -> runner.state.equals(state)).findFirst();
        assertThat(winner).as("round %d ended in %s", round, state).isPresent();
        var entries =
            Tenancy.in(body.id(), () -> audit.of(contract.value())).stream()
                .map(entry -> entry.action())
                .toList();
        assertThat(
                entries.stream()
                    .filter(action ->
                        Arrays.stream(Runner.values())
                            .anyMatch(runner -> runner.action.equals(action))))
            .as("round %d", round)
            .containsExactly(winner.get().action);
        // Expiry is nobody's answer: the service takes what is due.
        assertThat(accepted.stream().filter(answer -> !answer.equals("DELEGATE")))
            .as("round %d", round)
            .isEqualTo(winner.get() == Runner.EXPIRE ? List.of() : List.of(winner.get().name()));
        assertThat(accepted.contains("DELEGATE")).isEqualTo(entries.contains("contract.delegated"));
        won.merge(winner.get(), 1, Integer::sum);
        passedOn += entries.contains("contract.delegated") ? 1 : 0;
      }
    }
    // The figures that the papers quote; a race that one runner always wins would show in them.
    System.out.println("races won: " + won + ", passed on before: " + passedOn);
    assertThat(won.keySet()).containsExactlyInAnyOrder(Runner.values());
    assertThat(passedOn).isPositive();
  }

  private List<String> run(TestBody body, ContractId id, ExecutorService threads, Random random)
      throws Exception {
    var contract = Tenancy.in(body.id(), () -> contracts.get(id));
    var party = contract.parties().getLast();
    var shown = contract.shownFile();
    var start = new CyclicBarrier(5);
    List<ScopedValue.CallableOp<String, RuntimeException>> runners = new ArrayList<>();
    runners.add(() -> said("AGREE", contracts.agree(id, party, shown, ACTOR, MANNER)));
    runners.add(() -> said("DECLINE", contracts.decline(id, party, "辞退", ACTOR, MANNER)));
    runners.add(() -> said("WITHDRAW", contracts.withdraw(id, "誤り", ACTOR, MANNER)));
    runners.add(() -> {
      var to = new Delegate("部長", "見本 次郎", "jiro@mihon.example");
      return said("DELEGATE", contracts.delegate(id, party, to, ACTOR, MANNER));
    });
    runners.add(() -> {
      contracts.expireDue();
      return "";
    });
    java.util.Collections.shuffle(runners, random);
    var running =
        runners.stream()
            .map(runner ->
                threads.submit(() -> {
                  start.await();
                  return Tenancy.in(body.id(), runner);
                }))
            .toList();
    var answers = new ArrayList<String>();
    for (var one : running) {
      answers.add(one.get());
    }
    // Past the deadline nobody may agree, and nothing has ended it yet: the next look does.
    Tenancy.in(body.id(), contracts::expireDue);
    return answers.stream().filter(answer -> !answer.isEmpty()).toList();
  }

  private static String said(String who, Decision decision) {
    return decision instanceof Decision.Accepted ? who : "";
  }

  /** Sent, and now at its only counterparty; the deadline is near. A copy of the pattern. */
  private ContractId atTheLastParty(TestContract pattern, Connection superuser, int millisLeft)
      throws SQLException {
    var contract = new ContractId(UUID.randomUUID());
    try (var statement = superuser.createStatement()) {
      statement.execute(
          """
          with copy as (
            insert into contract
            select (jsonb_populate_record(c, jsonb_build_object(
                     'id', '%1$s', 'number', '%1$s', 'state', 'AWAITING_AGREEMENTS',
                     'dispatched_at', now(), 'deadline', cast('%2$s' as timestamptz)))).*
              from contract c where c.id = '%3$s'
            returning tenant_id, prepared_sha256),
          parties as (
            insert into party
            select (jsonb_populate_record(p, jsonb_build_object(
                     'id', gen_random_uuid(), 'contract_id', '%1$s'))).*
              from party p where p.contract_id = '%3$s' and p.ordinal < 2
            returning *),
          given as (
            insert into agreement
            select p.tenant_id, gen_random_uuid(), p.contract_id, p.id, 0, c.prepared_sha256,
                   now(), 'PASSWORD', 'L3', 'x', 'x', 'x'
              from parties p, copy c where p.ordinal = 0
            returning *)
          insert into revision
          select g.tenant_id, g.contract_id, 0, g.id, g.document_sha256, now(), '01', '02'
            from given g
          """
              .formatted(contract, clock.instant().plusMillis(millisLeft), pattern.id()));
    }
    return contract;
  }
}
