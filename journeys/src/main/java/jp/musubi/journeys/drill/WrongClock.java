package jp.musubi.journeys.drill;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jp.musubi.journeys.reliability.Measurement;

/**
 * 狂った時計. One node's clock is an hour ahead, then an hour behind. It says that it is not ready and
 * does no jobs; the other one serves.
 */
final class WrongClock implements Drill {
  @Override
  public String title() {
    return "ノードの一つの時計の狂い";
  }

  @Override
  public List<Measurement.Row> run(Path root) throws Exception {
    var rows = new ArrayList<Measurement.Row>();
    var platform = Platform.start(root);
    try (platform) {
      var contracting = new Contracting(platform);
      for (var offset : List.of("3600s", "-3600s")) {
        platform.b().child().stop();
        platform.b().start("--musubi.fault.clock-offset=" + offset);
        // HAProxy hears of it within two looks.
        Thread.sleep(6000);
        var readiness = platform.b().readiness();
        var words = offset.startsWith("-") ? "一時間遅れた" : "一時間進んだ";
        rows.add(
            new Measurement.Row(
                words + "ノードの準備の状態（readiness）",
                "%d%s"
                    .formatted(
                        readiness.status(), readiness.words().contains("PT") ? "、時計の差を示す" : ""),
                "503、時計の差を示す",
                readiness.status() == 503 && readiness.words().contains("PT")));
        var log = platform.balancerLog();
        var contract = contracting.send();
        contracting.agree(contract);
        var took = contracting.conclude(contract);
        var served = platform.balancerLog().substring(log.length()).lines();
        var wrong = served.filter(line -> line.contains(" nodes/b ")).count();
        rows.add(
            new Measurement.Row(
                words
                    + "ノードに届いた要求（そのあいだに一件を送信から締結まで。署名から締結まで%.1f秒）"
                        .formatted(took.toMillis() / 1000.0),
                wrong + "件",
                "0件",
                wrong == 0));
        rows.add(
            new Measurement.Row(
                words + "ノードの仕事",
                platform.b().log().contains("not ready, no jobs") ? "止まっている" : "動いている",
                "止まっている",
                platform.b().log().contains("not ready, no jobs")));
      }
      platform.b().child().stop();
      platform.b().start();
      Thread.sleep(3000); // HAProxy hears of it.
      rows.add(
          new Measurement.Row(
              "時計を直したノードの準備の状態",
              String.valueOf(platform.b().readiness().status()),
              "200",
              platform.b().readiness().status() == 200));
      rows.add(Platforms.audited(platform));
    }
    platform.forget();
    return rows;
  }
}
