package jp.musubi.staff.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.evidence.Actor;
import jp.musubi.organisation.Organisations;
import jp.musubi.organisation.SectionRegister;
import jp.musubi.organisation.SectionRow;
import jp.musubi.organisation.SectionTerm;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.Tenancy;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@ServiceTest
@DisplayName("所属の一括登録")
class SectionListTest {
  private static final String HEADINGS = String.join(",", SectionRow.HEADINGS) + "\r\n";

  private static final Actor ACTOR = new Actor(Actor.Kind.SERVICE, "test", "試験");

  @Autowired MockMvc mvc;
  @Autowired SectionRegister register;
  @Autowired Organisations organisations;

  private TestBody body;
  private UUID admin;
  private UUID roads;
  private UUID buildings;
  private LocalDate day;

  @BeforeEach
  void aBodyWithThreeSections() {
    body = TestBody.create("-");
    admin = TestPeople.member(body, "kiyoshi", "見本 清", body.section(), "BODY_ADMIN", null);
    var works = TestPeople.section(body, "20", "建設部", null);
    roads = TestPeople.section(body, "2010", "道路課", works);
    buildings = TestPeople.section(body, "2020", "建築課", works);
    day = organisations.today().plusDays(30);
  }

  @Test
  @DisplayName("新設・変更・移動・廃止を、見ただけでは何も変えず、その日からまとめて反映する")
  void takesEffectAsAWholeFromItsDay() throws Exception {
    var list =
        upload(
            HEADINGS
                + "新設,3010,都市計画課,30,027-000-0130,toshi@joumou.example,\r\n"
                + "変更,2010,土木課,,,,\r\n"
                + "移動,2020,,30,,,\r\n"
                + "新設,30,都市部,,,,\r\n"
                + "廃止,20,,,,,30\r\n"
                + "移動,2010,,30,,,\r\n",
            "UTF-8");
    assertThat(page(open(list)).text()).contains("7行目 所属コード 同じ所属の行が二つあります");
    send(list + "/cancellation").andExpect(redirectedUrl(list));

    list =
        upload(
            HEADINGS
                + "新設,3010,都市計画課,30,027-000-0130,toshi@joumou.example,\r\n"
                + "移動,2010,土木課,30,,,\r\n"
                + "移動,2020,,30,,,\r\n"
                + "新設,30,都市部,,,,\r\n"
                + "廃止,20,,,,,30\r\n",
            "UTF-8");
    var shown = page(open(list));
    assertThat(shown.text()).contains("誤りはありません", "土木課　上位：都市部", "いま：道路課　上位：建設部", "廃止して、都市部に引き継ぐ");
    assertThat(names(day)).contains("建設部 道路課", "建設部 建築課").doesNotContain("都市部");

    take(list, shown).andExpect(redirectedUrl(list));
    assertThat(names(day.minusDays(1))).contains("建設部 道路課", "建設部 建築課");
    assertThat(names(day))
        .contains("都市部", "都市部 都市計画課", "都市部 土木課", "都市部 建築課")
        .doesNotContain("建設部 道路課", "建設部 建築課");
    assertThat(sectionOf("3010", day))
        .hasValueSatisfying(term -> {
          assertThat(term.phone()).isEqualTo("027-000-0130");
          assertThat(term.mail()).isEqualTo("toshi@joumou.example");
        });
    take(list, shown).andExpect(status().isConflict());
    assertThat(
            TestPeople.text(
                "select string_agg(action, ' ' order by seq) from audit_entry where tenant_id = ?"
                    + " and action like 'section.%'",
                body.id().value()))
        .endsWith(
            "section.list-checked section.opened section.changed section.changed section.opened"
                + " section.closed section.list-applied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-8 with BOM", "windows-31j"})
  @DisplayName("UTF-8でもShift_JISでも、BOMがあってもなくても同じに読む")
  void readsTheSameInEveryEncoding(String encoding) throws Exception {
    var list = upload(HEADINGS + "変更,2010,\"髙速, ①道路課\",,,,\r\n", encoding);
    take(list, page(open(list))).andExpect(redirectedUrl(list));
    assertThat(sectionOf("2010", day))
        .hasValueSatisfying(term -> assertThat(term.name()).isEqualTo("髙速, ①道路課"));
  }

  @Test
  @DisplayName("誤りを行と項目と言葉ですべて示し、一つでもあれば何も反映しない")
  void namesEachErrorAndChangesNothing() throws Exception {
    change(buildings, "建築指導課", day.plusDays(10));
    var list =
        upload(
            HEADINGS
                + "統合,2099,,,,,\r\n"
                + "新設,,都市部,,,,\r\n"
                + "新設,2010,道路課,,,,\r\n"
                + "変更,9999,課,,,,\r\n"
                + "新設,40,,,,,\r\n"
                + "新設,41,見\u202e本課,,,joumou,\r\n"
                + "新設,42,財政課,9998,,,\r\n"
                + "変更,2010,道路課,,,,\r\n"
                + "変更,2020,建築課,,027-000-0001,,\r\n"
                + "足りない行,\r\n"
                + "廃止,1000,,,,,\r\n",
            "UTF-8");
    assertThat(page(open(list)).text())
        .contains(
            "2行目 区分 区分は、新設・変更・移動・廃止",
            "3行目 所属コード 所属コードを入れてください",
            "4行目 所属コード このコードの所属は、いまか過去にあります",
            "5行目 所属コード その日にこのコードの所属はありません",
            "6行目 名称 名称を入れてください",
            "7行目 名称 使えない文字があるか、長すぎます",
            "7行目 共有メール メールアドレスの形ではありません",
            "8行目 上位の所属コード 上位の所属が",
            "9行目",
            "10行目 所属コード この所属には、その日かその後の内容がすでに登録されています",
            "11行目 区分 項目の数が見出しと違います",
            "12行目");
    assertThat(page(open(list)).select("form[action$=/effect]")).isEmpty();
    send(list + "/effect", "looked", "0".repeat(64)).andExpect(status().isConflict());
    assertThat(names(day)).contains("建設部 道路課").doesNotContain("財政課");
  }

  @Test
  @DisplayName("組織の全体として成り立たない一覧は、その行を示して断る")
  void refusesWhatDoesNotHangTogether() throws Exception {
    assertThat(shown("廃止,20,,,,,2010\r\n")).contains("2行目 所属コード 下に所属が残っています", "建築課、道路課");
    assertThat(shown("移動,20,,2010,,,\r\n")).contains("2行目 上位の所属コード 自分の下にある所属を上位に");
    assertThat(shown("移動,2010,,2020,,,\r\n移動,2020,,2010,,,\r\n"))
        .contains("2行目 上位の所属コード 自分の下に", "3行目 上位の所属コード 自分の下に");
    assertThat(shown("廃止,2010,,,,,2020\r\n移動,2020,,2010,,,\r\n")).contains("3行目 上位の所属コード 上位の所属が");
    assertThat(shown("廃止,2010,,,,,2010\r\n")).contains("引き継ぐ所属がその日にないか");
    assertThat(shown("廃止,2010,,,,,2020\r\n廃止,2020,,,,,2010\r\n"))
        .contains("2行目 引き継ぐ所属コード", "3行目 引き継ぐ所属コード");
    assertThat(shown("変更,2010,土木課,20,,,2020\r\n"))
        .contains("2行目 上位の所属コード この区分では使わない項目", "2行目 引き継ぐ所属コード この区分では使わない項目");
    assertThat(shown("変更,2010,道路課,,,,\r\n")).contains("変わる項目がありません");
    close(roads, buildings, day.plusDays(5));
    assertThat(shown("新設,2011,係,2010,,,\r\n")).contains("2行目 上位の所属コード 上位の所属が、その日か、その後");
  }

  @Test
  @DisplayName("見たあとに所属が変われば、もう一度見せてから反映する")
  void isLookedAtAgain() throws Exception {
    var list = upload(HEADINGS + "変更,2010,,,027-000-0199,,\r\n", "UTF-8");
    var before = page(open(list));
    change(roads, "土木課", organisations.today());
    var refused = page(take(list, before).andExpect(status().isConflict()));
    assertThat(refused.select("[role=alert]").text()).contains("お見せしたあとに所属が変わり");
    take(list, refused).andExpect(redirectedUrl(list));
    assertThat(sectionOf("2010", day))
        .hasValueSatisfying(term -> {
          assertThat(term.name()).isEqualTo("土木課");
          assertThat(term.phone()).isEqualTo("027-000-0199");
        });
  }

  @Test
  @DisplayName("CSVでないもの、見出しの足りないもの、過ぎた日付は断る")
  void refusesOtherFilesAndDaysThatHavePassed() throws Exception {
    for (var wrong :
        List.of(
            new byte[] {(byte) 0xff, 0, 1, (byte) 0x80},
            "区分,名称\r\n新設,課\r\n".getBytes(StandardCharsets.UTF_8),
            new byte[0])) {
      hand(wrong, JapaneseDates.era(day)).andExpect(status().isUnprocessableContent());
    }
    var fine = (HEADINGS + "変更,2010,土木課,,,,\r\n").getBytes(StandardCharsets.UTF_8);
    var refused =
        page(
            hand(fine, JapaneseDates.era(organisations.today().minusDays(1)))
                .andExpect(status().isUnprocessableContent()));
    assertThat(refused.text()).contains("今日か、これからの日付にしてください");
    hand(fine, "いつか").andExpect(status().isUnprocessableContent());
  }

  @Test
  @DisplayName("廃止が決まった所属は、その前の日付でも二重には変えられない")
  void cannotBeChangedOnceItsEndIsSettled() {
    close(roads, buildings, day);
    var refusal =
        Tenancy.in(
            body.id(),
            () ->
                register.change(
                    roads,
                    new SectionRegister.Shape("土木課", null, null, null),
                    day.minusDays(5),
                    ACTOR,
                    null));
    assertThat(refusal).isPresent();
    assertThat(
            TestPeople.text("select count(*)::text from section_term where section_id = ?", roads))
        .isEqualTo("1");
  }

  private String shown(String lines) throws Exception {
    return page(open(upload(HEADINGS + lines, "UTF-8"))).text();
  }

  private List<String> names(LocalDate on) {
    var tree = Tenancy.in(body.id(), () -> register.tree(on));
    return tree.inOrder().stream().map(placed -> tree.fullName(placed.term().section())).toList();
  }

  private Optional<SectionTerm> sectionOf(String code, LocalDate on) {
    return Tenancy.in(
        body.id(),
        () ->
            register.codes().entrySet().stream()
                .filter(entry -> entry.getValue().equals(code))
                .findFirst()
                .flatMap(entry -> register.tree(on).find(entry.getKey())));
  }

  private void change(UUID section, String name, LocalDate from) throws Exception {
    send("/sections/" + section + "/change", "name", name, "from", JapaneseDates.era(from))
        .andExpect(redirectedUrl("/sections/" + section));
  }

  private void close(UUID section, UUID successor, LocalDate on) {
    var refusal = Tenancy.in(body.id(), () -> register.close(section, successor, on, ACTOR, null));
    assertThat(refusal).isEmpty();
  }

  private String upload(String text, String encoding) throws Exception {
    var bytes =
        switch (encoding) {
          case "UTF-8 with BOM" -> ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8);
          default -> text.getBytes(Charset.forName(encoding));
        };
    return Objects.requireNonNull(
        hand(bytes, JapaneseDates.era(day))
            .andExpect(status().isFound())
            .andReturn()
            .getResponse()
            .getRedirectedUrl());
  }

  private ResultActions hand(byte[] file, String on) throws Exception {
    return mvc.perform(
        multipart("/sections/lists")
            .file(new MockMultipartFile("file", "所属.csv", "text/csv", file))
            .param("on", on)
            .with(TestPeople.as(body, admin))
            .with(csrf()));
  }

  private ResultActions take(String list, Document shown) throws Exception {
    var looked = shown.select("form[action$=/effect] input[name=looked]").attr("value");
    return send(list + "/effect", "looked", looked);
  }

  private ResultActions send(String path, String... fields) throws Exception {
    var request = post(path).with(TestPeople.as(body, admin)).with(csrf());
    for (var i = 0; i < fields.length; i += 2) {
      request.param(fields[i], fields[i + 1]);
    }
    return mvc.perform(request);
  }

  private ResultActions open(String path) throws Exception {
    return mvc.perform(get(path).with(TestPeople.as(body, admin)));
  }

  private static Document page(ResultActions result) throws Exception {
    return Jsoup.parse(result.andReturn().getResponse().getContentAsString(StandardCharsets.UTF_8));
  }
}
