package jp.musubi.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.harness.Case;
import jp.musubi.harness.Hands;
import org.jsoup.Jsoup;
import org.springframework.context.ApplicationContext;
import org.springframework.test.web.servlet.MockMvc;

/** 一括送信: three drafts made of a list, and sent together; in the end all are withdrawn. */
public final class BulkScenario {
  private static final int ROWS = 3;

  private final ApplicationContext context;

  /** On the running service. */
  public BulkScenario(ApplicationContext context) {
    this.context = context;
  }

  /** Plays it once. */
  public void play(Case each) throws Exception {
    var house = new BulkHouse(context.getBean(MockMvc.class), each.body());
    // Nobody else's counterparties: what they received is compared with the record.
    var rows =
        BulkHouse.rows(ROWS)
            .replace("@mihon.example", "@b" + each.body().code() + ".mihon.example");
    var run = house.check(house.template(), rows);
    each.step("drafts", () -> press(house, "/bulk/" + run + "/drafts"), () -> !is(run, "CHECKED"));
    each.workOff();
    assertThat(rows(run, "state <> 'WAITING'")).isEqualTo(ROWS);
    each.step("send", () -> send(house, run), () -> rows(run, "state in ('LEAVING', 'SENT')") > 0);
    each.workOff();
    assertThat(rows(run, "state = 'SENT'")).isEqualTo(ROWS);
    assertThat(
            BulkHouse.count(
                "select count(*) from contract where tenant_id = ?", each.body().id().value()))
        .isEqualTo(ROWS);
    for (var id : contracts(run)) {
      var hands =
          new Hands(
              context.getBean(Contracts.class),
              context.getBean(Clock.class),
              each.body(),
              new ContractId(id));
      assertThat(hands.look().revisions()).hasSize(1);
      assertThat(hands.withdraw()).isTrue();
    }
    each.workOff();
  }

  private static boolean send(BulkHouse house, UUID run) throws Exception {
    var page =
        Jsoup.parse(
            house
                .page(house.body().clerk(), "/bulk/" + run + "/review?page=1")
                .getContentAsString(StandardCharsets.UTF_8));
    var values = new ArrayList<String>();
    for (var input : page.select("form[action$=/dispatch] input[type=hidden]")) {
      values.add(input.attr("name"));
      values.add(input.attr("value"));
    }
    return press(house, "/bulk/" + run + "/dispatch", values.toArray(String[]::new));
  }

  private static boolean press(BulkHouse house, String path, String... values) throws Exception {
    var answer = house.press(house.body().clerk(), path, values);
    assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(302);
    return true;
  }

  private static boolean is(UUID run, String state) {
    return BulkHouse.count("select count(*) from bulk_run where id = ? and state = ?", run, state)
        == 1;
  }

  private static long rows(UUID run, String condition) {
    return BulkHouse.count(
        "select count(*) from bulk_row where run_id = ? and (" + condition + ")", run);
  }

  private static List<UUID> contracts(UUID run) throws SQLException {
    var found = new ArrayList<UUID>();
    try (var connection = ServiceTest.RealParts.database().superuser();
        var query =
            connection.prepareStatement("select contract_id from bulk_row where run_id = ?")) {
      query.setObject(1, run);
      try (var row = query.executeQuery()) {
        while (row.next()) {
          found.add(row.getObject(1, UUID.class));
        }
      }
    }
    return found;
  }
}
