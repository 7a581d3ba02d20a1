package jp.musubi.journeys.drill;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jp.musubi.journeys.reliability.Measurement;

/**
 * 切替え. The primary database dies under load; its synchronous standby takes over. Nothing that was
 * acknowledged may be missing, and people wait for seconds.
 */
final class Failover implements Drill {
  private static final Load.Mix WRITERS = new Load.Mix(10, 0, Duration.ZERO);
  private static final int LEAST = 10_000;
  private static final int BEFORE = 6_000;
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration OUTAGE = Duration.ofSeconds(30);

  @Override
  public String title() {
    return "負荷の下でのデータベースの切替え";
  }

  @Override
  public List<Measurement.Row> run(Path root) throws Exception {
    var rows = new ArrayList<Measurement.Row>();
    var platform = Platform.prepare(root);
    try (platform;
        var primary =
            Postgres.create(Postgres.programs(platform), platform.folder().resolve("primary"));
        var standby = primary.standby(platform.folder().resolve("standby"))) {
      platform.settle(Postgres.settings(primary, standby));
      platform.open();
      var load = new Load(platform.address());
      int before;
      Duration promoted;
      try (load) {
        load.begin(Rolling.walk(platform), platform.sample(), WRITERS);
        before = until(load.ledger(), BEFORE);
        var watch = StandsForPatroni.watch(primary, standby);
        primary.child().kill();
        promoted = watch.get(2, TimeUnit.MINUTES);
        until(load.ledger(), Math.max(LEAST, before) + 500);
      }
      load.tell();
      rows.add(Platforms.ledger(load.ledger(), Platforms.superuser(platform), LEAST));
      var outage = load.ledger().longestSilence();
      rows.add(
          new Measurement.Row(
              "主系をkill -9してから、次の書き込みが受け付けられるまで（うち%.1f秒は、Patroniの代わりの見張りが気付いて昇格させるまで）"
                  .formatted(promoted.toMillis() / 1000.0),
              "%.1f秒".formatted(outage.toMillis() / 1000.0),
              "30秒以下",
              outage.compareTo(OUTAGE) <= 0));
      rows.add(
          new Measurement.Row(
              "切替えの前と後に受け付けた書き込み",
              "前 %d件、後 %d件".formatted(before, load.ledger().size() - before),
              "どちらも",
              before > 0 && load.ledger().size() > before));
      rows.add(Pages.row("切替えのあいだに断った画面", load));
      rows.add(Platforms.audited(platform));
    }
    platform.forget();
    return rows;
  }

  private static int until(Ledger ledger, int count) throws InterruptedException {
    var end = System.nanoTime() + LONGEST.dividedBy(2).toNanos();
    while (ledger.size() < count && System.nanoTime() < end) {
      Thread.sleep(200); // The writers count; here one only looks.
    }
    return ledger.size();
  }
}
