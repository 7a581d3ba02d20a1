package jp.musubi.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.Executors;
import javax.imageio.ImageIO;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import jp.musubi.staff.Staff;
import jp.musubi.vault.Vault;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

@ServiceTest
@DisplayName("一括送信")
class BulkTest {
  private static final int ROWS = 300;

  @Autowired MockMvc mvc;
  @Autowired Runs runs;
  @Autowired RunWork work;
  @Autowired DraftMaking making;
  @Autowired Staff staff;
  @Autowired Organisations organisations;
  @Autowired Vault vault;

  private BulkHouse house;
  private TestBody body;
  private String template;

  @BeforeEach
  void aBodyWithAForm() throws Exception {
    house = BulkHouse.open(mvc);
    body = house.body();
    template = house.template();
  }

  @Test
  @DisplayName("ひな形の画面は、枠と差し込む名前を見本に描き、CSVの様式を渡す")
  void showsTheFormWithItsBoxes() throws Exception {
    var path = "/templates/" + template;
    assertThat(text(house.page(body.clerk(), path)))
        .contains("単価契約", "契約金額", "1ページ　左20　上60　幅80.5　高さ8（mm）　10.5ポイント");
    var image =
        ImageIO.read(
            new ByteArrayInputStream(
                house.page(body.clerk(), path + "/pages/1.png").getContentAsByteArray()));
    assertThat(image.getWidth()).isEqualTo(1240);
    var scale = image.getWidth() / 210.0;
    assertThat(image.getRGB((int) Math.round(20 * scale), (int) Math.round(24 * scale)) & 0xFFFFFF)
        .as("the frame of 件名, 20 mm from the left")
        .isEqualTo(0xB30C0C);
    var csv = house.page(body.clerk(), path + "/list.csv");
    assertThat(csv.getContentAsString(StandardCharsets.UTF_8))
        .isEqualTo("\uFEFF" + BulkHouse.HEADING);
    assertThat(house.page(body.clerk(), path + "/pages/2.png").getStatus()).isEqualTo(404);
  }

  @Test
  @DisplayName("ページの外の枠、読めない数は断り、使われたひな形は変わらず、写しは変えられる")
  void refusesBoxesOutsideAndKeepsWhatWasUsed() throws Exception {
    var path = "/templates/" + template;
    var outside = field(path, "left", "150", "width", "100");
    assertThat(outside.getStatus()).isEqualTo(409);
    assertThat(text(outside)).contains("ページの外");
    assertThat(field(path, "left", "三", "width", "100").getStatus()).isEqualTo(422);

    house.check(template, BulkHouse.rows(1));

    assertThat(text(field(path, "left", "20", "width", "50"))).contains("写しを作って");
    var copy = house.press(body.clerk(), path + "/copy");
    assertThat(
            field(String.valueOf(copy.getRedirectedUrl()), "left", "20", "width", "50").getStatus())
        .isEqualTo(302);
  }

  private MockHttpServletResponse field(
      String path, String name, String value, String other, String width) throws Exception {
    return house.press(
        body.clerk(),
        path + "/fields",
        "name",
        "備考",
        "type",
        "TEXT",
        "most",
        "20",
        "page",
        "1",
        "top",
        "200",
        "height",
        "8",
        "size",
        "10",
        name,
        value,
        other,
        width);
  }

  @Test
  @DisplayName("検査は、仕込んだ誤りを行と列ですべて見つけ、何も作らない")
  void findsEveryPlantedError() throws Exception {
    var rows =
        BulkHouse.rows(1)
            + ",株式会社 甲,,例田,k2@mihon.example,,令和9年4月1日,,,,庁舎\r\n"
            + "件名3,株式会社 乙,,例田,mail,12円5,令和99月,,,たぶん,庁舎\r\n"
            + "件名4,株式会社 丙,,例田,k4@mihon.example,,R9.4.1,R9.4.1,R8.4.1,,庁舎\r\n"
            + "件名5,株式会社 丁,,例田,k5@mihon.example,,R9.4.1,,,,外字\uE000\r\n"
            + "件名6,"
            + "あ".repeat(90)
            + ",,例田,k6@mihon.example,,R9.4.1,,,,庁舎\r\n"
            + "件名7,株式会社 戊,,例田,k7@mihon.example,,R9.4.1,,,,"
            + "い".repeat(101)
            + "\r\n"
            + "件名8,足りない\r\n"
            + BulkHouse.rows(1);
    var run = house.check(template, rows);

    var errors = house.page(body.clerk(), "/bulk/" + run + "/errors.csv");
    var lines = errors.getContentAsString(StandardCharsets.UTF_8).lines().skip(1).toList();
    assertThat(lines)
        .extracting(line -> String.join(",", java.util.List.of(line.split(",", -1)).subList(0, 2)))
        .containsExactlyInAnyOrder(
            "3,件名",
            "4,メール",
            "4,契約金額",
            "4,契約日",
            "4,アクセスコード",
            "5,契約期間の終了日",
            "6,納入場所",
            "7,相手方",
            "8,納入場所",
            "9,件名",
            "10,件名");
    assertThat(text(house.page(body.clerk(), "/bulk/" + run)))
        .contains("誤りが11件あります", "U+E000", "枠に入りきりません", "2行目と同じ内容です");
    assertThat(house.press(body.clerk(), "/bulk/" + run + "/drafts").getStatus()).isEqualTo(409);
    assertThat(
            BulkHouse.count("select count(*) from contract where tenant_id = ?", body.id().value()))
        .isZero();
  }

  @Test
  @DisplayName("敵意のあるCSV：式は式として書き出さず、NULも1MBのセルも、UTF-8でない文字も崩さない")
  void survivesHostileLists() throws Exception {
    var run =
        house.check(
            template,
            "=HYPERLINK(\"\"x\"\"),+1,@a,-1,=cmd|' /C calc'!A0,,R9.4.1,,,,a\u0000b\r\n"
                + "件名,"
                + "大".repeat(1_000_000)
                + ",,例田,k@mihon.example,,R9.4.1,,,,庁舎\r\n");
    var errors =
        house
            .page(body.clerk(), "/bulk/" + run + "/errors.csv")
            .getContentAsString(StandardCharsets.UTF_8);
    assertThat(errors).contains("'=cmd", "3,相手方").doesNotContain("\u0000");
    assertThat(errors.length()).isLessThan(5_000);
    assertThat(house.page(body.clerk(), "/bulk/" + run).getStatus()).isEqualTo(200);

    var cp932 = (BulkHouse.HEADING + "件名,髙﨑商店,,例田,k@mihon.example,,R9.4.1,,,,庁舎\r\n");
    assertThat(
            house
                .upload(
                    template,
                    cp932.getBytes(Charset.forName("windows-31j")),
                    UUID.randomUUID().toString())
                .getStatus())
        .isEqualTo(302);
    assertThat(
            house
                .upload(
                    template,
                    new byte[] {(byte) 0xFF, 0, (byte) 0xFE},
                    UUID.randomUUID().toString())
                .getStatus())
        .isEqualTo(422);
    assertThat(
            house
                .upload(
                    template,
                    "件名\r\n".getBytes(StandardCharsets.UTF_8),
                    UUID.randomUUID().toString())
                .getStatus())
        .isEqualTo(422);
  }

  @Test
  @DisplayName("途中で切れても、二つの処理が同時に動いても、一行は一つの下書きになり、一度だけ送られる")
  void makesAndSendsEachLineOnce() throws Exception {
    var run = house.check(template, BulkHouse.rows(ROWS));
    assertThat(text(house.page(body.clerk(), "/bulk/" + run))).contains("誤りはありません", ROWS + "件");
    var preview = house.page(body.clerk(), "/bulk/" + run + "/rows/2.pdf").getContentAsByteArray();
    assertThat(words(preview)).contains("株式会社 髙﨑1", "￥1,001", "令和9年4月1日", "第1庁舎");

    // Broken off after the first lines, with the job that would go on taken away as a crash does.
    state(run, "MAKING");
    making(run);
    var made = drafts(run);
    assertThat(made).isEqualTo(DraftMaking.AT_ONCE);
    both(run);
    assertThat(drafts(run)).isEqualTo(ROWS);
    assertThat(
            BulkHouse.count(
                "select count(distinct title) from contract where tenant_id = ? and state = 'DRAFT'",
                body.id().value()))
        .isEqualTo(ROWS);
    assertThat(
            BulkHouse.count(
                "select max(cast(substr(number, 4) as int)) from contract where tenant_id = ?",
                body.id().value()))
        .isEqualTo(ROWS);

    var review = reviewed(run);
    var form = review.select("form[action$=/dispatch]");
    var values = new ArrayList<String>();
    for (var input : form.select("input[type=hidden]")) {
      values.add(input.attr("name"));
      values.add(input.attr("value"));
    }
    var path = "/bulk/" + run + "/dispatch";
    assertThat(house.press(body.clerk(), path, values.toArray(String[]::new)).getStatus())
        .isEqualTo(302);
    assertThat(house.press(body.clerk(), path, values.toArray(String[]::new)).getStatus())
        .as("a double click")
        .isEqualTo(302);
    both(run);
    awaitSent(run, ROWS);
    assertThat(
            BulkHouse.count(
                "select count(*) from audit_entry where tenant_id = ? and action = 'contract.dispatched'",
                body.id().value()))
        .isEqualTo(ROWS);
    saysWhatHasLeft(run);

    var codes = house.press(body.clerk(), "/bulk/" + run + "/codes");
    assertThat(codes.getContentType()).startsWith("text/csv");
    assertThat(codes.getContentAsString(StandardCharsets.UTF_8).lines().count())
        .isEqualTo(1 + ROWS - ROWS / 3);
    assertThat(house.press(body.clerk(), "/bulk/" + run + "/codes").getStatus()).isEqualTo(409);
    assertThat(
            BulkHouse.count(
                "select count(*) from bulk_run where id = ? and code_seed is null", run))
        .isEqualTo(1);
  }

  /** 送信済 is said once the last letter has gone; until then how many have. */
  private void saysWhatHasLeft(UUID run) throws Exception {
    awaitLetters();
    TestPeople.run(
        """
        update mail set sent_at = null
         where occasion like 'invitation/%' and contract_id in (
               select contract_id from bulk_row where run_id = ? and line in (2, 3))
        """,
        run);
    var onTheWay = house.page(body.clerk(), "/bulk/" + run);
    assertThat(text(onTheWay))
        .contains("依頼のメールを送信中", ROWS + "件のうち" + (ROWS - 2) + "件が終わりました")
        .doesNotContain("送信が終わりました");
    assertThat(onTheWay.getHeader("Refresh")).isNotNull();
    TestPeople.run(
        "update mail set sent_at = now() where sent_at is null and contract_id in"
            + " (select contract_id from bulk_row where run_id = ?)",
        run);
    assertThat(text(house.page(body.clerk(), "/bulk/" + run)))
        .contains("送信済", "送信が終わりました")
        .doesNotContain("依頼のメールを送信中");
  }

  private void awaitLetters() throws Exception {
    for (var tries = 0; tries < 1200; tries++) {
      if (BulkHouse.count(
              """
              select count(*) from mail
               where tenant_id = ? and occasion like 'invitation/%' and sent_at is not null
              """,
              body.id().value())
          == ROWS) {
        return;
      }
      // Seals are made and letters leave by jobs of their own.
      Thread.sleep(Duration.ofMillis(100));
    }
    throw new AssertionError("not all letters left");
  }

  /**
   * The figure of the requirement: -Dmusubi.bulk.rows=10000, on a machine that does nothing else.
   */
  @Test
  @EnabledIfSystemProperty(named = "musubi.bulk.rows", matches = "\\d+")
  @DisplayName("計測：検査と下書きの作成")
  void measuresTheMakingOfDrafts() throws Exception {
    var rows = Integer.getInteger("musubi.bulk.rows");
    // nanoTime: what is measured is how long it takes, by no clock of the service.
    var began = System.nanoTime();
    var run = house.check(template, BulkHouse.rows(rows));
    measured("check", rows, began);
    state(run, "MAKING");
    began = System.nanoTime();
    run(run);
    measured("drafts", rows, began);
    assertThat(drafts(run)).isEqualTo(rows);
  }

  @Test
  @DisplayName("確かめた後に変わった下書きは送らず、理由を見せ、確かめ直せば送る")
  void refusesWhatChangedSinceAndSendsItOnceSeen() throws Exception {
    var run = house.check(template, BulkHouse.rows(3));
    state(run, "MAKING");
    both(run);
    var form = reviewed(run);
    var looked = form.select("input[name=looked]").attr("value");
    TestPeople.run(
        """
        update contract set version = version + 1
         where id = (select contract_id from bulk_row where run_id = ? and line = 2)
        """,
        run);
    assertThat(send(run, looked).getStatus()).as("the list is not as seen").isEqualTo(409);

    var again = reviewed(run).select("input[name=looked]").attr("value");
    deadline(run, "2020-01-01 00:00+09");
    assertThat(send(run, again).getStatus()).isEqualTo(302);
    both(run);
    awaitSent(run, 2);
    assertThat(text(house.page(body.clerk(), "/bulk/" + run))).contains("期限を過ぎている", "3行目");

    deadline(run, "2099-01-01 00:00+09");
    assertThat(house.press(body.clerk(), "/bulk/" + run + "/retry").getStatus()).isEqualTo(302);
    var once = reviewed(run);
    assertThat(once.select("tbody tr")).hasSize(1);
    send(run, once.select("input[name=looked]").attr("value"));
    both(run);
    awaitSent(run, 3);
  }

  @Test
  @DisplayName("止めた処理は進まず、続ければ終わりまで進み、担当者の権限がなくなれば理由を見せて止まる")
  void stopsAndGoesOn() throws Exception {
    var run = house.check(template, BulkHouse.rows(2));
    state(run, "MAKING");
    assertThat(house.press(body.clerk(), "/bulk/" + run + "/pause").getStatus()).isEqualTo(302);
    run(run);
    assertThat(drafts(run)).isZero();
    assertThat(text(house.page(body.clerk(), "/bulk/" + run))).contains("2件のうち0件で止まっています");

    TestPeople.run("update bulk_run set paused = false where id = ?", run);
    TestPeople.run(
        "update role_grant set until_at = from_at + interval '1 day' where tenant_id = ? and staff_id = ?",
        body.id().value(),
        body.clerk());
    run(run);
    assertThat(drafts(run)).isZero();
    assertThat(
            BulkHouse.count(
                "select count(*) from bulk_run where id = ? and stopped = 'bulk.stopped.clerk'",
                run))
        .isEqualTo(1);
    TestPeople.run(
        "update role_grant set until_at = null where tenant_id = ? and staff_id = ?",
        body.id().value(),
        body.clerk());
    assertThat(text(house.page(body.clerk(), "/bulk/" + run))).contains("権限がなくなったため、止まっています");
    assertThat(house.press(body.clerk(), "/bulk/" + run + "/resumption").getStatus())
        .isEqualTo(302);
    run(run);
    for (var tries = 0; drafts(run) < 2 && tries < 300; tries++) {
      // The job that the button began may hold the lines; only they tell when it is done.
      Thread.sleep(Duration.ofMillis(100));
    }
    assertThat(drafts(run)).isEqualTo(2);
  }

  @Test
  @DisplayName("日時を決めれば、その日時までは団体の中にあり、それぞれの契約として予約される")
  void hasThemLeaveAtAMoment() throws Exception {
    var run = house.check(template, BulkHouse.rows(3));
    state(run, "MAKING");
    both(run);
    var looked = reviewed(run).select("input[name=looked]").attr("value");
    var path = "/bulk/" + run + "/schedule";
    assertThat(text(house.page(body.clerk(), path + "?looked=" + looked))).contains("日時を決めて送信する");
    var late =
        house.press(
            body.clerk(),
            path,
            "idempotencyKey",
            UUID.randomUUID().toString(),
            "looked",
            looked,
            "day",
            "2099/1/1",
            "time",
            "0:00");
    assertThat(late.getStatus()).isEqualTo(422);
    var tomorrow = organisations.today().plusDays(1);
    var set =
        house.press(
            body.clerk(),
            path,
            "idempotencyKey",
            UUID.randomUUID().toString(),
            "looked",
            looked,
            "day",
            tomorrow.toString(),
            "time",
            "0:00");
    assertThat(set.getStatus()).isEqualTo(302);
    both(run);
    awaitSent(run, 3);
    assertThat(
            BulkHouse.count(
                "select count(*) from contract where tenant_id = ? and state = 'SCHEDULED'"
                    + " and release_at = timestamptz '"
                    + tomorrow
                    + " 00:00+09'",
                body.id().value()))
        .isEqualTo(3);
    assertThat(text(house.page(body.clerk(), "/bulk/" + run))).contains("送信を予約済");
  }

  @Test
  @DisplayName("ほかの課とほかの団体には、ひな形も一括送信もない")
  void isNothingToOthers() throws Exception {
    var run = house.check(template, BulkHouse.rows(1));
    var other = TestPeople.section(body, "20", "福祉部", null);
    var stranger = TestPeople.member(body, "fuku", "見本 福", other, "CLERK", other);
    // Their own section is 福祉部: what a session holds of the section is not asked here.
    assertThat(house.page(stranger, "/bulk/" + run).getStatus()).isEqualTo(404);
    assertThat(house.press(stranger, "/bulk/" + run + "/drafts").getStatus()).isEqualTo(404);
    assertThat(house.page(stranger, "/bulk/" + run + "/rows/2.pdf").getStatus()).isEqualTo(404);

    var foreign = BulkHouse.open(mvc);
    var theirs = foreign.body().clerk();
    assertThat(foreign.page(theirs, "/bulk/" + run).getStatus()).isEqualTo(404);
    assertThat(foreign.page(theirs, "/templates/" + template).getStatus()).isEqualTo(404);
    assertThat(foreign.press(theirs, "/bulk/" + run + "/codes").getStatus()).isEqualTo(404);
  }

  private Document reviewed(UUID run) throws Exception {
    var pages = (ROWS + 499) / 500;
    var page = house.page(body.clerk(), "/bulk/" + run + "/review?page=" + pages);
    return Jsoup.parse(page.getContentAsString(StandardCharsets.UTF_8));
  }

  private MockHttpServletResponse send(UUID run, String looked) throws Exception {
    return house.press(
        body.clerk(),
        "/bulk/" + run + "/dispatch",
        "idempotencyKey",
        UUID.randomUUID().toString(),
        "looked",
        looked);
  }

  private static void deadline(UUID run, String moment) {
    TestPeople.run(
        """
        update contract set deadline = cast(? as timestamptz)
         where id = (select contract_id from bulk_row where run_id = ? and line = 3)
        """,
        moment,
        run);
  }

  private void making(UUID run) {
    Tenancy.in(
        body.id(),
        () -> {
          var clerk = staff.active(body.clerk()).orElseThrow();
          making.some(runs.get(run, clerk), clerk);
          return true;
        });
  }

  /** The work, done by two at the same time as after a node was thought dead. */
  private void both(UUID run) throws Exception {
    try (var pool = Executors.newFixedThreadPool(2)) {
      var first = pool.submit(() -> run(run));
      var second = pool.submit(() -> run(run));
      first.get();
      second.get();
    }
  }

  private boolean run(UUID run) {
    return Tenancy.in(
        body.id(),
        () -> {
          work.run(run);
          return true;
        });
  }

  private static void state(UUID run, String state) {
    TestPeople.run("update bulk_run set state = ? where id = ?", state, run);
  }

  private static int drafts(UUID run) {
    return (int)
        BulkHouse.count(
            "select count(*) from bulk_row where run_id = ? and state <> 'WAITING'", run);
  }

  private static void awaitSent(UUID run, int rows) throws InterruptedException {
    for (var tries = 0; tries < 1200; tries++) {
      if (BulkHouse.count("select count(*) from bulk_row where run_id = ? and state = 'SENT'", run)
          == rows) {
        return;
      }
      // The job itself may be the one that sends; nothing tells when it is done but the rows.
      Thread.sleep(Duration.ofMillis(100));
    }
    throw new AssertionError("not all lines were sent");
  }

  /** Printed, since it is the figure that the requirement names. */
  private static void measured(String what, int rows, long began) {
    System.out.println(
        "measured: bulk %s, rows %d, seconds %.1f"
            .formatted(what, rows, (System.nanoTime() - began) / 1e9));
  }

  private static String text(MockHttpServletResponse page) throws Exception {
    return Jsoup.parse(page.getContentAsString(StandardCharsets.UTF_8)).text();
  }

  private static String words(byte[] pdf) throws Exception {
    try (var document = Loader.loadPDF(pdf)) {
      return new PDFTextStripper().getText(document);
    }
  }
}
