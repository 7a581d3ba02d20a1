package jp.musubi.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import jp.musubi.ServiceTest;
import jp.musubi.bulk.BulkScenario;
import jp.musubi.disposal.DisposalScenario;
import jp.musubi.staff.TransferScenario;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** L2: the power fails before and after everything that leaves the process, and at each commit. */
@ServiceTest
@Tag("slow")
@DisplayName("電源断")
class CrashPointsTest {
  private static final int GOAL = 70;

  /** With the property, all; else so many playings of each scenario, spread over its points. */
  private static final int PLAYINGS =
      "all".equals(System.getProperty("musubi.crash.points")) ? Enumeration.ALL : 5;

  @Autowired ApplicationContext context;

  @BeforeEach
  void keepJobs() {
    Queue.open();
  }

  @AfterEach
  void giveJobsBack() {
    Queue.close();
  }

  @Test
  @DisplayName("どの故障点で落ちても、受け付けたことは失われず、契約は終わりまで進み、監査に異常がない")
  void losesNothingAtAnyPoint() {
    var figures = new Figures("crash-points", "電源断に耐えた故障点", "./musubi drill crash");
    var one = new Scenarios(context);
    List<Scenario> scenarios =
        List.of(
            named("人事異動", new TransferScenario(context)::play),
            named("廃棄", new DisposalScenario(context)::play),
            named("三件の一括送信", new BulkScenario(context)::play),
            one.decline(),
            one.withdrawRace(),
            one.parallelSigners(),
            one.twoSigners());
    var enumeration = new Enumeration(context, PLAYINGS);
    var results = new ArrayList<Enumeration.Result>();
    var points = 0;
    var met = 0;
    for (var scenario : scenarios) {
      // How long a person waits for it, by no clock of the service.
      var began = System.nanoTime();
      var result = enumeration.of(scenario);
      results.add(result);
      points += result.points().size();
      met += result.wrong().isEmpty() ? result.met().size() : 0;
      figures.add(
          result.title(),
          "%d点中%d点".formatted(result.points().size(), result.met().size()),
          "すべて",
          result.isWhole());
      // The figures that the papers quote.
      System.out.printf(
          "crash points: %s %d of %d, %d playings, %d s%n",
          result.title(),
          result.met().size(),
          result.points().size(),
          result.playings(),
          (System.nanoTime() - began) / 1_000_000_000L);
      if (!result.isWhole()) {
        // Which points are left to look at.
        System.out.println("crash points: " + result.open() + " " + result.wrong());
      }
    }
    figures.add(
        "合計", "%d点中%d点".formatted(points, met), GOAL + "点以上、すべて", points >= GOAL && met == points);
    if (PLAYINGS == Enumeration.ALL) {
      figures.write();
    }

    for (var result : results) {
      assertThat(result.wrong()).as(result.title()).isEmpty();
      if (PLAYINGS == Enumeration.ALL) {
        assertThat(result.open()).as(result.title()).isEmpty();
      }
    }
    assertThat(met).isGreaterThanOrEqualTo(GOAL);
  }

  private interface Play {
    void play(Case each) throws Exception;
  }

  private static Scenario named(String title, Play play) {
    return new Scenario() {
      @Override
      public String title() {
        return title;
      }

      @Override
      public void play(Case each) throws Exception {
        play.play(each);
      }
    };
  }
}
