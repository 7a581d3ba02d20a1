package jp.musubi.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.contract.Contracts;
import jp.musubi.harness.Hands;
import jp.musubi.harness.Queue;
import jp.musubi.platform.TenantId;
import jp.musubi.vault.Vault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

@ServiceTest
@DisplayName("団体のあいだの順番")
class FairSealsTest {
  @Autowired Contracts contracts;
  @Autowired Vault vault;
  @Autowired Clock clock;
  @Autowired Environment environment;

  @BeforeEach
  void keepJobs() {
    Queue.open();
  }

  @AfterEach
  void giveJobsBack() {
    Queue.close();
  }

  @Test
  @DisplayName("一団体が多くの署名を待たせていても、あとから来た団体の最初の署名はその列のうしろにならない")
  void comesBeforeTheSecondOfAnother() {
    var noisy = TestBody.create("x");
    var quiet = TestBody.create("x");
    for (var body : List.of(noisy, quiet)) {
      Queue.keep(body.id());
    }
    for (var body : List.of(noisy, noisy, noisy, quiet)) {
      assertThat(new Hands(contracts, clock, body, TestContract.draft(body, vault).id()).dispatch())
          .isTrue();
    }

    assertThat(priorities(noisy.id())).isEqualTo("48,49,50");
    assertThat(priorities(quiet.id())).isEqualTo("50");
    // Without it the scheduler would not look at them.
    assertThat(environment.getProperty("db-scheduler.priority-enabled")).isEqualTo("true");
  }

  private static String priorities(TenantId tenant) {
    return TestPeople.text(
        "select string_agg(priority::text, ',' order by priority) from scheduled_tasks"
            + " where task_name = 'seal' and task_instance like ?",
        tenant + "/%");
  }
}
