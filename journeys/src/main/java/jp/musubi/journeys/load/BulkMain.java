package jp.musubi.journeys.load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jp.musubi.journeys.Inbox;
import jp.musubi.journeys.ServiceProcess;
import jp.musubi.journeys.Walk;
import jp.musubi.journeys.reliability.Measurement;

/**
 * {@code ./musubi drill bulk [--rows N] [--out DIR]}: one list of so many contracts, first with
 * three rows that are wrong, against the packaged service with its trial parts. Exit 0 only when
 * every counterparty holds exactly one letter and the auditor found nothing.
 */
public final class BulkMain {
  private static final int MOST = 10_000;
  private static final Set<Integer> WRONG = Set.of(2, 3, 5);

  /** Sixty letters a minute would be slow; ten times that is what two busy cores do. */
  private static final int LETTERS_A_MINUTE = 60;

  private BulkMain() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    var rows = MOST;
    var root = Path.of(System.getProperty("musubi.root", "."));
    var out = root.resolve("docs/reliability");
    for (var i = 0; i + 1 < args.length; i += 2) {
      switch (args[i]) {
        case "--rows" -> rows = Integer.parseInt(args[i + 1]);
        case "--out" -> out = Path.of(args[i + 1]);
        default -> LoadMain.refuse("This drill knows --rows and --out only, not " + args[i] + ".");
      }
    }
    if (args.length % 2 != 0 || rows < 5 || rows > MOST) {
      LoadMain.refuse("--rows takes a number from 5 to %d.".formatted(MOST));
    }
    System.exit(run(root, out, rows) ? 0 : 1);
  }

  private static boolean run(Path root, Path out, int count) throws Exception {
    var home = Files.createTempDirectory("musubi-bulk");
    var rows = new ArrayList<Measurement.Row>();
    var letters = new Letters(home.resolve("mail"), 1, 1 + count);
    try (var service = ServiceProcess.start(List.of("-Xmx1g"), root, home, 0);
        var memory = Memory.of(service.handle())) {
      var walk =
          new Walk(
              service.address(),
              new Inbox(home.resolve("mail")),
              (_, _, _) -> {
                // Nobody watches; only time counts.
              });
      var desk =
          new BulkDesk(
              walk.signIn("hanako"),
              Files.createTempDirectory("musubi-bulk"),
              clerk -> clerk.download("/trial/samples/1"),
              "単価契約（物品）",
              Walk.OFFICE_HOLDER);
      send(desk, letters, count, rows);
      rows.add(
          new Measurement.Row(
              "サービスの使用メモリ（検査などの子プロセスを含む）", memory.words(), "3 GiB以下", memory.most() <= 3L << 30));
    }
    var once = letters.links().size() == count && letters.repeated() == 0;
    rows.add(
        new Measurement.Row(
            "相手方に届いた依頼のメール",
            "%d件（二通届いた方 %d人）".formatted(letters.links().size(), letters.repeated()),
            "一人に一通",
            once));
    var clean = LoadMain.audit(root, home);
    rows.add(new Measurement.Row("終わったあとの ./musubi audit", clean ? "違反なし" : "違反あり", "違反なし", clean));
    Measurement.now(
            "bulk", "%d件の一括送信".formatted(count), "./musubi drill bulk --rows " + count, rows)
        .write(out);
    LoadMain.tell(rows);
    return once && clean;
  }

  private static void send(BulkDesk desk, Letters letters, int count, List<Measurement.Row> rows)
      throws Exception {
    var wrong =
        desk.list(
            1,
            count,
            number ->
                BulkDesk.row(number, WRONG.contains(number) ? "k＠" : Letters.address(number)));
    var began = System.nanoTime();
    var refused = desk.refused(wrong);
    var told = refused.text().contains("誤りが%d件あります".formatted(WRONG.size()));
    rows.add(
        new Measurement.Row(
            "%d行の検査、誤り%d件（渡してから、行で示すまで）".formatted(count, WRONG.size()),
            told ? Durations.words(since(began)) : refused.text(),
            "30秒以内、すべての誤り",
            told && since(began).compareTo(Duration.ofSeconds(30)) <= 0));

    var list = desk.list(1, count, BulkDesk::right);
    began = System.nanoTime();
    var checked = desk.checked(list);
    rows.add(
        LoadMain.row(
            "誤りのない%d行の検査".formatted(count), since(began), "30秒以内", Duration.ofSeconds(30)));

    began = System.nanoTime();
    var made = desk.made(checked);
    rows.add(
        LoadMain.row(
            "%d件の下書きの作成（一件ずつのPDFを含む）".formatted(count),
            since(began),
            "2分以内",
            Duration.ofMinutes(2)));

    began = System.nanoTime();
    desk.send(made);
    rows.add(
        new Measurement.Row("一覧をすべて見て、送信のボタンを押し終わるまで", Durations.words(since(began)), "—", true));
    letters.await(letters.links(), count, Duration.ofMinutes(5 + count / LETTERS_A_MINUTE));
    var sent = since(began);
    rows.add(
        new Measurement.Row(
            "送信（送信者の署名とタイムスタンプを付け、全員に依頼のメールが届くまで）",
            "%s、毎秒%.1f件".formatted(Durations.words(sent), count / (sent.toMillis() / 1000.0)),
            "—",
            true));
  }

  private static Duration since(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
