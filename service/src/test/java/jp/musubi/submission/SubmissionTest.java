package jp.musubi.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.head;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.contract.Attachment;
import jp.musubi.contract.Attachments;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.DocumentSet;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.ReceivedFiles;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.Tenancy;
import jp.musubi.seal.Sha256;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
@DisplayName("提出の依頼は")
class SubmissionTest {
  @TempDir Path folder;
  @Autowired MockMvc mvc;
  @Autowired Contracts contracts;
  @Autowired Attachments attachments;
  @Autowired Submissions submissions;
  @Autowired HandingIn handing;
  @Autowired DraftCalls calls;
  @Autowired AuditTrail audit;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transactions;

  @Test
  @DisplayName("相手方が提出し、担当者が契約に受け取るまで送信を止め、送信のあとは何も変えさせない")
  void holdsTheDraftUntilWhatIsWantedWasTaken() throws Exception {
    var house = SubmissionHouse.open(mvc, 1);
    assertThat(house.want("内訳書", "SIGNED", 1, "due", tomorrow()).getStatus()).isEqualTo(302);
    house.want("位置図", "REFERENCE", 1, "mandatory", "");
    var stopped = dispatch(house);
    assertThat(stopped.getStatus()).isEqualTo(409);
    assertThat(SubmissionHouse.html(stopped).text()).contains("相手方からの書類がそろっていない", "内訳書");
    assertThat(house.page("/review").text()).contains("必須の書類をすべて受け取ると、送信できます");

    var letter =
        SubmissionHouse.letterAfter(
            house.mails().getFirst(), () -> house.press("/submissions/asking", "place", "1"));
    assertThat(letter).contains("・内訳書（必須）", "・位置図（任意）", "提出は契約への同意ではありません");
    var link = house.ask(1);
    var shown = SubmissionHouse.html(house.open(link));
    assertThat(shown.text())
        .contains("庁舎清掃業務委託", "内訳書", "位置図", "会社の様式でかまいません。", "まだ提出していません", "提出期限");
    assertThat(shown.select("[style], script:not([src])")).isEmpty();

    var bytes = SubmissionHouse.pdf(3);
    var sent = house.send(link, 1, "内訳書.pdf", bytes);
    assertThat(sent.getStatus()).as(sent.getContentAsString()).isEqualTo(302);
    var after = SubmissionHouse.html(house.open(String.valueOf(sent.getRedirectedUrl())));
    assertThat(after.text())
        .contains("「内訳書」を受け付けました", "提出しました", "内訳書.pdf", Sha256.of(bytes).hex(), "別のファイルに差し替える")
        .doesNotContain("あと1件");
    house.send(link, 2, "位置図.png", png());
    // Come, but not taken: the contract would leave without it.
    assertThat(dispatch(house).getStatus()).isEqualTo(409);
    assertThat(house.page("").text()).contains("相手方から書類が届いています", "「内訳書.pdf」が届いています");

    var seen = house.seen("内訳書");
    var page = SubmissionHouse.html(house.at(seen));
    assertThat(page.text()).contains("内訳書.pdf", "3ページ", Sha256.of(bytes).hex(), "株式会社 見本建設");
    assertThat(page.select("figure img")).hasSize(3);
    assertThat(house.at(seen + "/pages/3.png").getContentType()).isEqualTo("image/png");
    assertThat(house.at(seen + "/pages/4.png").getStatus()).isEqualTo(404);
    var content = house.at(seen + "/content");
    assertThat(content.getContentAsByteArray()).isEqualTo(bytes);
    assertThat(content.getHeader("Content-Disposition")).startsWith("attachment");
    var taken = house.take(seen, "SIGNED");
    assertThat(taken.getRedirectedUrl()).isEqualTo(house.path() + "/submissions");
    // The button once more: taken once.
    assertThat(house.take(seen, "SIGNED").getStatus()).isEqualTo(302);
    assertThat(house.take(house.seen("位置図"), "REFERENCE").getStatus()).isEqualTo(302);

    var set = in(house, () -> attachments.of(house.id()));
    assertThat(set.signed()).extracting(Attachment::name).containsExactly("内訳書.pdf");
    assertThat(set.signed().getFirst().original()).isEqualTo(Sha256.of(bytes));
    assertThat(set.references()).extracting(Attachment::sha256).containsExactly(Sha256.of(png()));
    assertThat(SubmissionHouse.html(house.open(link)).select("main form[enctype]")).isEmpty();
    assertThat(SubmissionHouse.html(house.open(link)).text()).contains("団体が受け取りました");

    assertThat(house.press("/files/settled").getStatus()).isEqualTo(302);
    assertThat(dispatch(house).getStatus()).isEqualTo(302);
    assertThat(actions(house))
        .containsSubsequence(
            "submission.wanted",
            "submission.asked",
            "submission.handed-in",
            "document.page-viewed",
            "document.downloaded",
            "contract.file-attached",
            "contract.dispatched");
    assertThat(actions(house)).filteredOn("submission.accepted"::equals).hasSize(2);
    assertThat(house.page("/history").text()).contains("書類を提出した", "提出された書類を受け取った");
    assertThat(house.open(link).getStatus()).isEqualTo(410);
    assertThat(house.look("/submissions").getStatus()).isEqualTo(409);
    assertThat(house.at(seen).getStatus()).isEqualTo(409);
    for (var sql :
        List.of(
            "update submission_file set reason = 'x'",
            "update submission_wanted set name = 'x'",
            "delete from submission_wanted")) {
      assertThat(catchThrowable(() -> in(house, () -> update(sql))))
          .as(sql)
          .hasStackTraceContaining("is settled");
    }
  }

  @Test
  @DisplayName("だめなファイルを、わけとともに断り、保存せず、ほかに提出した書類を失わない")
  void refusesWhatCannotBeTakenAndLosesNothing() throws Exception {
    var house = SubmissionHouse.open(mvc, 1);
    house.want("内訳書", "SIGNED", 1);
    house.want("写真", "REFERENCE", 1);
    var link = house.ask(1);
    house.send(link, 1, "内訳書.pdf", SubmissionHouse.pdf(1));

    refused(house.send(link, 2, "", new byte[0]), "ファイルが選ばれていません");
    refused(house.send(link, 2, "空.png", new byte[0]), "ファイルが空です");
    refused(
        house.send(link, 2, "手順.exe", "MZ".getBytes(StandardCharsets.UTF_8)), "この形式のファイルは受け取れません");
    refused(house.send(link, 2, "写真.jpg", SubmissionHouse.pdf(1)), "ファイルの中身が");
    refused(house.send(link, 2, "参考.pdf", SubmissionHouse.hostile()), "「参考.pdf」は受け取れませんでした");
    refused(house.send(link, 1, "内訳書.png", png()), "PDFで提出してください");
    var script = SubmissionHouse.hostile();
    var hostile = house.send(link, 1, "内訳書<b>改.pdf", script);
    refused(hostile, "「内訳書b改.pdf」は受け取れませんでした");
    assertThat(SubmissionHouse.html(hostile).select("main h2 b")).isEmpty();
    assertThat(SubmissionHouse.html(house.open(link)).text()).contains("内訳書.pdf", "提出しました");
    assertThat(count(house, "select count(*) from submission_file")).isEqualTo(1);
    assertThat(
            count(
                house,
                "select count(*) from vault_object where sha256 = '"
                    + Sha256.of(script).hex()
                    + "'"))
        .isZero();

    // 200 MB of nothing: refused by its size, before anything reads it.
    var huge = folder.resolve("huge.pdf");
    try (var file = new RandomAccessFile(huge.toFile(), "rw")) {
      file.setLength(200L << 20);
    }
    var opened = in(house, () -> open(link));
    var wanted = opened.sheet().slots().getFirst().wanted().id();
    assertThat(
            Tenancy.in(
                house.body().id(),
                () ->
                    handing.handIn(
                        opened, wanted, huge, "大.pdf", new HandedInStore.From("192.0.2.1", ""))))
        .isEqualTo(
            new HandingIn.Outcome.Unfit(
                new ReceivedFiles.Looked.Unfit(DocumentSet.Unfit.TOO_LARGE)));

    // A name that would turn around on the screen, and lead elsewhere.
    house.send(link, 2, "..\\..\\図\u202Egnp.exe\u0007.png", png());
    assertThat(SubmissionHouse.html(house.open(link)).text()).contains("図gnp.exe.png");

    // In English, too.
    var english =
        mvc.perform(
                org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get(link)
                    .cookie(new jakarta.servlet.http.Cookie("musubi-reading", "en.normal")))
            .andReturn()
            .getResponse();
    assertThat(SubmissionHouse.html(english).text()).contains("Handing in documents", "Handed in");
  }

  @Test
  @DisplayName("受け取られるまで差し替えられ、同じものは一度だけ、同時に来ても一つだけが立ち、受け取りのあとは替わらない")
  void canBeReplacedUntilItIsTaken() throws Exception {
    var house = SubmissionHouse.open(mvc, 1);
    house.want("内訳書", "SIGNED", 1);
    var link = house.ask(1);
    var first = SubmissionHouse.pdf(1);
    house.send(link, 1, "一.pdf", first);
    house.send(link, 1, "一.pdf", first);
    assertThat(actions(house)).filteredOn("submission.handed-in"::equals).hasSize(1);
    house.send(link, 1, "二.pdf", SubmissionHouse.pdf(1));
    assertThat(SubmissionHouse.html(house.open(link)).text())
        .contains("二.pdf")
        .doesNotContain("一.pdf");
    var seen = house.seen("内訳書");
    assertThat(SubmissionHouse.html(house.at(seen)).text()).contains("一.pdf（", "相手方が差し替えました");
    // What was replaced is nobody's any more.
    assertThat(Tenancy.in(house.body().id(), calls::tidy)).isEqualTo(1);
    assertThat(
            count(
                house,
                "select count(*) from vault_object where erased_at is not null and sha256 = '"
                    + Sha256.of(first).hex()
                    + "'"))
        .isEqualTo(1);

    // What the clerk looked at is what is taken.
    var looked = house.standing(seen);
    house.send(link, 1, "三.pdf", SubmissionHouse.pdf(1));
    var stale =
        house.post_(seen + "/acceptance", "standing", looked, "as", "SIGNED", "kind", "OTHER");
    assertThat(stale.getStatus()).isEqualTo(409);
    assertThat(in(house, () -> attachments.of(house.id())).attachments()).isEmpty();

    var form = SubmissionHouse.html(house.open(link)).select("main form[enctype]").first();
    var action = Objects.requireNonNull(form).attr("action");
    var input = form.select("input[type=file]").attr("name");
    try (var pool = Executors.newFixedThreadPool(4)) {
      var all =
          pool.invokeAll(
              java.util.stream.IntStream.range(0, 4)
                  .<Callable<Integer>>mapToObj(i ->
                      () ->
                          house
                              .sendTo(action, input, i + ".pdf", SubmissionHouse.pdf(1))
                              .getStatus())
                  .toList());
      for (var each : all) {
        assertThat(each.get()).isEqualTo(302);
      }
    }
    assertThat(count(house, "select count(*) from submission_file where replaced_at is null"))
        .isEqualTo(1);

    house.take(seen, "SIGNED");
    var late = house.sendTo(action, input, "遅.pdf", SubmissionHouse.pdf(1));
    assertThat(late.getStatus()).isEqualTo(409);
    assertThat(SubmissionHouse.html(late).text()).contains("差し替えられませんでした");
    assertThat(in(house, () -> attachments.of(house.id())).attachments()).hasSize(1);
  }

  @Test
  @DisplayName("理由を付けて差し戻すと新しいリンクで出し直せ、前のリンクは使えない")
  void canBeSentBackWithAReason() throws Exception {
    var house = SubmissionHouse.open(mvc, 1);
    house.want("内訳書", "SIGNED", 1);
    var old = house.ask(1);
    house.send(old, 1, "内訳書.pdf", SubmissionHouse.pdf(1));
    var seen = house.seen("内訳書");
    var silent = house.giveBack(seen, " ");
    assertThat(silent.getStatus()).isEqualTo(422);
    assertThat(actions(house)).doesNotContain("submission.returned");

    var letter =
        SubmissionHouse.letterAfter(
            house.mails().getFirst(), () -> house.giveBack(seen, "<合計>が合いません。"));
    assertThat(letter).contains("内訳書.pdf", "<合計>が合いません。", "・内訳書（必須）");
    assertThat(house.open(old).getStatus()).isEqualTo(410);
    assertThat(house.page("/submissions").text()).contains("差し戻しました");
    assertThat(house.at(seen).getStatus()).isEqualTo(404);
    var link = house.ask(1);
    assertThat(SubmissionHouse.html(house.open(link)).text())
        .contains("差し戻されました", "<合計>が合いません。")
        .doesNotContain("提出したファイル");
    house.send(link, 1, "内訳書（改）.pdf", SubmissionHouse.pdf(1));
    assertThat(SubmissionHouse.html(house.at(seen)).text())
        .contains("内訳書（改）.pdf", "これまでの提出", "<合計>が合いません。");
    // Taken, and wanted anew all the same: it keeps the contract once more.
    house.take(seen, "INTERNAL");
    assertThat(house.page("/review").text()).doesNotContain("書類がそろっていません");
    assertThat(house.giveBack(seen, "日付がありません。").getStatus()).isEqualTo(302);
    assertThat(house.page("/review").text()).contains("書類がそろっていません");
  }

  @Test
  @DisplayName("リンクは見るだけでは何も変えず、違う秘密・ほかの団体・替わった相手方では使えず、前の方の書類を見せない")
  void openOnlyToWhomTheyWereSent() throws Exception {
    var house = SubmissionHouse.open(mvc, 2);
    house.want("内訳書", "SIGNED", 1);
    house.want("委任状", "REFERENCE", 2);
    var link = house.ask(1);
    var second = house.ask(2);
    var before = count(house, "select count(*) from audit_entry");
    for (var i = 0; i < 50; i++) {
      assertThat(house.open(link).getStatus()).isEqualTo(200);
      assertThat(mvc.perform(head(link)).andReturn().getResponse().getStatus()).isEqualTo(200);
    }
    assertThat(count(house, "select count(*) from audit_entry")).isEqualTo(before);
    assertThat(SubmissionHouse.html(house.open(second)).text())
        .contains("委任状")
        .doesNotContain("内訳書");

    var other = TestBody.create("-");
    var action = SubmissionHouse.html(house.open(link)).select("form[enctype]").attr("action");
    var input = SubmissionHouse.html(house.open(link)).select("input[type=file]").attr("name");
    for (var wrong :
        List.of(
            link.substring(0, link.length() - 1) + (link.endsWith("A") ? "B" : "A"),
            link.replace(house.body().code(), other.code()),
            link.replace("/submission/", "/submission/x"))) {
      assertThat(house.open(wrong).getStatus()).isEqualTo(404);
      assertThat(
              house
                  .sendTo(action.replace(link, wrong), input, "x.pdf", SubmissionHouse.pdf(1))
                  .getStatus())
          .isEqualTo(404);
    }
    // The other party's document, by one's own link.
    assertThat(
            house
                .sendTo(action.replace(link, second), input, "x.pdf", SubmissionHouse.pdf(1))
                .getStatus())
        .isEqualTo(404);
    assertThat(count(house, "select count(*) from submission_file")).isZero();

    house.send(link, 1, "秘密の内訳.pdf", SubmissionHouse.pdf(1));
    var mails = List.of(UUID.randomUUID() + "@kyogo.example", house.mails().getLast());
    var others = house.with(mails);
    assertThat(house.open(link).getStatus()).isEqualTo(410);
    assertThat(house.sendTo(action, input, "x.pdf", SubmissionHouse.pdf(1)).getStatus())
        .isEqualTo(410);
    var fresh = others.ask(1);
    assertThat(SubmissionHouse.html(house.open(fresh)).text())
        .contains("まだ提出していません")
        .doesNotContain("秘密の内訳");
    others.take(others.seen("内訳書"), "SIGNED");
    assertThat(SubmissionHouse.html(house.open(fresh)).text())
        .contains("団体が受け取りました")
        .doesNotContain("秘密の内訳");
  }

  @Test
  @DisplayName("届いた案を、いまの文書と差し替えて契約書の本文にできる")
  void puttingAComingDraftInThePlaceOfTheDocument() throws Exception {
    var house = SubmissionHouse.open(mvc, 1);
    house.want("契約書案", "DOCUMENT", 1);
    var link = house.ask(1);
    var before = particulars(house);
    house.send(link, 1, "契約書案.pdf", SubmissionHouse.pdf(5));
    assertThat(house.take(house.seen("契約書案"), "DOCUMENT").getStatus()).isEqualTo(302);
    var after = particulars(house);
    assertThat(after.fileName()).isEqualTo("契約書案.pdf");
    assertThat(after.pages()).isEqualTo(5);
    assertThat(after.document()).isNotEqualTo(before.document());
    assertThat(after.title()).isEqualTo("庁舎清掃業務委託");
    assertThat(dispatch(house).getStatus()).isEqualTo(302);
  }

  @Test
  @DisplayName("求める書類の入力の誤りを、消さずに示し、届いたあとは取り下げられない")
  void tellsWhatIsWrongWithAQuestion() throws Exception {
    var house = SubmissionHouse.open(mvc, 1);
    var wrong = house.want("", "SIGNED", 1, "due", "令和8年2月30日", "note", "書き方は自由です。");
    assertThat(wrong.getStatus()).isEqualTo(422);
    assertThat(SubmissionHouse.html(wrong).text()).contains("2か所の入力を確かめてください", "書き方は自由です。");
    var far = house.want("図面", "SIGNED", 1, "due", "2099/4/1");
    assertThat(SubmissionHouse.html(far).text()).contains("今日から14日以内");
    assertThat(house.want("図面", "SIGNED", 9).getStatus()).isEqualTo(422);
    house.want("図面", "SIGNED", 1);
    assertThat(house.press("/submissions/asking", "place", "2").getStatus()).isEqualTo(404);
    var removal = house.page("/submissions").select("form[action$=/removal]").attr("action");
    house.send(house.ask(1), 1, "図面.pdf", SubmissionHouse.pdf(1));
    house.post_(removal);
    assertThat(house.page("/submissions").text()).contains("図面.pdf");
  }

  private void refused(MockHttpServletResponse answer, String words) throws Exception {
    assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(422);
    assertThat(SubmissionHouse.html(answer).text()).contains(words, "ほかに提出した書類は、そのまま残っています");
  }

  private static byte[] png() throws Exception {
    var image = new java.awt.image.BufferedImage(2, 2, java.awt.image.BufferedImage.TYPE_INT_RGB);
    var out = new java.io.ByteArrayOutputStream();
    javax.imageio.ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  private static String tomorrow() {
    return java.time.LocalDate.ofInstant(
            // The service itself works by the real clock.
            java.time.Instant.now(), java.time.ZoneId.of("Asia/Tokyo"))
        .plusDays(1)
        .toString()
        .replace('-', '/');
  }

  private MockHttpServletResponse dispatch(SubmissionHouse house) throws Exception {
    var contract = particulars(house);
    return house.press(
        "/dispatch",
        "idempotencyKey",
        "k" + UUID.randomUUID(),
        "seed",
        "0123456789abcdef0123456789abcdef",
        "version",
        String.valueOf(contract.version()),
        "document",
        contract.currentFile().hex());
  }

  private Submissions.Opened open(String link) {
    var parts = link.split("/", -1);
    return submissions.find(UUID.fromString(parts[4]), parts[5]).orElseThrow();
  }

  private Particulars particulars(SubmissionHouse house) {
    return in(house, () -> contracts.get(house.id()));
  }

  private List<String> actions(SubmissionHouse house) {
    return in(
        house, () -> audit.of(house.id().value()).stream().map(entry -> entry.action()).toList());
  }

  private long count(SubmissionHouse house, String sql) {
    return in(
        house,
        () ->
            Objects.requireNonNull(
                transactions.execute(_ -> jdbc.sql(sql).query(Long.class).single())));
  }

  private int update(String sql) {
    return Objects.requireNonNull(transactions.execute(_ -> jdbc.sql(sql).update()));
  }

  private static <T> T in(SubmissionHouse house, java.util.function.Supplier<T> step) {
    return Tenancy.in(house.body().id(), step::get);
  }
}
