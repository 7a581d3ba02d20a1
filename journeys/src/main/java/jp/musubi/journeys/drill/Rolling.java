package jp.musubi.journeys.drill;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jp.musubi.journeys.Inbox;
import jp.musubi.journeys.Walk;
import jp.musubi.journeys.reliability.Measurement;

/** 入れ替え. Both nodes are restarted one after the other while people work: nobody may notice. */
final class Rolling implements Drill {
  private static final Load.Mix PEOPLE = new Load.Mix(6, 70, Duration.ofMillis(150));

  @Override
  public String title() {
    return "二つのノードの順番の再起動";
  }

  @Override
  public List<Measurement.Row> run(Path root) throws Exception {
    var rows = new ArrayList<Measurement.Row>();
    var platform = Platform.start(root);
    try (platform) {
      var load = new Load(platform.address());
      var began = System.nanoTime();
      try (load) {
        load.begin(walk(platform), platform.sample(), PEOPLE);
        Thread.sleep(10_000); // A while before, to know that it is steady.
        for (var node : List.of(platform.a(), platform.b())) {
          node.child().stop();
          node.start();
          Thread.sleep(8_000); // Until HAProxy has it back, and a while more.
        }
      }
      var seconds = Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0;
      load.tell();
      rows.add(
          new Measurement.Row(
              "二つのノードを順番に止めて起動し直すあいだの要求（毎秒%.0f件、7割が閲覧、3割が下書きの作成）"
                  .formatted(load.requests() / seconds),
              "%d件中 %d件が失敗".formatted(load.requests(), load.failed()),
              "失敗0",
              load.failed() == 0 && load.requests() > 500));
      var url = Platforms.superuser(platform);
      rows.add(Platforms.ledger(load.ledger(), url, 100));
      rows.add(Platforms.audited(platform));
    }
    platform.forget();
    return rows;
  }

  static Walk walk(Platform platform) {
    return new Walk(
        platform.address(),
        new Inbox(platform.home().resolve("mail")),
        (_, _, _) -> {
          // Nobody watches.
        });
  }
}
