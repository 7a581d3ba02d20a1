package jp.musubi.journeys.drill;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import jp.musubi.journeys.reliability.Measurement;

/**
 * 書込みの失敗. fsync answers EIO, first to the nodes that write into the vault, then to PostgreSQL: what
 * the disk did not take is not acknowledged.
 */
final class BrokenFsync implements Drill {
  private static final Load.Mix PEOPLE = new Load.Mix(3, 40, Duration.ofMillis(100));

  @Override
  public String title() {
    return "fsyncの失敗（EIO）";
  }

  @Override
  public List<Measurement.Row> run(Path root) throws Exception {
    var rows = new ArrayList<Measurement.Row>();
    var platform = Platform.prepare(root);
    try (platform;
        var database =
            Postgres.create(Postgres.programs(platform), platform.folder().resolve("database"))) {
      platform.settle(Postgres.settings(database));
      platform.open();
      var contracting = new Contracting(platform);
      try (var _ = breaking(platform, "a", platform.a().child());
          var _ = breaking(platform, "b", platform.b().child())) {
        rows.add(FullDisk.refused("原本のfsyncが失敗するときのPDFの登録", contracting.upload()));
      }
      rows.add(FullDisk.accepted("fsyncが直ったあとのPDFの登録", contracting.upload()));
      database(platform, database, rows);
      var contract = contracting.send();
      contracting.agree(contract);
      rows.add(FullDisk.healed("直ったあとの、新しい契約の署名から締結まで", contracting.conclude(contract)));
      rows.add(Platforms.audited(platform));
    }
    platform.forget();
    return rows;
  }

  private static void database(Platform platform, Postgres database, List<Measurement.Row> rows)
      throws Exception {
    var load = new Load(platform.address());
    int broken;
    try (load) {
      load.begin(Rolling.walk(platform), platform.sample(), PEOPLE);
      Thread.sleep(5000); // Some work before.
      try (var _ = breaking(platform, "database", database.child())) {
        Thread.sleep(10_000); // People go on while no commit can be made durable.
      }
      broken = load.failed();
      if (!database.answersWithin(Duration.ofSeconds(15))) {
        // It gave up, or stands in a recovery that could not write; whoever runs it starts it
        // again.
        database.child().kill();
        database.start();
      }
      Thread.sleep(15_000); // It has recovered, people go on.
    }
    load.tell();
    rows.add(
        new Measurement.Row(
            "PostgreSQLのfsyncが失敗するあいだに断った要求", "%d件".formatted(broken), "受け付けたと言わずに断る", broken > 0));
    rows.add(Pages.row("そのあいだに断った画面", load));
    rows.add(Platforms.ledger(load.ledger(), Platforms.superuser(platform), 30));
  }

  /**
   * Every fsync and fdatasync of the process and its children fails, until this is closed. Those
   * that it has already are named one by one: strace follows only what begins later.
   */
  private static Child breaking(Platform platform, String name, Child victim) throws Exception {
    var command =
        new ArrayList<>(
            List.of(
                "strace",
                "-f",
                "-e",
                "trace=fsync,fdatasync",
                "-e",
                "inject=fsync,fdatasync:error=EIO"));
    Stream.concat(Stream.of(victim.process().toHandle()), victim.process().descendants())
        .forEach(process -> command.addAll(List.of("-p", String.valueOf(process.pid()))));
    var strace =
        Child.start(
            platform.folder().resolve("strace-" + name + ".log"), command, Platform.NOTHING);
    return strace.await("attached");
  }
}
