package jp.musubi.journeys.drill;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jp.musubi.journeys.reliability.Measurement;

/**
 * 眠ったノード. A node stands still in the middle of its jobs, longer than the others believe in it;
 * another does them; it wakes and goes on where it was. Nothing may be sealed twice.
 */
final class Zombie implements Drill {
  private static final int CONTRACTS = 6;

  /** Longer than four heartbeats of five seconds. */
  private static final Duration ASLEEP = Duration.ofSeconds(40);

  @Override
  public String title() {
    return "止まって、また動き出したノード";
  }

  @Override
  public List<Measurement.Row> run(Path root) throws Exception {
    var rows = new ArrayList<Measurement.Row>();
    var platform = Platform.start(root);
    try (platform) {
      var contracting = new Contracting(platform);
      var contracts = new ArrayList<Contracting.Contract>();
      for (var i = 0; i < CONTRACTS; i++) {
        contracts.add(contracting.send());
      }
      // Only the one that will fall asleep is there to take the jobs, once HAProxy has noticed.
      platform.b().child().signal("STOP");
      Thread.sleep(8000);
      var agreed = 0;
      while (agreed < CONTRACTS && picked(platform) == 0) {
        contracting.agree(contracts.get(agreed++));
      }
      platform.a().child().signal("STOP");
      var held = picked(platform);
      platform.b().child().signal("CONT");
      Thread.sleep(ASLEEP); // The other one notices after four heartbeats.
      for (var contract : contracts.subList(agreed, CONTRACTS)) {
        contracting.agree(contract);
      }
      Thread.sleep(10_000); // The seals of these, which nobody held.
      var sealed = 0;
      for (var contract : contracts) {
        sealed += contracting.isSealed(contract) ? 1 : 0;
      }
      platform.a().child().signal("CONT");
      Thread.sleep(10_000); // The sleeper goes on with what it had begun.
      rows.add(
          new Measurement.Row(
              "%d秒止めたノードが持っていた仕事を、もう一つが引き継いだもの（止めたときに処理中 %d件）".formatted(ASLEEP.toSeconds(), held),
              "%d件中%d件".formatted(CONTRACTS, sealed),
              "すべて（処理中が1件以上のとき）",
              held > 0 && sealed == CONTRACTS));
      for (var contract : contracts) {
        contracting.conclude(contract);
      }
      rows.add(
          new Measurement.Row(
              "二度記録された署名（始めてから引き継がれたものは%d件）"
                  .formatted(count(platform, "select count(*) from seal_attempt where epoch > 1")),
              twice(platform) + "件",
              "0件",
              twice(platform) == 0));
      rows.add(Platforms.audited(platform));
    }
    platform.forget();
    return rows;
  }

  private static int picked(Platform platform) throws Exception {
    return count(
        platform, "select count(*) from scheduled_tasks where task_name = 'seal' and picked");
  }

  /** Agreements of which the record says more than once that their seal was made. */
  private static int twice(Platform platform) throws Exception {
    return count(
        platform,
        """
        select count(*) from (
          select 1 from revision where agreement_id is not null
          group by tenant_id, agreement_id having count(*) > 1) as twice
        """);
  }

  private static int count(Platform platform, String question) throws Exception {
    try (var database = DriverManager.getConnection(Platforms.superuser(platform));
        var row = database.createStatement().executeQuery(question)) {
      row.next();
      return row.getInt(1);
    }
  }
}
