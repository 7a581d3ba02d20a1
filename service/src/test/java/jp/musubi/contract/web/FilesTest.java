package jp.musubi.contract.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.contract.Attachment;
import jp.musubi.contract.Attachments;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.DocumentSet;
import jp.musubi.contract.Particulars;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.Tenancy;
import jp.musubi.seal.Sha256;
import jp.musubi.vault.Vault;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@ServiceTest
@DisplayName("契約書と附属書類の画面")
class FilesTest {
  @Autowired MockMvc mvc;
  @Autowired Contracts contracts;
  @Autowired Attachments attachments;
  @Autowired AuditTrail audit;
  @Autowired Vault vault;

  private TestBody body;
  private ContractId id;
  private String path;

  @BeforeEach
  void aDraft() throws Exception {
    body = TestBody.create("x");
    var draft =
        mvc.perform(
                multipart("/contracts")
                    .file(new MockMultipartFile("file", "契約書.pdf", null, TestPdf.contract()))
                    .param("idempotencyKey", key())
                    .param("next", "files")
                    .with(csrf())
                    .with(TestPeople.as(body, body.clerk())))
            .andReturn()
            .getResponse()
            .getRedirectedUrl();
    assertThat(draft).endsWith("/files");
    path = Objects.requireNonNull(draft).replace("/files", "");
    id = new ContractId(UUID.fromString(path.substring("/contracts/".length())));
  }

  @Test
  @DisplayName("いくつも一度に加えると順に並び、押し直しても増えず、名前・種類・大きさ・SHA-256が画面に出る")
  void takesSeveralAtOnce() throws Exception {
    var key = key();
    var zip = zip("図面");
    for (var i = 0; i < 2; i++) {
      add("REFERENCE", "DRAWING", key, file("図面.zip", zip), file("見積\u202e.csv", words("1,2")))
          .andExpect(redirectedUrl(path + "/files"));
    }
    add("SIGNED", "TERMS", key(), file("約款.pdf", TestPdf.contract()))
        .andExpect(redirectedUrl(path + "/files"));
    assertThat(set().references()).extracting(Attachment::name).containsExactly("図面.zip", "見積.csv");
    assertThat(set().references().getFirst().sha256()).isEqualTo(Sha256.of(zip));
    var page = page(open(path + "/files").andExpect(status().isOk()));
    assertThat(page.text())
        .contains("約款.pdf", "3～4ページ", "図面.zip", "図面", Sha256.of(zip).hex())
        .contains("附属書類 3件（200件まで）");
    assertThat(actions()).containsSubsequence("contract.file-attached", "contract.file-attached");
  }

  @Test
  @DisplayName("順番は上下のボタンで変わり、種類と扱いを変え、差し替え、外せる。そのたびに記録が残り、準備は無効になる")
  void changesWhatIsThere() throws Exception {
    add("SIGNED", "TERMS", key(), file("約款.pdf", pdf("約款")), file("仕様書.pdf", pdf("仕様書")));
    var terms = set().signed().getFirst();
    var other = set().signed().getLast();
    send(path + "/files/" + other.id() + "/place", "up", "true")
        .andExpect(redirectedUrl(path + "/files"));
    assertThat(set().signed()).extracting(Attachment::name).containsExactly("仕様書.pdf", "約款.pdf");
    send(path + "/files/" + terms.id(), "kind", "OTHER", "role", "REFERENCE")
        .andExpect(redirectedUrl(path + "/files"));
    assertThat(set().signed()).hasSize(1);
    send(path + "/files/" + terms.id(), "kind", "TERMS", "role", "SIGNED")
        .andExpect(redirectedUrl(path + "/files"));
    assertThat(set().signed()).hasSize(2);

    var fresh = pdf("新しい仕様書");
    mvc.perform(
            multipart(path + "/files/" + other.id() + "/content")
                .file(new MockMultipartFile("upload", "仕様書2.pdf", null, fresh))
                .param("idempotencyKey", key())
                .with(csrf())
                .with(TestPeople.as(body, body.clerk())))
        .andExpect(redirectedUrl(path + "/files"));
    assertThat(set().find(other.id()).orElseThrow().name()).isEqualTo("仕様書2.pdf");
    assertThat(set().find(other.id()).orElseThrow().original()).isEqualTo(Sha256.of(fresh));

    send(path + "/files/" + terms.id() + "/removal").andExpect(redirectedUrl(path + "/files"));
    assertThat(set().attachments()).hasSize(1);
    assertThat(actions())
        .contains(
            "contract.file-moved",
            "contract.file-changed",
            "contract.file-replaced",
            "contract.file-removed");
    assertThat(page(open(path + "/files/" + other.id())).select("figure img")).hasSize(2);
    open(path + "/files/" + other.id() + "/pages/1.png").andExpect(status().isOk());
    open(path + "/files/" + other.id() + "/pages/3.png").andExpect(status().isNotFound());
  }

  @Test
  @DisplayName("使えないファイルは、名前と理由と次にすることを言葉で示して断り、ほかのファイルは受け取る")
  void refusesInWords() throws Exception {
    var page =
        page(
            add(
                    "REFERENCE",
                    "OTHER",
                    key(),
                    file("よい.txt", words("よい")),
                    file("空.txt", new byte[0]),
                    file("実行.exe", words("MZ")),
                    file("偽物.pdf", words("MZ偽物")),
                    file("多形.csv", words("#!/bin/sh\n")),
                    file("鍵.pdf", TestPdf.encrypted()),
                    file("動く.pdf", TestPdf.scripted()))
                .andExpect(status().is(422)));
    assertThat(page.select("[role=alert]").text())
        .contains("受け取れなかったファイルが6個あります", "中身のないファイルです", "この形式のファイルは保管できません")
        .contains("ファイルの中身が、名前の示す形式と違います", "パスワード", "ほかのファイルは受け取りました");
    assertThat(set().attachments()).extracting(Attachment::name).containsExactly("よい.txt");

    assertThat(page(add("SIGNED", "TERMS", key(), file("約款.zip", zip("x")))).text())
        .contains("署名する書類に使えるのは、PDFと、WordやExcelなどの文書だけです");
    assertThat(page(add("INTERNAL", "OTHER", key(), file("また.txt", words("よい")))).text())
        .contains("同じ中身のファイルが、もう入っています");
    assertThat(page(add("INTERNAL", "OTHER", key())).text()).contains("ファイルを選んでください。");
    add("WRONG", "OTHER", key(), file("a.txt", words("a"))).andExpect(status().isBadRequest());
  }

  @Test
  @DisplayName("スクリプトが一つずつ送る口も、同じ鍵なら一つだけ受け取り、断る理由を言葉で返す")
  void takesOneAfterTheOther() throws Exception {
    var key = key() + "-0";
    for (var i = 0; i < 2; i++) {
      one(key, file("一.txt", words("一"))).andExpect(status().isNoContent());
    }
    assertThat(set().attachments()).hasSize(1);
    var answer = one(key() + "-1", file("二.exe", words("MZ"))).andExpect(status().is(422));
    assertThat(answer.andReturn().getResponse().getContentAsString(StandardCharsets.UTF_8))
        .startsWith("この形式のファイルは保管できません");
    one(key, file("別.txt", words("別"))).andExpect(status().isConflict());
  }

  @Test
  @DisplayName("50MBのファイルは入り、1バイト多いと言葉で断る")
  void hasALimitOfSize() throws Exception {
    var most = new byte[(int) DocumentSet.MOST_FILE_BYTES];
    most[0] = 'x';
    one(key(), file("図面.txt", most)).andExpect(status().isNoContent());
    assertThat(set().attachments().getFirst().bytes()).isEqualTo(52_428_800);
    var more = new byte[most.length + 1];
    more[0] = 'y';
    var answer = one(key(), file("図面2.txt", more)).andExpect(status().is(422));
    assertThat(answer.andReturn().getResponse().getContentAsString(StandardCharsets.UTF_8))
        .contains("50MBを超えています");
  }

  @Test
  @DisplayName("百個を超える一式を綴じ、署名する一つのファイルと書類一覧になり、参照のSHA-256が綴じたファイルに載る")
  void bindsMoreThanAHundred() throws Exception {
    var files =
        IntStream.range(0, 118)
            .mapToObj(i -> file("資料%03d.csv".formatted(i), words("資料 " + i)))
            .toArray(MockMultipartFile[]::new);
    add("REFERENCE", "OTHER", key(), files).andExpect(redirectedUrl(path + "/files"));
    add("SIGNED", "TERMS", key(), file("約款.pdf", pdf("約款")), file("仕様書.pdf", pdf("仕様書")))
        .andExpect(redirectedUrl(path + "/files"));
    parties();
    var before = contract();
    assertThat(before.prepared()).isEmpty();
    open(path + "/review").andExpect(redirectedUrl(path + "/files"));
    send(path + "/files/settled").andExpect(redirectedUrl(path + "/review"));

    var prepared = contract();
    assertThat(prepared.pages()).isGreaterThan(6);
    var last = prepared.pages();
    var listed =
        IntStream.rangeClosed(7, last)
            .mapToObj(page -> text(path + "/pages/" + page + ".txt"))
            .reduce("", String::concat)
            .replaceAll("\\s", "");
    assertThat(listed).startsWith("書類一覧").contains("約款.pdf（3～4ページ）", "仕様書.pdf（5～6ページ）");
    for (var each : set().references()) {
      assertThat(listed).contains(each.name(), each.sha256().hex());
    }
    assertThat(text(path + "/pages/3.txt")).contains("約款 その1");
    assertThat(page(open(path + "/review")).text()).contains("いっしょに締結する書類", "資料117.csv");

    // The same set gives the same bytes; a change makes them void.
    var digest = prepared.prepared();
    send(path + "/files/" + set().signed().getLast().id() + "/place", "up", "true");
    assertThat(contract().prepared()).isEmpty();
    assertThat(contract().pages()).isEqualTo(2);
    send(path + "/files/" + set().signed().getLast().id() + "/place", "up", "true");
    send(path + "/files/settled");
    assertThat(contract().prepared()).isEqualTo(digest);
  }

  @Test
  @DisplayName("送信した契約の書類は変わらず、団体内の資料だけは後からも出し入れできる")
  void isSettledAfterSending() throws Exception {
    add("REFERENCE", "OTHER", key(), file("図面.csv", words("図面")));
    var reference = set().references().getFirst();
    TestPeople.run(
        """
        update contract set state = 'WITHDRAWN', ended_at = now(), end_reason = '都合',
               dispatched_at = now(), deadline = now() where id = ?
        """,
        id.value());
    add("REFERENCE", "OTHER", key(), file("b.csv", words("b"))).andExpect(status().isConflict());
    add("SIGNED", "OTHER", key(), file("b.pdf", pdf("b"))).andExpect(status().isConflict());
    send(path + "/files/" + reference.id(), "kind", "OTHER", "role", "INTERNAL")
        .andExpect(status().isConflict());
    send(path + "/files/" + reference.id() + "/removal").andExpect(status().isConflict());
    send(path + "/files/" + reference.id() + "/place", "up", "true")
        .andExpect(status().isConflict());
    send(path + "/files/settled").andExpect(status().isConflict());
    assertThat(set().attachments()).containsExactly(reference);
    assertThatThrownBy(
            () -> TestPeople.run("delete from contract_attachment where id = ?", reference.id()))
        .hasStackTraceContaining("settled");

    add("INTERNAL", "OTHER", key(), file("検査調書.csv", words("調書")))
        .andExpect(redirectedUrl(path + "/files"));
    var page = page(open(path + "/files"));
    assertThat(page.select("input[name=role]").eachAttr("value")).containsExactly("INTERNAL");
    send(path + "/files/" + set().internal().getFirst().id() + "/removal")
        .andExpect(redirectedUrl(path + "/files"));
    assertThat(set().attachments()).containsExactly(reference);
  }

  @Test
  @DisplayName("ダウンロードは一字も変わらず、必ず保存として渡し、見た人の記録が残る。ほかの団体と所属には、ない")
  void handsOverWhatCameIn() throws Exception {
    var bytes = words("<script>alert(1)</script>");
    add("REFERENCE", "OTHER", key(), file("注意 \"x\".txt", bytes));
    var file = set().references().getFirst();
    var where = path + "/files/" + file.id() + "/content";
    var response = open(where).andExpect(status().isOk()).andReturn().getResponse();
    assertThat(response.getContentAsByteArray()).isEqualTo(bytes);
    assertThat(response.getContentType()).startsWith("text/plain");
    assertThat(response.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(response.getHeader("Content-Disposition")).startsWith("attachment;");
    mvc.perform(get(where).with(TestPeople.as(body, body.viewer()))).andExpect(status().isOk());
    mvc.perform(
            post(path + "/files/" + file.id() + "/removal")
                .with(csrf())
                .with(TestPeople.as(body, body.viewer())))
        .andExpect(status().isForbidden());

    var foreign = TestBody.create("x");
    mvc.perform(get(where).with(TestPeople.as(foreign, foreign.clerk())))
        .andExpect(status().isNotFound());
    var elsewhere = TestPeople.section(body, "90", "教育部", null);
    var stranger =
        TestPeople.member(body, "s" + UUID.randomUUID(), "例田", elsewhere, "CLERK", elsewhere);
    mvc.perform(get(where).with(TestPeople.as(body, stranger))).andExpect(status().isNotFound());
    var another = TestContract.draft(body, vault);
    open("/contracts/" + another.id() + "/files/" + file.id() + "/content")
        .andExpect(status().isNotFound());
  }

  @Test
  @DisplayName("写した下書きには、契約に含める書類が入り、団体内の資料は入らない")
  void copiesWhatIsPartOfTheContract() throws Exception {
    add("SIGNED", "TERMS", key(), file("約款.pdf", pdf("約款")));
    add("REFERENCE", "DRAWING", key(), file("図面.csv", words("図面")));
    add("INTERNAL", "OTHER", key(), file("起案.csv", words("起案")));
    parties();
    send(path + "/files/settled");
    var answer =
        send(path + "/copy", "idempotencyKey", key(), "relation", "COPY")
            .andReturn()
            .getResponse()
            .getRedirectedUrl();
    var copy =
        new ContractId(UUID.fromString(Objects.requireNonNull(answer).substring(11, 11 + 36)));
    var set = Tenancy.in(body.id(), () -> attachments.of(copy));
    assertThat(set.attachments()).extracting(Attachment::name).containsExactly("約款.pdf", "図面.csv");
    assertThat(set.documentPages()).isEqualTo(2);
    assertThat(Tenancy.in(body.id(), () -> contracts.get(copy)).pages()).isEqualTo(2);
  }

  private void parties() {
    TestPeople.run(
        "update contract set office_id = ?, deadline = now() + interval '9 days' where id = ?",
        body.office(),
        id.value());
    for (var i = 0; i < 3; i++) {
      TestPeople.run(
          """
          insert into party (tenant_id, id, contract_id, ordinal, kind, organisation, title, name,
                             mail, staff_id, turn, capacity)
          values (?, gen_random_uuid(), ?, ?, ?, '見本', '職', '例田 一郎', ?, ?, ?, ?)
          """,
          body.id().value(),
          id.value(),
          i,
          List.of("SENDER", "COUNTERPARTY", "OFFICE").get(i),
          i == 1 ? "ichiro@mihon.example" : null,
          i == 0 ? body.clerk() : i == 2 ? body.mayor() : null,
          i,
          i == 1 ? "AUTHORITY" : null);
    }
  }

  private List<String> actions() {
    return Tenancy.in(
        body.id(), () -> audit.steps(id.value()).stream().map(each -> each.action()).toList());
  }

  private DocumentSet set() {
    return Tenancy.in(body.id(), () -> attachments.of(id));
  }

  private Particulars contract() {
    return Tenancy.in(body.id(), () -> contracts.get(id));
  }

  private ResultActions add(String role, String kind, String key, MockMultipartFile... files)
      throws Exception {
    var request = multipart(path + "/files");
    Arrays.stream(files).forEach(request::file);
    return mvc.perform(
        request
            .param("idempotencyKey", key)
            .param("role", role)
            .param("kind", kind)
            .with(csrf())
            .with(TestPeople.as(body, body.clerk())));
  }

  private ResultActions one(String key, MockMultipartFile file) throws Exception {
    return mvc.perform(
        multipart(path + "/files/one")
            .file(file)
            .param("idempotencyKey", key)
            .param("role", "INTERNAL")
            .param("kind", "OTHER")
            .with(csrf())
            .with(TestPeople.as(body, body.clerk())));
  }

  private ResultActions open(String where) throws Exception {
    return mvc.perform(get(where).with(TestPeople.as(body, body.clerk())));
  }

  private String text(String where) {
    try {
      return open(where)
          .andExpect(status().isOk())
          .andReturn()
          .getResponse()
          .getContentAsString(StandardCharsets.UTF_8);
      // MockMvc declares every exception there is; whoever reads a page within a lambda may not.
    } catch (Exception e) {
      throw new AssertionError(where, e);
    }
  }

  private ResultActions send(String where, String... namesAndValues) throws Exception {
    var request = post(where).with(csrf()).with(TestPeople.as(body, body.clerk()));
    for (var i = 0; i < namesAndValues.length; i += 2) {
      request.param(namesAndValues[i], namesAndValues[i + 1]);
    }
    return mvc.perform(request);
  }

  private static MockMultipartFile file(String name, byte[] bytes) {
    return new MockMultipartFile("files", name, null, bytes);
  }

  private static byte[] words(String words) {
    return words.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] zip(String words) {
    return ("PK\u0003\u0004" + words).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] pdf(String title) {
    return TestPdf.titled(title);
  }

  private static String key() {
    return UUID.randomUUID().toString();
  }

  private static Document page(ResultActions result) throws Exception {
    return Jsoup.parse(result.andReturn().getResponse().getContentAsString(StandardCharsets.UTF_8));
  }
}
