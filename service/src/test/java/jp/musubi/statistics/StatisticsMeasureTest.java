package jp.musubi.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestPeople;
import jp.musubi.authority.Reach;
import jp.musubi.platform.Tenancy;
import jp.musubi.register.FiscalYear;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/**
 * The figures of ADR 0053: -Dmusubi.statistics.rows=100000, on a machine that does nothing else.
 * Written as JSON to target/; nothing is asserted of a time.
 */
@ServiceTest
@EnabledIfSystemProperty(named = "musubi.statistics.rows", matches = "\\d+")
@DisplayName("利用統計の計測")
class StatisticsMeasureTest {
  private static final int ROUNDS = 15;

  @Autowired MockMvc mvc;
  @Autowired Readings readings;

  @Test
  @DisplayName("計測：団体全体と一つの所属の、一年の統計")
  void measures() throws Exception {
    var house = new StatisticsHouse(mvc);
    var sections = new ArrayList<UUID>();
    for (var i = 0; i < 20; i++) {
      sections.add(TestPeople.section(house.body, "M" + i, "計測" + i + "課", house.body.section()));
    }
    house.fill(39, Integer.parseInt(System.getProperty("musubi.statistics.rows", "")), sections);
    for (var table : List.of("contract", "party", "agreement", "approval", "reminder")) {
      TestPeople.run("analyze " + table);
    }
    var whole = new Reach(house.body.viewer(), true, Set.of(), false, false);
    var one = new Reach(house.body.viewer(), false, Set.of(sections.getFirst()), true, false, true);
    var figures = List.of(measure("whole body", house, whole), measure("one section", house, one));
    assertThat(figures).hasSize(2);
    Files.writeString(
        Path.of("target", "statistics.json"), "[\n" + String.join(",\n", figures) + "\n]\n");
  }

  private String measure(String what, StatisticsHouse house, Reach reach) {
    var asked = new Asked(new FiscalYear(2024), Optional.empty(), Optional.empty(), 14);
    var times = new ArrayList<Long>();
    var sent = 0;
    for (var i = 0; i < ROUNDS; i++) {
      // nanoTime: what is measured is how long it takes, by no clock of the service.
      var at = System.nanoTime();
      var reading = Tenancy.in(house.body.id(), () -> readings.read(reach, asked));
      times.add(System.nanoTime() - at);
      sent = reading.statistics().whole().counts().of(Measure.SENT);
    }
    times.sort(null);
    return "{\"what\": \"%s\", \"sent\": %d, \"rounds\": %d, \"p50Ms\": %.1f, \"worstMs\": %.1f}"
        .formatted(what, sent, ROUNDS, times.get(ROUNDS / 2) / 1e6, times.getLast() / 1e6);
  }
}
