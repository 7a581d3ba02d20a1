package jp.musubi.mandate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Mandates;
import jp.musubi.contract.Refusal;
import jp.musubi.input.InputHouse;
import jp.musubi.platform.Tenancy;
import jp.musubi.seal.Sha256;
import jp.musubi.vault.Vault;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;

@ServiceTest
@DisplayName("委任の画面")
class MandatePagesTest {
  @Autowired MockMvc web;
  @Autowired Contracts contracts;
  @Autowired Mandates mandates;
  @Autowired MandateGate gate;
  @Autowired MandateRules rules;
  @Autowired Vault vault;

  private TestBody body;
  private InputHouse draft;
  private String supplier;
  private byte[] paper;

  @BeforeEach
  void aSupplier() throws Exception {
    draft = InputHouse.open(web, 1);
    body = draft.body();
    paper = InputHouse.pdf();
    supplier = String.valueOf(registered(body).getRedirectedUrl());
  }

  @Test
  @DisplayName("登録し、訂正し、解任し、どれも残り、委任状を受け取れ、一覧とCSVに載る")
  void keepsItsLife() throws Exception {
    var form = page(supplier + "/mandates/new");
    assertThat(form.select("input[name=from]").val()).contains("4月1日");
    assertThat(form.select("input[name=until]").val()).contains("3月31日");
    var path = add(typed());
    assertThat(page(supplier).text()).contains("例田 次郎", "高崎支店 支店長", "使えます");
    assertThat(page(path).text()).contains("総委第12号", "契約の締結", Sha256.of(paper).hex());

    var correction = new HashMap<>(typed());
    correction.put("version", "1");
    correction.put("agentTitle", "支社長");
    assertThat(send(path + "/correction", correction, null).getStatus()).isEqualTo(422);
    correction.put("reason", "役職の誤り");
    assertThat(send(path + "/correction", correction, null).getRedirectedUrl()).isEqualTo(path);
    assertThat(send(path + "/correction", correction, null).getStatus()).isEqualTo(409);
    assertThat(page(path).text()).contains("第1版", "第2版", "役職の誤り", "支社長");
    var file = seen(path + "/papers/1.pdf");
    assertThat(file.getContentAsByteArray()).isEqualTo(paper);
    assertThat(file.getHeader("Content-Disposition")).startsWith("attachment");
    assertThat(seen(path + "/papers/3.pdf").getStatus()).isEqualTo(404);

    var formula = new HashMap<>(typed());
    formula.put("agentName", "=HYPERLINK(1)");
    formula.put("paperNumber", "@2");
    paper = InputHouse.pdf();
    add(formula);
    var csv =
        seen("/mandates/list.csv").getContentAsString(java.nio.charset.StandardCharsets.UTF_8);
    assertThat(csv).startsWith("\uFEFF相手方").contains("'=HYPERLINK(1)", "'@2", "総委第12号");

    assertThat(press(path + "/end", "endedOn", "", "reason", "").getStatus()).isEqualTo(422);
    assertThat(press(path + "/end", "endedOn", "令和8年4月2日", "reason", "支店長の交代").getRedirectedUrl())
        .isEqualTo(path);
    assertThat(press(path + "/end", "endedOn", "令和8年4月3日", "reason", "二度目").getStatus())
        .isEqualTo(409);
    assertThat(page(path).text()).contains("効力がありません", "支店長の交代");
    assertThat(page("/mandates?over=true").text()).contains("例田 次郎");
    assertThatThrownBy(
            () -> TestPeople.run("delete from mandate where tenant_id = ?", body.id().value()))
        .hasMessageContaining("stays as it is");
    assertThat(
            TestPeople.text(
                "select string_agg(action, ' ' order by seq) from audit_entry where tenant_id = ? and action like 'mandate.%'",
                body.id().value()))
        .contains(
            "mandate.added",
            "mandate.corrected",
            "mandate.downloaded",
            "mandate.exported",
            "mandate.ended");
  }

  @Test
  @DisplayName("おかしな入力、同じ委任状、開けないPDF、ほかの団体のものは、直し方を示して断る")
  void refusesWhatCannotBe() throws Exception {
    var wrong = new HashMap<>(typed());
    wrong.keySet().removeIf(key -> key.startsWith("power-"));
    wrong.put("agentName", "例田　一郎");
    wrong.put("from", "令和8年4月1日");
    wrong.put("until", "令和8年3月31日");
    var asked = html(send(supplier + "/mandates", wrong, null, 422));
    assertThat(asked.text()).contains("委任者と受任者が同じ方です", "委任事項を一つ以上", "最後の日が、始めの日より前", "委任状のPDFを選んで");
    assertThat(asked.select("input[name=agentOffice]").val()).isEqualTo("高崎支店");

    var year = new HashMap<>(wrong);
    year.put("step", "year");
    var proposed = html(send(supplier + "/mandates", year, null, 200));
    assertThat(proposed.select("input[name=until]").val()).contains("3月31日");
    assertThat(proposed.select("input[name=agentOffice]").val()).isEqualTo("高崎支店");

    assertThat(
            html(send(
                    supplier + "/mandates",
                    typed(),
                    "%PDF-1.7 no".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                    422))
                .text())
        .contains("この委任状は受け取れません");
    assertThat(html(send(supplier + "/mandates", typed(), new byte[(10 << 20) + 1], 422)).text())
        .contains("10MBまで");

    var first = typed();
    var path = add(first);
    assertThat(send(supplier + "/mandates", first, paper).getRedirectedUrl()).isEqualTo(path);
    var twice = html(send(supplier + "/mandates", typed(), paper, 409));
    assertThat(twice.text()).contains("同じ委任状が、もう登録されています", "総委第12号");
    var sure = new HashMap<>(typed());
    sure.put("sure", "true");
    sure.put("idempotencyKey", twice.select("input[name=idempotencyKey]").val());
    assertThat(send(supplier + "/mandates", sure, paper).getStatus()).isEqualTo(302);

    var other = TestBody.create("-");
    assertThat(
            web.perform(get(path).with(TestPeople.as(other, other.clerk())))
                .andReturn()
                .getResponse()
                .getStatus())
        .isEqualTo(404);
    assertThat(seen(supplier + "/mandates/new?parent=" + UUID.randomUUID()).getStatus())
        .isEqualTo(404);
  }

  @Test
  @DisplayName("復代理は、もとの委任の範囲を超えられず、もとが終わると使えない")
  void keepsSubstitutesWithin() throws Exception {
    var given = new HashMap<>(typed());
    given.put("power-SUBSTITUTE", "true");
    given.put("most", "5,000,000");
    var parent = add(given);
    var id = parent.substring("/mandates/".length());
    var form = page(supplier + "/mandates/new?parent=" + id);
    assertThat(form.text()).contains("高崎支店 支店長 例田 次郎");
    assertThat(form.select("input[name=principalName]")).isEmpty();

    paper = InputHouse.pdf();
    var below = new HashMap<>(typed());
    below.put("parent", id);
    below.put("agentName", "例田 三郎");
    below.put("agentMail", "saburo@mihon.example");
    below.put("paperNumber", "高委第1号");
    below.put("until", "令和99年3月31日");
    var beyond = html(send(supplier + "/mandates", below, paper, 422));
    assertThat(beyond.text()).contains("もとの委任の期間", "もとの委任の上限を超えています");
    below.put("until", typed().get("until"));
    below.put("most", "5000000");
    var child = String.valueOf(send(supplier + "/mandates", below, paper).getRedirectedUrl());
    assertThat(page(child).text()).contains("もとの委任", "代表取締役 例田 一郎 → 高崎支店 支店長 例田 次郎");
    assertThat(page(parent).text()).contains("例田 三郎");

    // A third step is none.
    var third = new HashMap<>(below);
    third.put("parent", child.substring("/mandates/".length()));
    third.put("agentName", "例田 四郎");
    third.put("idempotencyKey", UUID.randomUUID().toString());
    paper = InputHouse.pdf();
    third.put("paperNumber", "3");
    assertThat(send(supplier + "/mandates", third, paper).getStatus()).isEqualTo(409);

    choose("例田 三郎", "saburo@mihon.example", child);
    demand();
    assertThat(refused()).isEmpty();
    assertThat(Tenancy.in(body.id(), () -> mandates.statedOf(draft.id())))
        .extracting(Mandates.Stated::agent)
        .containsExactly("高崎支店 支店長 例田 次郎", "高崎支店 支店長 例田 三郎");
    press(parent + "/end", "endedOn", "令和8年4月1日", "reason", "交代");
    assertThat(refused()).anyMatch(reason -> reason.contains("もとの代理人の委任が解任・撤回"));
  }

  @Test
  @DisplayName("当事者に選ぶと役職・氏名・アドレスが入り、書類一覧と契約の画面に載り、足りなければ決まりのとおり知らせるか断る")
  void standsOnTheContract() throws Exception {
    var path = add(typed());
    var id = path.substring("/mandates/".length());
    choose("例田 次郎", "jiro@mihon.example", "");
    assertThat(page(draft.path() + "/review").text()).contains("委任が選ばれていません");
    assertThat(refused()).isEmpty();
    demand();
    assertThat(refused()).anyMatch(reason -> reason.contains("委任が選ばれていません"));
    assertThat(page(draft.path() + "/review").text()).contains("代理人の委任が確かめられません");

    var filled =
        html(
            press(
                draft.path() + "/parties",
                "step",
                "act-1",
                "organisation-1",
                "（株）見本建設",
                "mandate-1",
                id,
                "office",
                body.office().toString()));
    assertThat(filled.select("input[name=name-1]").val()).isEqualTo("例田 次郎");
    assertThat(filled.select("input[name=title-1]").val()).isEqualTo("高崎支店 支店長");
    assertThat(filled.select("input[name=mail-1]").val()).isEqualTo("jiro@mihon.example");
    assertThat(filled.select("input[name=capacity-1][checked]").val()).isEqualTo("AGENT");
    assertThat(parties("別人 五郎", "jiro@mihon.example", id).getStatus()).isEqualTo(422);
    assertThat(parties("例田 次郎", "jiro@mihon.example", UUID.randomUUID().toString()).getStatus())
        .isEqualTo(422);
    choose("例田 次郎", "jiro@mihon.example", path);
    assertThat(refused()).isEmpty();
    var shown = page(draft.path()).text();
    assertThat(shown).contains("代理の根拠（委任状）", "総委第12号", Sha256.of(paper).hex());
    assertThat(page(draft.path() + "/parties").select("#mandate-1 option[selected]").val())
        .isEqualTo(id);
    var contract = Tenancy.in(body.id(), () -> contracts.get(draft.id()));
    var text =
        Tenancy.in(
            body.id(),
            () ->
                vault.with(
                    contract.prepared().orElseThrow(),
                    file -> {
                      try (var pdf = Loader.loadPDF(file.toFile())) {
                        return new PDFTextStripper().getText(pdf);
                      } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                      }
                    }));
    assertThat(text.replaceAll("\\s", "")).contains("委任状（団体が保管）", Sha256.of(paper).hex());

    // What was corrected or ended since has to be chosen anew, or is of no use.
    var correction = new HashMap<>(typed());
    correction.put("version", "1");
    correction.put("reason", "上限の記載漏れ");
    correction.put("most", "1000000");
    assertThat(send(path + "/correction", correction, null).getStatus()).isEqualTo(302);
    assertThat(refused())
        .anyMatch(reason -> reason.contains("訂正されました"))
        .anyMatch(reason -> reason.contains("上限を超えています"));
    press(path + "/end", "endedOn", "令和8年4月1日", "reason", "撤回");
    assertThat(refused()).anyMatch(reason -> reason.contains("解任・撤回"));
  }

  @Test
  @DisplayName("終わりの近い委任を一覧と予定表に載せ、次の年に引き継ぐと載らなくなる")
  void endsAndIsTakenOver() throws Exception {
    var soon = java.time.LocalDate.now(jp.musubi.platform.JapaneseDates.ZONE).plusDays(10);
    var given = new HashMap<>(typed());
    given.put("until", soon.toString().replace('-', '/'));
    var path = add(given);
    assertThat(page("/mandates").text()).contains("もうすぐ終わる委任 1件", "あと10日");
    assertThat(
            seen("/register/deadlines.ics")
                .getContentAsString(java.nio.charset.StandardCharsets.UTF_8)
                .replace("\r\n ", ""))
        .contains("委任の最後の日 株式会社 見本建設 高崎支店 支店長 例田 次郎");
    var id = path.substring("/mandates/".length());
    var next = page(supplier + "/mandates/new?from=" + id);
    assertThat(next.select("input[name=agentName]").val()).isEqualTo("例田 次郎");
    assertThat(next.select("input[name=takenOverFrom]").val()).isEqualTo(id);
    assertThat(next.select("input[name=from]").val())
        .isEqualTo(jp.musubi.platform.JapaneseDates.date(soon.plusDays(1)));
    assertThat(next.select("input[name=paperNumber]").val()).isEmpty();
    paper = InputHouse.pdf();
    var following = new HashMap<>(typed());
    following.put("takenOverFrom", id);
    following.put("from", next.select("input[name=from]").val());
    following.put("until", next.select("input[name=until]").val());
    following.put("paperNumber", "総委第13号");
    add(following);
    assertThat(page("/mandates").text()).doesNotContain("もうすぐ終わる委任");
  }

  private Map<String, String> typed() {
    var typed = new HashMap<String, String>();
    typed.put("idempotencyKey", UUID.randomUUID().toString());
    typed.put("principalTitle", "代表取締役");
    typed.put("principalName", "例田 一郎");
    typed.put("agentOffice", "高崎支店");
    typed.put("agentTitle", "支店長");
    typed.put("agentName", "例田 次郎");
    typed.put("agentMail", "jiro@mihon.example");
    typed.put("power-BID", "true");
    typed.put("power-CONCLUDE", "true");
    typed.put("from", "令和8年4月1日");
    typed.put("until", "令和18年3月31日");
    typed.put("paperNumber", "総委第12号");
    typed.put("paperOn", "令和8年3月20日");
    return typed;
  }

  private String add(Map<String, String> typed) throws Exception {
    var answer = send(supplier + "/mandates", typed, paper);
    assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(302);
    return String.valueOf(answer.getRedirectedUrl());
  }

  private void choose(String name, String mail, String mandate) throws Exception {
    var answer = parties(name, mail, mandate.replace("/mandates/", ""));
    assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(302);
  }

  private MockHttpServletResponse parties(String name, String mail, String mandate)
      throws Exception {
    return press(
        draft.path() + "/parties",
        "organisation-1",
        "株式会社 見本建設",
        "title-1",
        "高崎支店 支店長",
        "name-1",
        name,
        "mail-1",
        mail,
        "identity-1",
        "mail",
        "capacity-1",
        "AGENT",
        "mandate-1",
        mandate,
        "office",
        body.office().toString(),
        "officePlace",
        "last");
  }

  private void demand() throws Exception {
    var admin = TestPeople.member(body, "kanri", "例 管理", body.section(), "BODY_ADMIN", null);
    assertThat(press(admin, "/settings/mandates", "mode", "ALL", "days", "x").getStatus())
        .isEqualTo(422);
    assertThat(
            press(admin, "/settings/mandates", "mode", "DEMAND", "days", "60").getRedirectedUrl())
        .isEqualTo("/settings");
    assertThat(Tenancy.in(body.id(), () -> rules.current().mode()))
        .isEqualTo(MandateRules.Mode.DEMAND);
  }

  /** Why the draft would not leave: asked as the step of sending asks. */
  private List<String> refused() {
    return Tenancy.in(
        body.id(),
        () ->
            gate.refusesSending(contracts.get(draft.id()))
                .map(refusal ->
                    refusal instanceof Refusal.MandateMissing(var reasons)
                        ? reasons
                        : List.of(refusal.toString()))
                .orElse(List.of()));
  }

  private MockHttpServletResponse registered(TestBody of) throws Exception {
    return web.perform(
            post("/suppliers")
                .param("idempotencyKey", UUID.randomUUID().toString())
                .param("organisation", "株式会社 見本建設")
                .with(csrf())
                .with(TestPeople.as(of, of.clerk())))
        .andReturn()
        .getResponse();
  }

  private MockHttpServletResponse send(
      String path, Map<String, String> typed, byte @org.jspecify.annotations.Nullable [] file)
      throws Exception {
    var asked = multipart(path);
    if (file != null) {
      asked.file(new MockMultipartFile("file", "委任状.pdf", "application/pdf", file));
    }
    typed.forEach(asked::param);
    return web.perform(asked.with(csrf()).with(TestPeople.as(body, body.clerk())))
        .andReturn()
        .getResponse();
  }

  private MockHttpServletResponse send(
      String path,
      Map<String, String> typed,
      byte @org.jspecify.annotations.Nullable [] file,
      int status)
      throws Exception {
    var answer = send(path, typed, file);
    assertThat(answer.getStatus()).isEqualTo(status);
    return answer;
  }

  private MockHttpServletResponse press(String path, String... fields) throws Exception {
    return press(body.clerk(), path, fields);
  }

  private MockHttpServletResponse press(UUID who, String path, String... fields) throws Exception {
    var asked = post(path).with(csrf()).with(TestPeople.as(body, who));
    for (var i = 0; i < fields.length; i += 2) {
      asked.param(fields[i], fields[i + 1]);
    }
    return web.perform(asked).andReturn().getResponse();
  }

  private MockHttpServletResponse seen(String path) throws Exception {
    return web.perform(get(path).with(TestPeople.as(body, body.clerk()))).andReturn().getResponse();
  }

  private Document page(String path) throws Exception {
    var answer = seen(path);
    assertThat(answer.getStatus()).as(path).isEqualTo(200);
    return html(answer);
  }

  private static Document html(MockHttpServletResponse answer) throws Exception {
    var text = answer.getContentAsString(java.nio.charset.StandardCharsets.UTF_8);
    assertThat(text).doesNotContain("??");
    return Jsoup.parse(text);
  }
}
