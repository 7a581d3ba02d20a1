package jp.musubi.journeys.load;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import jp.musubi.journeys.ServiceProcess;
import jp.musubi.journeys.reliability.Measurement;

/**
 * {@code ./musubi drill load [--contracts N] [--out DIR]}: 1 April with as many contracts, against
 * the packaged service with its trial parts (database, timestamp authority and certification in the
 * same two cores, which is harder than in service). Exit 0 only when every contract was concluded
 * and the auditor found nothing.
 */
public final class LoadMain {
  private static final int LEAST = 80;
  private static final int MOST = 500;
  private static final int WARM = 20;
  private static final int ONE_BY_ONE = 30;
  private static final int FEW = 10;

  /**
   * In the ten seconds in which ten of the quiet body agree, a hundred times ten is asked of it.
   */
  private static final int NOISE = 1_000;

  private static final String QUIET = "隣が騒がしい団体";
  private static final double USUAL = 5;
  private static final double TENFOLD = 50;

  private LoadMain() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    var contracts = 400;
    var root = Path.of(System.getProperty("musubi.root", "."));
    var out = root.resolve("docs/reliability");
    for (var i = 0; i + 1 < args.length; i += 2) {
      switch (args[i]) {
        case "--contracts" -> contracts = Integer.parseInt(args[i + 1]);
        case "--out" -> out = Path.of(args[i + 1]);
        default -> refuse("This drill knows --contracts and --out only, not " + args[i] + ".");
      }
    }
    if (args.length % 2 != 0 || contracts < LEAST || contracts > MOST) {
      refuse("--contracts takes a number from %d to %d.".formatted(LEAST, MOST));
    }
    System.exit(run(root, out, contracts) ? 0 : 1);
  }

  /** Tells whoever called it wrongly, and ends. */
  static void refuse(String message) {
    System.err.println(message);
    System.exit(2);
  }

  private static boolean run(Path root, Path out, int contracts) throws Exception {
    var home = Files.createTempDirectory("musubi-load");
    var rows = new ArrayList<Measurement.Row>();
    int concluded;
    try (var service = ServiceProcess.start(List.of("-Xmx1g"), root, home, 0);
        var memory = Memory.of(service.handle())) {
      var course = new Course(service.address(), home, Files.createTempDirectory("musubi-load"));
      walk(course, contracts, rows);
      rows.add(
          new Measurement.Row(
              "サービスの使用メモリ（検査などの子プロセスを含む）", memory.words(), "3 GiB以下", memory.most() <= 3L << 30));
      concluded = course.concluded();
      noise(service.address(), home, rows);
    }
    var clean = audit(root, home);
    rows.add(
        new Measurement.Row(
            "受け付けた同意のうち締結に至ったもの",
            "%d件中%d件".formatted(contracts, concluded),
            "すべて",
            concluded == contracts));
    rows.add(new Measurement.Row("終わったあとの ./musubi audit", clean ? "違反なし" : "違反あり", "違反なし", clean));
    Measurement.now("load", "年度当初の負荷", "./musubi drill load --contracts " + contracts, rows)
        .write(out);
    tell(rows);
    return clean && concluded == contracts;
  }

  /** What the command tells whoever ran it; the file tells the rest. */
  static void tell(List<Measurement.Row> rows) {
    rows.forEach(row ->
        // It is a command: this is its answer.
        System.out.printf(
            "%s  %s: %s（目標 %s）%n", row.met() ? "達成" : "未達", row.what(), row.value(), row.goal()));
  }

  private static void walk(Course course, int contracts, List<Measurement.Row> rows)
      throws Exception {
    var usual = (contracts - WARM) / 2;
    var tenfold = contracts - WARM - usual;
    var sent = course.send(contracts);
    rows.add(
        row(
            "%d件の一括送信（一覧の登録から、全員に依頼のメールが届くまで）".formatted(contracts),
            sent,
            "2分以内",
            Duration.ofMinutes(2)));
    course.agree(course.read(1, WARM), USUAL);
    var calm = course.read(1 + WARM, usual);
    var rush = course.read(1 + WARM + usual, tenfold);
    var mayor = course.mayor();
    course.drain(mayor, WARM);
    rows.add(
        row(
            "同意の受付、毎秒5件（押してから次の画面まで）",
            course.agree(calm, USUAL),
            "p99 300ミリ秒以下",
            Duration.ofMillis(300)));
    rows.add(row("同意の受付、毎秒50件", course.agree(rush, TENFOLD), "p99 1秒以下", Duration.ofSeconds(1)));
    rows.add(
        row(
            "同意がすべて済んでから、相手方の署名が付き終わるまで",
            course.drain(mayor, contracts),
            "5分以内",
            Duration.ofMinutes(5)));
    rows.add(
        row(
            "最後の同意から、締結のメールが届くまで（一件ずつ）",
            course.signOne(mayor, ONE_BY_ONE, Duration.ofSeconds(1)),
            "p99 30秒以下",
            Duration.ofSeconds(30)));
    var all = course.signAll(mayor);
    rows.add(
        row(
            "%d件の一括署名（押してから結果の画面まで）".formatted(all.count()),
            all.press(),
            "1分以内",
            Duration.ofMinutes(1)));
    rows.add(
        new Measurement.Row(
            "一括署名からの締結",
            "毎秒%.1f件、%s".formatted(all.perSecond(), all.letters().words()),
            "—",
            true));
  }

  /** A town of few contracts, alone and then beside a city that sends a hundred times as many. */
  private static void noise(URI service, Path home, List<Measurement.Row> rows) throws Exception {
    var quiet =
        new Course(service, home, Files.createTempDirectory("musubi-load"), Course.Side.quiet());
    quiet.send(2 * FEW);
    var mayor = quiet.mayor();
    var alone = quiet.agree(quiet.read(1, FEW), 1);
    var sealedAlone = quiet.drain(mayor, FEW);
    var readers = quiet.read(1 + FEW, FEW);
    Durations beside;
    Duration sealedBeside;
    Duration noise;
    try (var threads = Executors.newSingleThreadExecutor()) {
      var noisy =
          new Course(service, home, Files.createTempDirectory("musubi-load"), Course.Side.noisy());
      var sent = threads.submit(() -> noisy.send(NOISE));
      beside = quiet.agree(readers, 1);
      sealedBeside = quiet.drain(mayor, 2 * FEW);
      noise = sent.get();
    }
    rows.add(
        row(
            "%s・同意の受付、毎秒1件、ほかに何もないとき".formatted(QUIET),
            alone,
            "p99 300ミリ秒以下",
            Duration.ofMillis(300)));
    rows.add(
        row(
            "%s・同意の受付、毎秒1件、隣の団体が%d件を一括送信しているあいだ（送信は%s）"
                .formatted(QUIET, NOISE, Durations.words(noise)),
            beside,
            "p99 300ミリ秒以下",
            Duration.ofMillis(300)));
    rows.add(
        row(
            "%s・最後の同意から署名が付き終わるまで（ほかに何もないとき%s）".formatted(QUIET, Durations.words(sealedAlone)),
            sealedBeside,
            "30秒以下",
            Duration.ofSeconds(30)));
  }

  static Measurement.Row row(String what, Duration value, String goal, Duration most) {
    return new Measurement.Row(what, Durations.words(value), goal, value.compareTo(most) <= 0);
  }

  private static Measurement.Row row(String what, Durations values, String goal, Duration most) {
    return new Measurement.Row(
        what, values.words(), goal, values.percentile(99).compareTo(most) <= 0);
  }

  /** Has the auditor look at what is left behind. */
  static boolean audit(Path root, Path home) throws IOException, InterruptedException {
    var log = home.resolve("audit.log");
    var process =
        new ProcessBuilder(ServiceProcess.audit(root, home))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    var status = process.waitFor();
    if (status != 0) {
      System.err.println("The auditor's words are in " + log);
    }
    return status == 0;
  }
}
