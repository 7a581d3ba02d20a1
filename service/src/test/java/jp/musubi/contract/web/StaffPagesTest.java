package jp.musubi.contract.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.authority.Grant;
import jp.musubi.authority.Role;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.contract.Revision;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.Tenancy;
import jp.musubi.staff.SignedInStaff;
import jp.musubi.staff.StaffMember;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
@DisplayName("職員の画面")
class StaffPagesTest {
  @Autowired MockMvc mvc;
  @Autowired PasswordEncoder passwords;
  @Autowired Contracts contracts;
  @Autowired TransactionTemplate transaction;

  private TestBody body;

  @BeforeEach
  void aBodyOfItsOwn() {
    body = TestBody.create(passwords.encode(TestBody.PASSWORD));
  }

  // --- 契約を作る ---------------------------------------------------------------------------

  @Test
  @DisplayName("4つの手順で送信でき、送信した文書は確認画面に出た文書と同じ")
  void leadThroughFourStepsToASentContract() throws Exception {
    var path = upload("key-of-this-form-1", TestPdf.contract());
    open(path + "/parties", body.clerk()).andExpect(status().isOk());
    send(path + "/parties", body.clerk(), parties("mail"))
        .andExpect(redirectedUrl(path + "/terms"));
    send(path + "/terms", body.clerk(), terms()).andExpect(redirectedUrl(path + "/review"));

    var review = page(open(path + "/review", body.clerk()).andExpect(status().isOk()));
    assertThat(review.text())
        .contains(
            "市道1024号線 舗装修繕工事",
            "12,980,000円（税込）",
            "令和8年12月4日（2026年12月4日）",
            "株式会社 見本建設 代表取締役 葛󠄀城 一郎",
            "電子署名を文書に付け",
            "メールのリンクだけ");
    assertThat(review.select("img[src$=/pages/1.png]")).hasSize(1);

    dispatch(path, review).andExpect(redirectedUrl(path));
    var sent = contract(path);
    assertThat(sent.state()).isEqualTo("AWAITING_AGREEMENTS");
    assertThat(sent.currentFile().hex()).isEqualTo(value(review, "document"));
    assertThat(sent.parties().get(1).name()).isEqualTo("葛󠄀城 一郎");
    assertThat(Tenancy.in(body.id(), () -> contracts.agreements(sent.id()))).hasSize(1);
  }

  @Test
  @DisplayName("新しい契約の入力欄には団体の初期値が入り、入力した後は入力した値が残る")
  void beginWithWhatTheBodyHasChosen() throws Exception {
    var admin = TestPeople.member(body, "kiyoshi", "見本 清", body.section(), "BODY_ADMIN", null);
    firstTerms(admin, "0", "五").andExpect(status().isUnprocessableContent());
    firstTerms(admin, "３０", "5").andExpect(redirectedUrl("/settings"));

    var path = upload(UUID.randomUUID().toString(), TestPdf.contract());
    send(path + "/parties", body.clerk(), parties("mail"));
    var form = page(open(path + "/terms", body.clerk()));
    assertThat(value(form, "readingYears")).isEqualTo("5");
    assertThat(value(form, "deadline"))
        .isEqualTo(
            JapaneseDates.date(
                // The form counts from today, as its reader does.
                LocalDate.ofInstant(Instant.now(), JapaneseDates.ZONE).plusDays(30)));
    send(path + "/terms", body.clerk(), terms()).andExpect(redirectedUrl(path + "/review"));
    assertThat(value(page(open(path + "/terms", body.clerk())), "readingYears")).isEqualTo("10");
  }

  private ResultActions firstTerms(UUID admin, String answerDays, String readingYears)
      throws Exception {
    return mvc.perform(
        post("/settings/contracts")
            .with(csrf())
            .with(TestPeople.as(body, admin))
            .param("answerDays", answerDays)
            .param("readingYears", readingYears));
  }

  @Test
  @DisplayName("SMSで確かめる相手方には携帯電話が要り、止まった番号はリンクを出し直すときに戻せる")
  void askForATelephoneWhereNumbersGoBySms() throws Exception {
    var path = upload(UUID.randomUUID().toString(), TestPdf.contract());
    var asked = new ArrayList<>(parties("sms-code"));
    var refused = send(path + "/parties", body.clerk(), joined(asked, List.of("phone-1", "12")));
    refused.andExpect(status().isUnprocessableContent());
    assertThat(page(refused).text()).contains("060、070、080、090で始まる11けた");
    asked.addAll(List.of("phone-1", "０９０-１２３４-５６７８"));
    send(path + "/parties", body.clerk(), asked).andExpect(redirectedUrl(path + "/terms"));
    assertThat(value(page(open(path + "/parties", body.clerk())), "phone-1"))
        .isEqualTo("090-1234-5678");
    send(path + "/terms", body.clerk(), terms());
    var review = page(open(path + "/review", body.clerk()));
    assertThat(review.text()).contains("携帯電話に送る確認番号で確認し").doesNotContain("メールのリンクだけです");
    dispatch(path, review).andExpect(redirectedUrl(path));
    sealed(path, 0);

    TestPeople.run(
        "update access_code set tries_left = 0, locked_at = now() where contract_id = ?",
        contract(path).id().value());
    var again = page(open(path + "/invitation", body.clerk()));
    assertThat(again.text()).contains("確認番号を、もう一度入力できるようにする").doesNotContain("アクセスコードも");
    send(
            path + "/invitation",
            body.clerk(),
            List.of(
                "party", value(again, "party"),
                "idempotencyKey", value(again, "idempotencyKey"),
                "seed", value(again, "seed"),
                "renew", "true"))
        .andExpect(redirectedUrl(path));
    assertThat(
            TestPeople.text(
                "select way || ' ' || phone || ' ' || tries_left from access_code"
                    + " where contract_id = ?",
                contract(path).id().value()))
        .isEqualTo("SMS_CODE +819012345678 5");
  }

  private static List<String> joined(List<String> some, List<String> more) {
    var all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  @Test
  @DisplayName("同じ送信を二度押しても、送信は一度")
  void sendOnceHoweverOftenTheButtonIsPressed() throws Exception {
    var path = readyToReview();
    var review = page(open(path + "/review", body.clerk()));
    dispatch(path, review).andExpect(redirectedUrl(path));
    dispatch(path, review).andExpect(redirectedUrl(path));
    assertThat(Tenancy.in(body.id(), () -> contracts.agreements(contract(path).id()))).hasSize(1);
  }

  @Test
  @DisplayName("アクセスコードは送信の画面にだけ出て、二度押しても同じコード")
  void showTheAccessCodeOnceAndTheSameForOneForm() throws Exception {
    var path = upload(UUID.randomUUID().toString(), TestPdf.contract());
    send(path + "/parties", body.clerk(), parties("access-code"));
    send(path + "/terms", body.clerk(), terms());
    var review = page(open(path + "/review", body.clerk()));
    var first = page(dispatch(path, review).andExpect(status().isOk()));
    var code = first.select("#access-code").text();
    assertThat(code).matches("\\d{4} \\d{4}");
    assertThat(page(dispatch(path, review)).select("#access-code").text()).isEqualTo(code);
    assertThat(page(open(path, body.clerk())).text()).doesNotContain(code);
  }

  @Test
  @DisplayName("確認の後で誰かが直した下書きは送信されない")
  void refuseToSendADraftThatChangedAfterTheReview() throws Exception {
    var path = readyToReview();
    var review = page(open(path + "/review", body.clerk()));
    send(path + "/terms", body.clerk(), terms());
    dispatch(path, review).andExpect(status().isConflict());
    assertThat(contract(path).state()).isEqualTo("DRAFT");
  }

  @Test
  @DisplayName("確認した文書と違う指紋の送信は断り、何が残ったかを伝える")
  void refuseToSendOtherBytesThanShown() throws Exception {
    var path = readyToReview();
    var review = page(open(path + "/review", body.clerk()));
    review.select("input[name=document]").attr("value", "0".repeat(64));
    dispatch(path, review)
        .andExpect(status().isConflict())
        .andExpect(content().string(org.hamcrest.Matchers.containsString("署名は付いていません")));
    assertThat(contract(path).state()).isEqualTo("DRAFT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "encrypted", "scripted", "cut", "empty"})
  @DisplayName("使えないファイルは理由を示して断り、何も保存しない")
  void refuseUnfitFilesAndStoreNothing(String kind) throws Exception {
    var good = TestPdf.contract();
    var bytes =
        switch (kind) {
          case "text" -> "これはPDFではありません".getBytes(StandardCharsets.UTF_8);
          case "encrypted" -> TestPdf.encrypted();
          case "scripted" -> TestPdf.scripted();
          case "cut" -> java.util.Arrays.copyOf(good, good.length / 2);
          default -> new byte[0];
        };
    var refused =
        page(
            mvc.perform(
                    multipart("/contracts")
                        .file(new MockMultipartFile("file", "契約書.pdf", "application/pdf", bytes))
                        .param("idempotencyKey", UUID.randomUUID().toString())
                        .with(csrf())
                        .with(as(body.clerk())))
                .andExpect(status().isUnprocessableContent()));
    assertThat(refused.select("[role=alert]").text()).isNotBlank();
    assertThat(stored()).isZero();
  }

  @Test
  @DisplayName("同じ画面から二度アップロードしても下書きは一つ")
  void makeOneDraftOfOneForm() throws Exception {
    var pdf = TestPdf.contract();
    var first = upload("key-of-this-form-2", pdf);
    assertThat(upload("key-of-this-form-2", pdf)).isEqualTo(first);
  }

  @Test
  @DisplayName("誤りは項目のそばに示し、入力した内容は消えない")
  void sayWhatIsWrongAndKeepWhatWasTyped() throws Exception {
    var path = upload("key-of-this-form-3", TestPdf.contract());
    var page =
        page(
            send(
                    path + "/parties",
                    body.clerk(),
                    List.of(
                        "organisation-1", "株式会社 見本建設",
                        "name-1", "例田\u202e一郎",
                        "mail-1", "ichiro@example",
                        "identity-1", "mail",
                        "office", body.office().toString(),
                        "officePlace", "last"))
                .andExpect(status().isUnprocessableContent()));
    assertThat(page.select("#organisation-1").attr("value")).isEqualTo("株式会社 見本建設");
    assertThat(page.select("#mail-1").attr("aria-invalid")).isEqualTo("true");
    assertThat(page.select("#name-1-error").text()).contains("U+202E");
    assertThat(contract(path).parties()).isEmpty();
  }

  @Test
  @DisplayName("相手方を加えても外しても、入力した内容は消えず、保存するまで何も変わらない")
  void takeMoreCounterpartiesAndFewer() throws Exception {
    var path = upload("key-of-this-form-parties", TestPdf.contract());
    var typed = new java.util.ArrayList<>(parties("mail"));
    typed.addAll(List.of("step", "add"));
    var two = page(send(path + "/parties", body.clerk(), typed).andExpect(status().isOk()));
    assertThat(two.select("#organisation-1").attr("value")).isEqualTo("株式会社 見本建設");
    assertThat(two.select("#organisation-2").attr("value")).isEmpty();
    assertThat(contract(path).parties()).isEmpty();

    var three = new java.util.ArrayList<>(parties("mail"));
    three.addAll(counterparty(2, "例田工業 株式会社", "AGENT", "1"));
    three.addAll(counterparty(3, "有限会社 榛名組", "AUTHORITY", "2"));
    three.addAll(List.of("step", "remove-2"));
    var fewer = page(send(path + "/parties", body.clerk(), three).andExpect(status().isOk()));
    assertThat(fewer.select("#organisation-2").attr("value")).isEqualTo("有限会社 榛名組");
    assertThat(fewer.select("#organisation-3")).isEmpty();

    three.set(three.size() - 1, "save");
    send(path + "/parties", body.clerk(), three).andExpect(redirectedUrl(path + "/terms"));
    assertThat(contract(path).parties()).extracting(Party::turn).containsExactly(0, 1, 1, 2, 3);
    assertThat(contract(path).parties().get(2).role()).isEqualTo("COUNTERPARTY_AGENT");
    send(path + "/terms", body.clerk(), terms());
    var review = page(open(path + "/review", body.clerk()));
    assertThat(review.text()).contains("ほかの方と同時", "例田工業 株式会社");
    assertThat(page(open(path + "/parties", body.clerk())).select("#place-3").attr("value"))
        .isEqualTo("2");

    send(path + "/parties", body.clerk(), parties("mail"));
    assertThat(contract(path).parties()).hasSize(3);
  }

  private static List<String> counterparty(
      int number, String organisation, String capacity, String place) {
    return List.of(
        "organisation-" + number,
        organisation,
        "name-" + number,
        "例田 二郎",
        "mail-" + number,
        "jiro@mihon.example",
        "identity-" + number,
        "access-code",
        "capacity-" + number,
        capacity,
        "place-" + number,
        place);
  }

  @Test
  @DisplayName("過ぎた期限、逆の期間、読めない金額と日付は直してもらう")
  void refuseTermsThatCannotBe() throws Exception {
    var path = upload("key-of-this-form-4", TestPdf.contract());
    send(path + "/parties", body.clerk(), parties("mail"));
    var page =
        page(
            send(
                    path + "/terms",
                    body.clerk(),
                    List.of(
                        "title", "",
                        "amount", "1,23",
                        "contractDate", "令和8年2月30日",
                        "periodFrom", "R9.4.1",
                        "periodUntil", "R9.3.31",
                        "deadline", "令和2年1月1日",
                        "deadlineTime", "25:00",
                        "readingYears", "0"))
                .andExpect(status().isUnprocessableContent()));
    for (var field :
        List.of(
            "title",
            "kind",
            "amount",
            "contractDate",
            "periodUntil",
            "deadlineTime",
            "readingYears")) {
      assertThat(page.select("#" + field + "-error")).as(field).hasSize(1);
    }
    assertThat(page.select("#amount").attr("value")).isEqualTo("1,23");
    assertThat(contract(path).deadline()).isEmpty();
  }

  // --- 契約の画面 ---------------------------------------------------------------------------

  @Test
  @DisplayName("署名を付けている間だけ、画面が自分で新しくなる")
  void refreshOnlyWhileTheServiceIsAtWork() throws Exception {
    var path = sent();
    open(path, body.clerk()).andExpect(header().exists("Refresh"));
    sealed(path, 0);
    var page = page(open(path, body.viewer()).andExpect(header().doesNotExist("Refresh")));
    assertThat(page.select("h2").eachText())
        .anySatisfy(heading -> assertThat(heading).contains("葛󠄀城 一郎 さんが確認しています"));
    assertThat(page.text()).contains("見本 花子さんが送信しました。").doesNotContain("取り消す");
  }

  @Test
  @DisplayName("取消は理由が要り、取り消すと元に戻らない")
  void withdrawWithAReason() throws Exception {
    var path = sent();
    var ask = page(open(path + "/withdrawal", body.clerk()).andExpect(status().isOk()));
    var key = value(ask, "idempotencyKey");
    send(path + "/withdrawal", body.clerk(), List.of("idempotencyKey", key, "reason", " "))
        .andExpect(status().isUnprocessableContent());
    var reason = List.of("idempotencyKey", key, "reason", "内訳書に誤りが見つかったため");
    send(path + "/withdrawal", body.clerk(), reason).andExpect(redirectedUrl(path));
    send(path + "/withdrawal", body.clerk(), reason).andExpect(redirectedUrl(path));
    assertThat(contract(path).endReason()).contains("内訳書に誤りが見つかったため");
    open(path + "/withdrawal", body.clerk()).andExpect(status().isConflict());
  }

  @Test
  @DisplayName("下書きは、送らずに中止でき、相手方には何も届かず、作り直せる")
  void discardADraft() throws Exception {
    var path = readyToReview();
    var ask = page(open(path + "/withdrawal", body.clerk()).andExpect(status().isOk()));
    assertThat(ask.text()).contains("下書きを中止しますか", "相手方には、何も送っていません");
    var reason = List.of("idempotencyKey", value(ask, "idempotencyKey"), "reason", "別の契約にまとめたため");
    send(path + "/withdrawal", body.clerk(), reason).andExpect(redirectedUrl(path));
    assertThat(contract(path).state()).isEqualTo("WITHDRAWN");
    open(path + "/terms", body.clerk()).andExpect(status().isConflict());
    assertThat(page(open(path + "/copy", body.clerk())).select("[value=REPLACEMENT]")).hasSize(1);
    assertThat(count("mail")).isZero();
  }

  @Test
  @DisplayName("紙への切替は、下書きからも、送った後でもでき、台帳に残り、元に戻らない")
  void moveToPaper() throws Exception {
    var draft = readyToReview();
    var sent = sent();
    for (var path : List.of(draft, sent)) {
      var ask = page(open(path + "/paper", body.clerk()).andExpect(status().isOk()));
      assertThat(ask.text().contains("葛󠄀城 一郎 さんは、リンクから")).isEqualTo(path.equals(sent));
      var key = value(ask, "idempotencyKey");
      send(path + "/paper", body.clerk(), List.of("idempotencyKey", key, "reason", ""))
          .andExpect(status().isUnprocessableContent());
      var reason = List.of("idempotencyKey", key, "reason", "相手方が電子契約を使えないため");
      send(path + "/paper", body.clerk(), reason).andExpect(redirectedUrl(path));
      assertThat(contract(path).state()).isEqualTo("ON_PAPER");
      open(path + "/paper", body.clerk()).andExpect(status().isConflict());
      assertThat(page(open(path, body.clerk())).text()).contains("紙の契約書に切り替えました");
    }
    var list = page(open("/contracts?filter=on_paper", body.clerk()));
    assertThat(list.select("a[href=%s]".formatted(draft))).isNotEmpty();
    assertThat(list.select("a[href=%s]".formatted(sent))).isNotEmpty();
  }

  @Test
  @DisplayName("ファイルは必ずダウンロードになり、日本語の名前が付く")
  void handOutFilesAsDownloads() throws Exception {
    var path = sent();
    open(path + "/document.pdf", body.clerk())
        .andExpect(header().string("Content-Type", "application/pdf"))
        .andExpect(
            header()
                .string(
                    "Content-Disposition",
                    org.hamcrest.Matchers.allOf(
                        org.hamcrest.Matchers.startsWith("attachment"),
                        org.hamcrest.Matchers.containsString("filename*=UTF-8''"))))
        .andExpect(header().string("X-Content-Type-Options", "nosniff"));
    open(path + "/pages/2.png", body.clerk()).andExpect(content().contentType("image/png"));
    assertThat(
            open(path + "/pages/2.txt", body.clerk())
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8))
        .contains("工事請負契約書 その2");
    open(path + "/pages/3.png", body.clerk()).andExpect(status().isNotFound());
    open(path + "/certificate.pdf", body.clerk()).andExpect(status().isNotFound());
  }

  @Test
  @DisplayName("一覧は件名・相手方・番号でさがせ、記号は文字として扱う")
  void findContractsByWords() throws Exception {
    var path = sent();
    var number = contract(path).number();
    for (var words : List.of("１０２４号線", "見本建設", number)) {
      assertThat(
              page(mvc.perform(get("/contracts").param("words", words).with(as(body.viewer()))))
                  .select("tbody tr"))
          .as(words)
          .hasSize(1);
    }
    for (var words : List.of("%", "_", "無い言葉")) {
      assertThat(
              page(mvc.perform(get("/contracts").param("words", words).with(as(body.viewer()))))
                  .select("tbody tr"))
          .as(words)
          .isEmpty();
    }
    mvc.perform(get("/contracts").param("filter", "nonsense").with(as(body.viewer())))
        .andExpect(status().isNotFound());
  }

  @Test
  @DisplayName("ホームの数字は絞り込んだ一覧と同じ")
  void countOnTheHomePageWhatTheListShows() throws Exception {
    var path = sent();
    sealed(path, 0);
    upload("key-of-this-form-5", TestPdf.contract());
    var home = page(open("/", body.clerk()).andExpect(status().isOk()));
    for (var count : home.select(".musubi-counts a")) {
      var list = page(open(count.attr("href"), body.clerk()).andExpect(status().isOk()));
      assertThat(list.select("tbody tr"))
          .as(count.text())
          .hasSize(Integer.parseInt(count.select("strong").text()));
    }
    assertThat(home.select("tbody tr")).hasSize(2);
  }

  // --- 契約名義の署名 ------------------------------------------------------------------------

  @Test
  @DisplayName("契約名義の署名には、確認の印と署名直前のパスワードが要る")
  void letTheHolderSignAfterConfirmingWhoTheyAre() throws Exception {
    var path = atTheOffice();
    assertThat(page(open("/signatures", body.mayor())).select("tbody tr")).hasSize(1);
    var form = page(open(path + "/signature", body.mayor()).andExpect(status().isOk()));
    assertThat(form.text()).contains("上毛市長 見本 太郎 の名義で電子署名する", "メールのリンク");

    sign(path, form, body.mayor(), "false", TestBody.PASSWORD)
        .andExpect(status().isUnprocessableContent());
    sign(path, form, body.mayor(), "true", "違うパスワード").andExpect(status().isUnprocessableContent());
    assertThat(contract(path).state()).isEqualTo("AWAITING_AGREEMENTS");

    sign(path, form, body.mayor(), "true", TestBody.PASSWORD).andExpect(redirectedUrl(path));
    sign(path, form, body.mayor(), "true", TestBody.PASSWORD).andExpect(redirectedUrl(path));
    assertThat(contract(path).state()).isEqualTo("CONCLUDING");
    var agreements = Tenancy.in(body.id(), () -> contracts.agreements(contract(path).id()));
    assertThat(agreements).hasSize(3);
    assertThat(agreements.getLast().manner().authentication())
        .isEqualTo("PASSWORD+REAUTHENTICATION");
    open(path, body.mayor()).andExpect(header().exists("Refresh"));
  }

  @Test
  @DisplayName("任期が終わった人は署名できない")
  void refuseASignatureAfterTheTermOfOffice() throws Exception {
    var path = atTheOffice();
    var form = page(open(path + "/signature", body.mayor()));
    asSuperuser(
        "update office_term set until_date = date '2020-05-01' where tenant_id = '%s'"
            .formatted(body.id()));
    sign(path, form, body.mayor(), "true", TestBody.PASSWORD)
        .andExpect(status().isConflict())
        .andExpect(content().string(org.hamcrest.Matchers.containsString("この契約名義で署名できません")));
    assertThat(contract(path).state()).isEqualTo("AWAITING_AGREEMENTS");
  }

  // --- 権限と団体 ---------------------------------------------------------------------------

  @Test
  @DisplayName("閲覧者は作ることも、送ることも、取り消すこともできない")
  void letAViewerReadAndNothingElse() throws Exception {
    var path = readyToReview();
    var review = page(open(path + "/review", body.clerk()));
    open("/contracts/new", body.viewer()).andExpect(status().isForbidden());
    for (var step :
        List.of("/document", "/parties", "/terms", "/review", "/withdrawal", "/signature")) {
      open(path + step, body.viewer()).andExpect(status().isForbidden());
    }
    send(path + "/parties", body.viewer(), parties("mail")).andExpect(status().isForbidden());
    send(
            path + "/dispatch",
            body.viewer(),
            List.of(
                "idempotencyKey", value(review, "idempotencyKey"),
                "seed", value(review, "seed"),
                "version", value(review, "version"),
                "document", value(review, "document")))
        .andExpect(status().isForbidden());
    assertThat(contract(path).state()).isEqualTo("DRAFT");
    open(path, body.viewer()).andExpect(status().isOk());
  }

  @Test
  @DisplayName("他の団体の契約は、どの画面でも見つからない")
  void hideTheContractsOfAnotherBody() throws Exception {
    var path = sent();
    var other = TestBody.create(passwords.encode(TestBody.PASSWORD));
    for (var step :
        List.of(
            "",
            "/document",
            "/parties",
            "/terms",
            "/review",
            "/withdrawal",
            "/invitation",
            "/document.pdf",
            "/certificate.pdf",
            "/pages/1.png",
            "/pages/1.txt")) {
      mvc.perform(get(path + step).with(as(other, other.clerk()))).andExpect(status().isNotFound());
    }
    mvc.perform(get(path + "/signature").with(as(other, other.mayor())))
        .andExpect(status().isNotFound());
    assertThat(
            page(mvc.perform(get("/contracts").with(as(other, other.clerk())))).select("tbody tr"))
        .isEmpty();
  }

  // --- 道具 --------------------------------------------------------------------------------

  private RequestPostProcessor as(UUID staff) {
    return as(body, staff);
  }

  private static RequestPostProcessor as(TestBody body, UUID staff) {
    var role =
        staff.equals(body.clerk())
            ? Role.CLERK
            : staff.equals(body.mayor()) ? Role.SIGNER : Role.VIEWER;
    var member =
        new StaffMember(
            body.id(),
            staff,
            "login",
            "氏名",
            "x@joumou.example",
            body.section(),
            Set.of(Grant.everywhere(role)));
    return authentication(
        UsernamePasswordAuthenticationToken.authenticated(
            new SignedInStaff(
                member,
                "上毛市",
                "建設部",
                Instant.now(),
                java.util.Set.of(),
                true,
                jp.musubi.TestPeople.session(body.id(), staff),
                null),
            null,
            List.of(new SimpleGrantedAuthority("ROLE_STAFF"))));
  }

  private ResultActions open(String path, UUID staff) throws Exception {
    return mvc.perform(get(path).with(as(staff)));
  }

  private ResultActions send(String path, UUID staff, List<String> namesAndValues)
      throws Exception {
    var request = post(path).with(csrf()).with(as(staff));
    for (var i = 0; i < namesAndValues.size(); i += 2) {
      request.param(namesAndValues.get(i), namesAndValues.get(i + 1));
    }
    return mvc.perform(request);
  }

  private String upload(String key, byte[] pdf) throws Exception {
    var location =
        mvc.perform(
                multipart("/contracts")
                    .file(new MockMultipartFile("file", "工事請負契約書.pdf", "application/pdf", pdf))
                    .param("idempotencyKey", key)
                    .with(csrf())
                    .with(as(body.clerk())))
            .andExpect(status().is3xxRedirection())
            .andReturn()
            .getResponse()
            .getRedirectedUrl();
    return Objects.requireNonNull(location).replaceFirst("/parties$", "");
  }

  private List<String> parties(String identity) {
    return List.of(
        "organisation-1", "株式会社 見本建設",
        "title-1", "代表取締役",
        "name-1", "葛󠄀城 一郎",
        "mail-1", "ｉｃｈｉｒｏ＠mihon.example",
        "identity-1", identity,
        "office", body.office().toString(),
        "officePlace", "last");
  }

  private static List<String> terms() {
    return List.of(
        "title", "市道1024号線 舗装修繕工事",
        "kind", "SERVICES",
        "amount", "１２，９８０，０００円",
        "contractDate", "R8.12.4",
        "periodFrom", "令和8年12月7日",
        "periodUntil", "2027/3/19",
        "deadline", JapaneseDay.inTwoWeeks(),
        "deadlineTime", "17:00",
        "readingYears", "１０");
  }

  private String readyToReview() throws Exception {
    var path = upload(UUID.randomUUID().toString(), TestPdf.contract());
    send(path + "/parties", body.clerk(), parties("mail"));
    send(path + "/terms", body.clerk(), terms());
    return path;
  }

  private String sent() throws Exception {
    var path = readyToReview();
    dispatch(path, page(open(path + "/review", body.clerk())));
    return path;
  }

  private String atTheOffice() throws Exception {
    var path = sent();
    sealed(path, 0);
    var contract = contract(path);
    Tenancy.in(
        body.id(),
        () ->
            contracts.agree(
                contract.id(),
                contract.parties().get(1),
                contract.currentFile(),
                new jp.musubi.evidence.Actor(
                    jp.musubi.evidence.Actor.Kind.COUNTERPARTY,
                    contract.parties().get(1).id().toString(),
                    "葛󠄀城 一郎"),
                new jp.musubi.contract.Agreement.Manner(
                    "MAIL_LINK", "L1", "同意して署名する", "192.0.2.1", "")));
    sealed(path, 1);
    return path;
  }

  private ResultActions dispatch(String path, Document review) throws Exception {
    return send(
        path + "/dispatch",
        body.clerk(),
        List.of(
            "idempotencyKey", value(review, "idempotencyKey"),
            "seed", value(review, "seed"),
            "version", value(review, "version"),
            "document", value(review, "document")));
  }

  private ResultActions sign(
      String path, Document form, UUID staff, String confirmed, String password) throws Exception {
    return send(
        path + "/signature",
        staff,
        List.of(
            "idempotencyKey",
            value(form, "idempotencyKey"),
            "document",
            value(form, "document"),
            "confirmed",
            confirmed,
            "password",
            password));
  }

  /** Records the seal of an agreement as sealing does, over the same stored bytes. */
  private void sealed(String path, int ordinal) {
    Tenancy.in(
        body.id(),
        () ->
            transaction.execute(_ -> {
              var contract = contracts.get(id(path));
              return contracts.sealed(
                  contract.id(),
                  new Revision(
                      ordinal,
                      contracts.agreements(contract.id()).get(ordinal).id(),
                      contract.currentFile(),
                      Instant.now(),
                      "1a2b",
                      "3c4d"));
            }));
  }

  private Particulars contract(String path) {
    return Tenancy.in(body.id(), () -> contracts.get(id(path)));
  }

  private static ContractId id(String path) {
    return new ContractId(UUID.fromString(path.substring("/contracts/".length())));
  }

  private static Document page(ResultActions result) throws Exception {
    return Jsoup.parse(result.andReturn().getResponse().getContentAsString(StandardCharsets.UTF_8));
  }

  private static String value(Document page, String name) {
    return page.select("input[name=" + name + "]").attr("value");
  }

  private long stored() throws Exception {
    return count("vault_object");
  }

  /** How many rows of a table the body has. */
  private long count(String table) throws Exception {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement =
            connection.prepareStatement("select count(*) from " + table + " where tenant_id = ?")) {
      statement.setObject(1, body.id().value());
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static void asSuperuser(String sql) throws Exception {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Days as a clerk types them. */
  private static final class JapaneseDay {
    static String inTwoWeeks() {
      return jp.musubi.platform.JapaneseDates.era(
          java.time.LocalDate.ofInstant(Instant.now(), jp.musubi.platform.JapaneseDates.ZONE)
              .plusDays(14));
    }
  }
}
