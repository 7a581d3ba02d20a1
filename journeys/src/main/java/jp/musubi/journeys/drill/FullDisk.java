package jp.musubi.journeys.drill;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jp.musubi.journeys.Visitor;
import jp.musubi.journeys.reliability.Measurement;

/** 満杯. First the vault's volume fills up, then the database's: refused in words, and healed. */
final class FullDisk implements Drill {
  private static final Load.Mix PEOPLE = new Load.Mix(3, 40, Duration.ofMillis(100));

  @Override
  public String title() {
    return "ディスクの満杯";
  }

  @Override
  public List<Measurement.Row> run(Path root) throws Exception {
    var rows = new ArrayList<Measurement.Row>();
    var platform = Platform.prepare(root);
    try (platform;
        var vault = SmallDisk.mount(platform.home().resolve("store"), 48);
        var base = SmallDisk.mount(platform.folder().resolve("small"), 400);
        var database =
            Postgres.create(Postgres.programs(platform), base.folder().resolve("database"))) {
      database.configure("max_wal_size = 64MB\nmin_wal_size = 32MB\n");
      platform.settle(Postgres.settings(database));
      platform.open();
      var contracting = new Contracting(platform);
      vault(vault, contracting, rows);
      database(base, database, platform, contracting, rows);
      rows.add(Platforms.audited(platform));
    }
    platform.forget();
    return rows;
  }

  private static void vault(SmallDisk disk, Contracting contracting, List<Measurement.Row> rows)
      throws Exception {
    var contract = contracting.send();
    disk.fill();
    rows.add(refused("原本の置き場が満杯のときのPDFの登録", contracting.upload()));
    contracting.agree(contract);
    Thread.sleep(5000); // Long enough for a seal that ought not to be made.
    var waits = !contracting.isSealed(contract);
    rows.add(
        new Measurement.Row(
            "原本の置き場が満杯のあいだに受け付けた同意の締結処理", waits ? "待っている" : "満杯なのに済んだ", "受け付けて、待つ", waits));
    rows.add(drafts(disk));
    disk.free();
    rows.add(healed("空きが戻ってから、待っていた契約の締結まで", contracting.conclude(contract)));
    rows.add(accepted("空きが戻ったあとのPDFの登録", contracting.upload()));
  }

  /** Files half written that a refusal left behind. */
  private static Measurement.Row drafts(SmallDisk disk) throws Exception {
    try (var files = Files.walk(disk.folder())) {
      var left =
          files.filter(file -> file.getFileName().toString().startsWith(".writing-")).count();
      return new Measurement.Row("書きかけのまま残ったファイル", left + "個", "0個", left == 0);
    }
  }

  private static void database(
      SmallDisk disk,
      Postgres database,
      Platform platform,
      Contracting contracting,
      List<Measurement.Row> rows)
      throws Exception {
    var load = new Load(platform.address());
    int full;
    try (load) {
      load.begin(Rolling.walk(platform), platform.sample(), PEOPLE);
      Thread.sleep(5000); // Some work before.
      disk.fill();
      Thread.sleep(20_000); // People go on meeting the full disk.
      full = load.failed();
      disk.free();
      Thread.sleep(15_000); // PostgreSQL recovers, people go on.
    }
    load.tell();
    var after = load.failed() - full;
    rows.add(
        new Measurement.Row(
            "データベースのディスクが満杯のあいだに断った要求",
            "%d件（空きが戻ったあと %d件）".formatted(full, after),
            "断り、空きが戻れば続く",
            full > 0));
    rows.add(Pages.row("そのあいだに断った画面", load));
    rows.add(Platforms.ledger(load.ledger(), Platforms.superuser(platform), 30));
    rows.add(
        new Measurement.Row(
            "空きが戻ったあとのデータベース", database.answers() ? "応答する" : "応答しない", "応答する", database.answers()));
    var contract = contracting.send();
    contracting.agree(contract);
    rows.add(healed("空きが戻ったあとの、新しい契約の署名から締結まで", contracting.conclude(contract)));
  }

  static Measurement.Row refused(String what, Visitor.Page page) {
    var truthful =
        page.status() >= 500 && page.status() != 500 && Pages.tellsTruth(page.document().html());
    return new Measurement.Row(
        what,
        "%d「%s」".formatted(page.status(), page.document().select("h1").text()),
        "503と、いまの様子とすることを言う日本語の画面",
        truthful);
  }

  static Measurement.Row accepted(String what, Visitor.Page page) {
    return new Measurement.Row(
        what,
        page.status() == 200 ? "受け付けた" : "断った（%d）".formatted(page.status()),
        "受け付ける",
        page.status() == 200);
  }

  static Measurement.Row healed(String what, Duration took) {
    return new Measurement.Row(
        what,
        "%.1f秒".formatted(took.toMillis() / 1000.0),
        "2分以内",
        took.compareTo(Duration.ofMinutes(2)) <= 0);
  }
}
