package jp.musubi.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.TestSample;
import jp.musubi.evidence.AccessRecord;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.Anchors;
import jp.musubi.operations.RecordCommand;
import jp.musubi.platform.Tenancy;
import jp.musubi.vault.Vault;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

@ServiceTest
@DisplayName("監査記録の画面は")
class AuditPagesTest {
  private static final Actor HANAKO = new Actor(Actor.Kind.STAFF, "1", "見本 花子");
  private static final Actor ICHIRO = new Actor(Actor.Kind.COUNTERPARTY, "2", "例田 一郎");

  @Autowired MockMvc mvc;
  @Autowired AccessRecord record;
  @Autowired Anchors anchors;
  @Autowired Vault vault;
  @TempDir Path folder;

  private TestBody body;
  private UUID auditor;

  @BeforeEach
  void aBodyWithAnAuditor() {
    body = TestBody.create("-");
    auditor = TestPeople.member(body, "kanako", "監査 佳奈子", body.section(), "AUDITOR", null);
  }

  @Test
  @DisplayName("期間、人、種類、結果、IPアドレスでさがせる")
  void findByWhoWhenWhatAndFromWhere() throws Exception {
    note(HANAKO, "contract.viewed", null, "192.0.2.1");
    note(HANAKO, "route.refused", null, "192.0.2.1");
    note(ICHIRO, "link.accessed", null, "2001:db8::5");

    assertThat(whats("/audit?person=一郎")).containsExactly("リンクから入った");
    assertThat(whats("/audit?person=花子&result=refused")).containsExactly("権限のない操作を断った");
    assertThat(whats("/audit?ip=2001:db8::")).containsExactly("リンクから入った");
    assertThat(whats("/audit?kind=VIEW&person=花子")).containsExactly("契約の画面を見た");
    assertThat(whats("/audit?until=令和2年4月1日")).isEmpty();
    assertThat(whats("/audit?person=%25")).isEmpty();
    assertThat(page("/audit?from=いつか", 422).select("[role=alert]").text()).contains("日付");
    assertThat(page("/audit?person=花子", 200).select("h1").text()).isEqualTo("監査記録");
  }

  @Test
  @DisplayName("古い記録へ順に進め、同じ記録を二度見せず、飛ばさない")
  void turnPagesWithoutLossOrRepetition() throws Exception {
    for (var i = 0; i < 120; i++) {
      note(HANAKO, "contract.viewed", null, "192.0.2.7");
    }
    var seen = new java.util.ArrayList<String>();
    var next = "/audit?ip=192.0.2.7";
    while (next != null) {
      var page = page(next, 200);
      seen.addAll(page.select("tbody th").eachText());
      var link = page.selectFirst("a[rel=next]");
      next = link == null ? null : link.attr("href");
    }
    assertThat(seen)
        .isEqualTo(
            IntStream.iterate(120, i -> i > 0, i -> i - 1).mapToObj(String::valueOf).toList());
  }

  @Test
  @DisplayName("監査には、抽出して認められた契約の記録だけを見せ、期間が過ぎればそれも見せない")
  void showAnAuditorTheRecordOfWhatWasOpened() throws Exception {
    var mine = TestContract.draft(body, vault).id().value();
    var theirs = TestContract.draft(body, vault).id().value();
    note(HANAKO, "contract.viewed", mine, "192.0.2.1");
    note(HANAKO, "document.downloaded", theirs, "192.0.2.1");
    note(HANAKO, "staff.signed-in", null, "192.0.2.1");
    assertThat(whats("/audit?person=花子")).containsExactly("サインインした");
    var sample = TestSample.open(body, auditor, body.mayor(), mine);

    assertThat(whats("/audit?person=花子")).containsExactly("サインインした", "契約の画面を見た");
    assertThat(text("/audit/record.jsonl", StandardCharsets.UTF_8))
        .contains(mine.toString())
        .doesNotContain(theirs.toString());
    TestPeople.run("update audit_sample set open_until = now() where id = ?", sample);
    assertThat(whats("/audit?person=花子")).containsExactly("サインインした");

    auditor = TestPeople.member(body, "sub", "監査 次", body.section(), "AUDITOR", body.section());
    TestSample.open(body, auditor, body.mayor(), mine);
    assertThat(whats("/audit?person=花子")).containsExactly("契約の画面を見た");
  }

  @Test
  @DisplayName("表計算ソフトで動く式を含まないCSVを、UTF-8でもCP932でも出す")
  void exportCsvThatRunsNothing() throws Exception {
    note(
        new Actor(Actor.Kind.STAFF, "1", "=HYPERLINK(\"http://x\",\"高橋\")"),
        "contract.viewed",
        null,
        "-1");

    var utf8 = text("/audit/record.csv?person=HYPERLINK", StandardCharsets.UTF_8);
    assertThat(utf8)
        .startsWith("\uFEFF番号,日時,")
        .contains("\"'=HYPERLINK(\"\"http://x\"\",\"\"高橋\"\")\"", ",'-1,", "契約の画面を見た")
        .hasLineCount(2);
    assertThat(
            text(
                "/audit/record.csv?person=HYPERLINK&letters=cp932", Charset.forName("windows-31j")))
        .startsWith("番号,日時,")
        .contains("高橋", "契約の画面を見た");
    assertThat(whats("/audit?kind=TAKEN")).containsExactly("監査記録を取り出した", "監査記録を取り出した");
  }

  @Test
  @DisplayName("外の人が、JSONLだけで改ざんを見つけられる")
  void exportARecordThatOutsidersCanCheck() throws Exception {
    auditor = TestPeople.member(body, "kanri", "管理 花子", body.section(), "BODY_ADMIN", null);
    for (var i = 0; i < 20; i++) {
      note(HANAKO, "contract.viewed", new UUID(0, i), "192.0.2.1");
    }
    var anchor = Tenancy.in(body.id(), anchors::drop).orElseThrow();
    var anchorFolder = Tenancy.in(body.id(), anchors::all).getFirst().file().getParent();
    var text = text("/audit/record.jsonl", StandardCharsets.UTF_8);
    assertThat(check(text, Optional.ofNullable(anchorFolder))).isZero();
    assertThat(said).contains("21件（第1号から第21号まで）が切れ目なく", "錨と合ったものは1件");
    assertThat(anchor.seq()).isEqualTo(20);

    var lines = text.lines().toList();
    assertThat(check(text.replaceFirst("花子", "花代"), Optional.empty())).isEqualTo(1);
    assertThat(said).contains("1行目", "内容がハッシュと合いません");
    assertThat(check(without(lines, 7), Optional.empty())).isZero();
    assertThat(said).contains("切れ目が1か所");
    assertThat(check(lines.get(3) + "\n" + lines.get(1) + "\n", Optional.empty())).isEqualTo(1);
    assertThat(check("{}\n", Optional.empty())).isEqualTo(1);
    assertThat(check(text + "not json\n", Optional.empty())).isEqualTo(1);

    var part = text("/audit/record.jsonl?kind=TAKEN", StandardCharsets.UTF_8);
    assertThat(check(part, Optional.ofNullable(anchorFolder))).isZero();
    assertThat(said).contains("2件（第21号から第22号まで）");
  }

  private static String without(List<String> lines, int at) {
    var rest = new java.util.ArrayList<>(lines);
    rest.remove(at);
    return String.join("\n", rest) + "\n";
  }

  private String said = "";

  private int check(String text, Optional<Path> anchorFolder) throws Exception {
    var file = Files.writeString(folder.resolve("record.jsonl"), text);
    var out = new ByteArrayOutputStream();
    var printed = new PrintStream(out, true, StandardCharsets.UTF_8);
    var code = RecordCommand.run(file, anchorFolder, false, printed, printed);
    said = out.toString(StandardCharsets.UTF_8);
    return code;
  }

  private List<String> whats(String path) throws Exception {
    return page(path, 200).select("tbody td:nth-of-type(3) > span").eachText();
  }

  private Document page(String path, int status) throws Exception {
    return Jsoup.parse(
        mvc.perform(
                get(path.replace("%25", "{0}"), "%")
                    .with(TestPeople.as(body, auditor))
                    .accept("text/html"))
            .andExpect(status().is(status))
            .andReturn()
            .getResponse()
            .getContentAsString(StandardCharsets.UTF_8));
  }

  private String text(String path, Charset charset) throws Exception {
    return new String(
        mvc.perform(get(path).with(TestPeople.as(body, auditor)))
            .andExpect(status().isOk())
            .andReturn()
            .getResponse()
            .getContentAsByteArray(),
        charset);
  }

  private void note(
      Actor actor, String action, @org.jspecify.annotations.Nullable UUID contract, String ip) {
    Tenancy.in(
        body.id(),
        () -> {
          record.note(actor, action, contract, ip, Map.of("n", "1"));
          return true;
        });
  }
}
