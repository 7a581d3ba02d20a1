package jp.musubi.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.platform.Tenancy;
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
@DisplayName("電子入札からの取り込み")
class AwardTest {
  private static final Charset CP932 = Charset.forName("windows-31j");
  private static final String REGISTER =
      "業者番号,商号又は名称,法人番号,代表者職名,代表者姓,代表者名,所在地,メールアドレス,業種\r\n"
          + "0012,株式会社 髙﨑建設,７００００１２０５０００２,代表取締役,例田,一郎,上毛市本町1-1,ichiro@mihon.example,土木\r\n"
          + "0012,株式会社 髙﨑建設,７００００１２０５０００２,代表取締役,例田,一郎,上毛市本町1-1,ichiro@mihon.example,舗装\r\n"
          + "0013,赤城設計,,所長,例田,梅,上毛市赤城町2-2,ume@akagi.example,建築\r\n";
  private static final String AWARDS = "落札結果一覧\r\n調達案件番号,案件名称,業者番号,落札者,落札金額（千円）,契約締結日,納入場所\r\n";

  @Autowired MockMvc mvc;
  @Autowired RunWork work;

  private BulkHouse house;
  private TestBody body;
  private UUID admin;

  @BeforeEach
  void aBodyWithAForm() {
    house = BulkHouse.open(mvc);
    body = house.body();
    admin = TestPeople.member(body, "kiyoshi", "見本 清", body.section(), "BODY_ADMIN", null);
  }

  @Test
  @DisplayName("名簿をそのままの形で読んで相手方を登録し、落札結果をそのままの形で読んで下書きを作り、案件番号を台帳に残す")
  void goesFromTheTenderSystemToDrafts() throws Exception {
    item();
    suppliers();
    var template = house.template();
    var mapping = mapping("落札結果", "AWARD", 1, AWARDS + "x,x,x,x,1,,x\r\n");

    var run =
        run(
            template,
            mapping,
            AWARDS
                + "R8-0001,橋りょう補修,0012,㈱髙﨑建設,\"1,234\",20260401,第1庁舎\r\n"
                + "R8-0002,庁舎設計,0013,赤城設計,500.5,R8.4.2,第2庁舎\r\n");
    var shown = page(house.page(body.clerk(), "/bulk/" + run));
    assertThat(shown.text())
        .contains("株式会社 髙﨑建設", "ichiro@mihon.example", "1,234,000円", "500,500円")
        .doesNotContain("㈱", "同じ案件番号");
    make(run);
    assertThat(
            BulkHouse.count(
                """
                select count(*) from contract c
                  join party p on p.tenant_id = c.tenant_id and p.contract_id = c.id
                  join register_value v on v.tenant_id = c.tenant_id and v.contract_id = c.id
                 where c.tenant_id = ? and c.title = '橋りょう補修' and c.amount = 1234000
                   and c.contract_date = '2026-04-01' and p.organisation = '株式会社 髙﨑建設'
                   and p.name = '例田 一郎' and p.mail = 'ichiro@mihon.example' and v.text = 'R8-0001'
                """,
                body.id().value()))
        .isEqualTo(1);

    var again =
        run(
            template,
            mapping,
            AWARDS
                + "R8-0001,橋りょう補修,0012,㈱髙﨑建設,\"1,234\",20260401,第1庁舎\r\n"
                + "R8-0003,道路台帳,0012,㈱髙﨑建設,1,20260401,第1庁舎\r\n"
                + "R8-0003,道路台帳 その2,0012,㈱髙﨑建設,1,20260401,第1庁舎\r\n");
    var warned = page(house.page(body.clerk(), "/bulk/" + again));
    assertThat(warned.text())
        .contains(
            "同じ案件番号の契約がすでにある行が2件あります",
            "R8-0001 同じ案件番号の契約がすでにあります",
            "R8-0003 同じ案件番号が、この一覧の前の行にもあります");
    assertThat(warned.select("form[action$=/drafts]"))
        .as("it warns, it does not forbid")
        .hasSize(1);
  }

  @Test
  @DisplayName("台帳にない業者、読めない欄は行の誤りになり、一つでもあれば何も作らず、誤りのCSVに式は残らない")
  void namesEachErrorAndMakesNothing() throws Exception {
    suppliers();
    var mapping = mapping("落札結果", "AWARD", 1, AWARDS + "x,x,x,x,1,,x\r\n");
    var run =
        run(
            house.template(),
            mapping,
            AWARDS
                + "1,橋,9999,=見知らぬ業者,1,20260401,庁舎\r\n"
                + "2,道,0012,髙﨑,=1+1,2月30日,庁舎\r\n"
                + "3,,0013,赤城,1,20260401,庁舎\r\n"
                + "4,短い\r\n"
                + "5,よい行,0013,赤城,1,20260401,庁舎\r\n");
    var shown = page(house.page(body.clerk(), "/bulk/" + run)).text();
    assertThat(shown)
        .contains(
            "3行目 業者番号 この番号の相手方が台帳にありません",
            "契約金額（落札金額（千円））",
            "千円を単位とする金額として読めません",
            "契約日（契約締結日） 日付として読めません",
            "5行目 件名",
            "欄が2個あります",
            "よい行");
    assertThat(house.press(body.clerk(), "/bulk/" + run + "/drafts").getStatus()).isEqualTo(409);
    assertThat(
            house
                .page(body.clerk(), "/bulk/" + run + "/errors.csv")
                .getContentAsString(StandardCharsets.UTF_8))
        .contains("9999 =見知らぬ業者", "'=1+1")
        .doesNotContain(",=", "\"=");
  }

  @Test
  @DisplayName("形の違う一覧、ほかの団体の対応付けは断り、何も残さない")
  void refusesOtherLists() throws Exception {
    suppliers();
    var template = house.template();
    var mapping = mapping("落札結果", "AWARD", 1, AWARDS + "x,x,x,x,1,,x\r\n");
    var answer = upload(template, mapping, "題名\r\n件名,だれ\r\n橋,私\r\n");
    assertThat(answer.getStatus()).isEqualTo(422);
    assertThat(page(answer).text()).contains("対応付けにある列が、この一覧にありません", "落札金額（千円）");

    var other = BulkHouse.open(mvc);
    var theirs = new AwardTest();
    theirs.mvc = mvc;
    theirs.house = other;
    theirs.body = other.body();
    var refused = theirs.upload(other.template(), mapping, AWARDS + "1,橋,0012,髙﨑,1,,x\r\n");
    assertThat(refused.getStatus()).isEqualTo(422);
    assertThat(page(refused).text()).doesNotContain("落札結果");
    assertThat(
            BulkHouse.count(
                "select count(*) from bulk_run where tenant_id = ?", other.body().id().value()))
        .isZero();
  }

  private void item() throws Exception {
    var made =
        house.press(admin, "/settings/items", "name", "調達案件番号", "kind", "TEXT", "choices", "");
    assertThat(made.getStatus()).as(made.getContentAsString()).isEqualTo(302);
  }

  private void suppliers() throws Exception {
    var mapping = mapping("名簿", "SUPPLIERS", 0, REGISTER);
    var checked =
        mvc.perform(
                multipart("/suppliers/import/mapped")
                    .file(
                        new MockMultipartFile(
                            "file", "meibo.csv", "text/csv", REGISTER.getBytes(CP932)))
                    .param("mapping", mapping.toString())
                    .with(TestPeople.as(body, admin))
                    .with(csrf()))
            .andReturn()
            .getResponse();
    assertThat(checked.getStatus()).as(checked.getContentAsString()).isEqualTo(302);
    var path = String.valueOf(checked.getRedirectedUrl());
    var plan = page(house.page(admin, path));
    assertThat(plan.text()).contains("株式会社 髙﨑建設", "0012", "例田 一郎", "7000012050002");
    var looked = plan.select("form[action$=/effect] input[name=looked]").attr("value");
    assertThat(house.press(admin, path + "/effect", "looked", looked).getStatus()).isEqualTo(302);
    assertThat(
            BulkHouse.count(
                "select count(*) from supplier where tenant_id = ? and code in ('0012', '0013')",
                body.id().value()))
        .isEqualTo(2);
  }

  /** By the pages, as they propose it. */
  private UUID mapping(String name, String target, int skipped, String sample) throws Exception {
    var fields =
        page(
            mvc.perform(
                    multipart("/settings/mappings/sample")
                        .file(
                            new MockMultipartFile(
                                "file", "a.csv", "text/csv", sample.getBytes(CP932)))
                        .param("mapping", "")
                        .param("version", "0")
                        .param("name", name)
                        .param("target", target)
                        .param("encoding", "FOUND_OUT")
                        .param("separator", "COMMA")
                        .param("skipped", skipped + "")
                        .param("headed", "true")
                        .with(TestPeople.as(body, admin))
                        .with(csrf()))
                .andReturn()
                .getResponse());
    var values = new ArrayList<String>();
    fields
        .select("main form input[type=hidden], main form input[type=text]")
        .forEach(input -> {
          values.add(input.attr("name"));
          values.add(input.attr("value"));
        });
    fields
        .select("main form input[type=checkbox][checked]")
        .forEach(input -> {
          values.add(input.attr("name"));
          values.add("true");
        });
    fields
        .select("main form select")
        .forEach(select -> {
          values.add(select.attr("name"));
          values.add(select.select("option[selected]").attr("value"));
        });
    values.add("step");
    values.add("save");
    var saved = house.press(admin, "/settings/mappings/fields", values.toArray(String[]::new));
    assertThat(saved.getStatus()).as(saved.getContentAsString()).isEqualTo(302);
    return UUID.fromString(
        String.valueOf(saved.getRedirectedUrl()).substring("/settings/mappings/".length()));
  }

  private UUID run(String template, UUID mapping, String csv) throws Exception {
    var answer = upload(template, mapping, csv);
    assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(302);
    return UUID.fromString(String.valueOf(answer.getRedirectedUrl()).substring("/bulk/".length()));
  }

  private MockHttpServletResponse upload(String template, UUID mapping, String csv)
      throws Exception {
    return mvc.perform(
            multipart("/bulk")
                .file(new MockMultipartFile("file", "落札.csv", "text/csv", csv.getBytes(CP932)))
                .param("idempotencyKey", UUID.randomUUID().toString())
                .param("template", template)
                .param("mapping", mapping.toString())
                .param("office", body.office().toString())
                // By the test's own clock: a deadline is compared with the moment of the upload.
                .param("deadline", LocalDate.now(ZoneId.of("Asia/Tokyo")).plusDays(60).toString())
                .param("readingYears", "10")
                .with(TestPeople.as(body, body.clerk()))
                .with(csrf()))
        .andReturn()
        .getResponse();
  }

  private void make(UUID run) throws Exception {
    assertThat(house.press(body.clerk(), "/bulk/" + run + "/drafts").getStatus()).isEqualTo(302);
    Tenancy.in(
        body.id(),
        () -> {
          work.run(run);
          return true;
        });
  }

  private static Document page(MockHttpServletResponse answer) throws Exception {
    return Jsoup.parse(answer.getContentAsString(StandardCharsets.UTF_8));
  }
}
