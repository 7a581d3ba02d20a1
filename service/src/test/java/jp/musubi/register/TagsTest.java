package jp.musubi.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

@ServiceTest
@DisplayName("タグは")
class TagsTest {
  private static final String PATH = "/settings/tags";

  @Autowired MockMvc mvc;

  private TestBody body;
  private UUID admin;
  private RegisterHouse house;

  @BeforeEach
  void aRegister() {
    body = TestBody.create("-");
    admin = TestPeople.member(body, "kan", "管理 花", body.section(), "BODY_ADMIN", null);
    house = new RegisterHouse(mvc, body);
  }

  @Test
  @DisplayName("団体が決めた言葉を契約に付け、台帳でさがせ、CSVに出て、経過に残る")
  void areFoundByInTheRegister() throws Exception {
    var urgent = tag("至急", "RED");
    tag("補助金", "BLUE");
    var one = house.write("橋の補修", "株式会社 見本建設");
    house.write("公園の清掃", "株式会社 見本建設");
    assertThat(text(body.clerk(), "/contracts/" + one)).contains("タグは付いていません");
    put(one, urgent);

    assertThat(text(body.clerk(), "/contracts/" + one)).contains("この契約のタグ：至急");
    var found = Jsoup.parse(text(body.viewer(), "/register", "tag", urgent));
    assertThat(found.select("tbody th a").eachText()).containsExactly("橋の補修");
    // The word itself stands there: its colour says nothing more.
    assertThat(found.select("tbody .musubi-tag").eachText()).containsExactly("至急");
    assertThat(found.select("[name=tag] option[selected]").text()).isEqualTo("至急");
    var csv = RegisterHouse.lines(text(body.viewer(), "/register.csv", "tag", urgent));
    assertThat(csv).hasSize(2);
    assertThat(csv.get(1).get(csv.getFirst().indexOf("タグ"))).isEqualTo("至急");
    assertThat(text(body.viewer(), "/register", "tag", UUID.randomUUID().toString()))
        .contains("あてはまる契約はありません");
    assertThat(
            TestPeople.text(
                "select entry from audit_entry where contract_id = ? and action = 'contract.tagged'",
                one))
        .contains("至急");
    put(one);
    assertThat(text(body.clerk(), "/contracts/" + one)).contains("タグは付いていません");
  }

  @Test
  @DisplayName("同じ言葉は二つなく、使うのをやめても付いている契約からは消えず、さがせる")
  void areTheBodysOwnWords() throws Exception {
    var urgent = tag("至急", "RED");
    var one = house.write("橋の補修", "株式会社 見本建設");
    put(one, urgent);
    var twice = house.press(admin, PATH, "name", "至急", "colour", "BLUE");
    assertThat(twice.getStatus()).isEqualTo(422);
    assertThat(twice.getContentAsString(java.nio.charset.StandardCharsets.UTF_8))
        .contains("同じ言葉のタグがあります");
    assertThat(house.press(admin, PATH, "name", "", "colour", "BLUE").getStatus()).isEqualTo(422);
    assertThat(house.press(admin, PATH, "name", "色", "colour", "桃").getStatus()).isEqualTo(422);
    assertThat(house.press(admin, PATH + "/" + urgent + "/retirement").getStatus()).isEqualTo(302);
    assertThat(text(body.viewer(), "/register", "tag", urgent)).contains("橋の補修", "使うのをやめたもの");
    assertThat(text(body.clerk(), "/contracts/" + one + "/tags")).doesNotContain("tag-" + urgent);
    put(one);
    assertThat(text(body.clerk(), "/contracts/" + one)).contains("この契約のタグ：至急");
    // The word is free again, and another tag.
    assertThat(tag("至急", "GREY")).isNotEqualTo(urgent);
  }

  private String tag(String name, String colour) throws Exception {
    assertThat(house.press(admin, PATH, "name", name, "colour", colour).getStatus()).isEqualTo(302);
    return TestPeople.text(
        "select id::text from tag where tenant_id = ? and name = ? and retired_at is null",
        body.id().value(),
        name);
  }

  private void put(UUID contract, String... tags) throws Exception {
    var typed = new String[2 * tags.length];
    for (var i = 0; i < tags.length; i++) {
      typed[2 * i] = "tag-" + tags[i];
      typed[2 * i + 1] = "true";
    }
    assertThat(
            house.press(body.clerk(), "/contracts/" + contract + "/tags", typed).getRedirectedUrl())
        .isEqualTo("/contracts/" + contract);
  }

  private String text(UUID reader, String path, String... typed) throws Exception {
    var answer = house.open(reader, path, typed);
    assertThat(answer.getStatus()).as(path).isEqualTo(200);
    return answer.getContentAsString();
  }
}
