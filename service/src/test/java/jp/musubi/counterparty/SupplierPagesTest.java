package jp.musubi.counterparty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@ServiceTest
@DisplayName("相手方台帳の画面")
class SupplierPagesTest {
  @Autowired MockMvc mvc;

  private TestBody body;

  @BeforeEach
  void aBodyOfItsOwn() {
    body = TestBody.create("-");
  }

  @Test
  @DisplayName("登録し、さがし、変え、使わないことにでき、消えず、すべて記録に残る")
  void keepASuppliersLife() throws Exception {
    var path = add("株式会社 見本建設", "7000012050002", "例田 一郎", "ichiro@mihon.example");
    for (var words : List.of("見本", "㈱見本建設", "7000012050002", "例田", "ICHIRO@mihon")) {
      assertThat(search(words).select("tbody tr")).as(words).hasSize(1);
    }
    assertThat(search("%").select("tbody tr")).isEmpty();

    var change = page(open(path + "/change"));
    send(
            path + "/change",
            "organisation",
            "株式会社 見本建設",
            "phone",
            "027-000-0100",
            "version",
            value(change, "version"))
        .andExpect(redirectedUrl(path));
    send(
            path + "/change",
            "organisation",
            "株式会社 見本建設",
            "phone",
            "0",
            "version",
            value(change, "version"))
        .andExpect(status().isConflict());
    assertThat(page(open(path)).text()).contains("027-000-0100", "例田 一郎", "代表者");

    send(path + "/end", "reason", "").andExpect(status().isUnprocessableContent());
    send(path + "/end", "reason", "廃業").andExpect(redirectedUrl(path));
    assertThat(page(open("/suppliers")).select("tbody tr")).isEmpty();
    assertThat(page(open("/suppliers?ended=true")).select("tbody tr")).hasSize(1);
    assertThat(page(open(path)).text()).contains("廃業");
    send(path + "/contacts", "person", "例田 次郎", "mail", "jiro@mihon.example", "capacity", "CLERK")
        .andExpect(status().isNotFound());
    assertThat(actions())
        .contains("supplier.added", "supplier.contact-added", "supplier.changed", "supplier.ended");
  }

  @Test
  @DisplayName("似た登録があれば知らせて登録せず、別だと確かめたときだけ登録する")
  void warnOfWhatIsAlikeAndLeaveItToThePerson() throws Exception {
    add("株式会社 見本建設", "7000012050002", "例田 一郎", "ichiro@mihon.example");
    var alike =
        page(
            send(
                    "/suppliers",
                    "organisation",
                    "（株）見本建設",
                    "person",
                    "例田 一郎",
                    "mail",
                    "ichir0@mihon.example",
                    "capacity",
                    "REPRESENTATIVE")
                .andExpect(status().isConflict()));
    assertThat(alike.select("[role=alert]").text())
        .contains("名称が同じか、書き方だけが違う", "ichiro@mihon.example と一文字違い");
    assertThat(value(alike, "organisation")).isEqualTo("（株）見本建設");
    assertThat(page(open("/suppliers")).select("tbody tr")).hasSize(1);

    var key = value(alike, "idempotencyKey");
    var first = sure("（株）見本建設", key);
    assertThat(sure("（株）見本建設", key)).isEqualTo(first);
    assertThat(page(open("/suppliers")).select("tbody tr")).hasSize(2);
  }

  @Test
  @DisplayName("連絡先を加え、変え、外せて、期間の過ぎた方が分かる")
  void keepWhoActsForASupplier() throws Exception {
    var path = add("株式会社 見本建設", "", "", "");
    send(
            path + "/contacts",
            "person",
            "例田 一郎",
            "title",
            "代表取締役",
            "mail",
            "ichiro＠mihon.example",
            "capacity",
            "AGENT",
            "until",
            "令和2年3月31日")
        .andExpect(redirectedUrl(path));
    var shown = page(open(path));
    assertThat(shown.text()).contains("代理人", "期間が過ぎています", "ichiro@mihon.example");
    var contact =
        Objects.requireNonNull(shown.selectFirst("tbody a[href*=/contacts/]")).attr("href");
    var form = page(open(contact));
    send(
            contact,
            "person",
            "例田 一郎",
            "mail",
            "ichiro@mihon.example",
            "capacity",
            "REPRESENTATIVE",
            "version",
            value(form, "version"))
        .andExpect(redirectedUrl(path));
    send(
            contact,
            "person",
            "例田 一郎",
            "mail",
            "ichiro@mihon.example",
            "capacity",
            "KING",
            "version",
            "1")
        .andExpect(status().isUnprocessableContent());
    assertThat(page(open(path)).text()).contains("代表者").doesNotContain("期間が過ぎています");
    send(contact.replace("/change", "/end")).andExpect(redirectedUrl(path));
    assertThat(page(open(path)).text()).contains("外されています");
  }

  @Test
  @DisplayName("書かれた文字は文字のままで、おかしな文字と番号は理由とともに断る")
  void takeTextForText() throws Exception {
    var path = add("<b>見本</b>${7*7}'; drop table supplier;--", "", "", "");
    var shown = page(open(path));
    assertThat(shown.select("h1").text()).isEqualTo("<b>見本</b>${7*7}'; drop table supplier;--");
    assertThat(shown.select("h1 b")).isEmpty();
    for (var wrong : List.of("", "見本\u202e建設", "見\u200b本", "あ".repeat(101))) {
      send("/suppliers", "organisation", wrong).andExpect(status().isUnprocessableContent());
    }
    send("/suppliers", "organisation", "見本", "number", "1000012050002")
        .andExpect(status().isUnprocessableContent());
  }

  @Test
  @DisplayName("ほかの団体の相手方は、見えず、さがせず、変えられない")
  void keepOtherBodiesOut() throws Exception {
    var path = add("株式会社 見本建設", "7000012050002", "例田 一郎", "ichiro@mihon.example");
    var other = TestBody.create("-");
    mvc.perform(get(path).with(TestPeople.as(other, other.clerk())))
        .andExpect(status().isNotFound());
    for (var step :
        List.of("/change", "/end", "/contacts", "/contacts/" + UUID.randomUUID() + "/end")) {
      mvc.perform(
              post(path + step)
                  .with(csrf())
                  .with(TestPeople.as(other, other.clerk()))
                  .param("organisation", "株式会社 見本建設")
                  .param("reason", "廃業")
                  .param("version", "0"))
          .andExpect(status().isNotFound());
    }
    var theirs =
        mvc.perform(get("/suppliers").with(TestPeople.as(other, other.clerk()))).andReturn();
    assertThat(theirs.getResponse().getContentAsString()).doesNotContain("見本建設");
    // What another body has registered is no reason to warn.
    mvc.perform(
            post("/suppliers")
                .with(csrf())
                .with(TestPeople.as(other, other.clerk()))
                .param("idempotencyKey", UUID.randomUUID().toString())
                .param("organisation", "株式会社 見本建設"))
        .andExpect(status().isFound());
  }

  private String add(String name, String number, String person, String mail) throws Exception {
    return Objects.requireNonNull(
        send(
                "/suppliers",
                "organisation",
                name,
                "number",
                number,
                "person",
                person,
                "mail",
                mail,
                "capacity",
                "REPRESENTATIVE")
            .andExpect(status().isFound())
            .andReturn()
            .getResponse()
            .getRedirectedUrl());
  }

  private String sure(String name, String key) throws Exception {
    return Objects.requireNonNull(
        send("/suppliers", "organisation", name, "sure", "true", "idempotencyKey", key)
            .andExpect(status().isFound())
            .andReturn()
            .getResponse()
            .getRedirectedUrl());
  }

  private ResultActions open(String path) throws Exception {
    return mvc.perform(get(path).with(TestPeople.as(body, body.clerk())));
  }

  private Document search(String words) throws Exception {
    return page(
        mvc.perform(
            get("/suppliers").queryParam("words", words).with(TestPeople.as(body, body.clerk()))));
  }

  private ResultActions send(String path, String... fields) throws Exception {
    var asked = post(path).with(csrf()).with(TestPeople.as(body, body.clerk()));
    for (var i = 0; i < fields.length; i += 2) {
      asked.param(fields[i], fields[i + 1]);
    }
    return mvc.perform(asked);
  }

  private static Document page(ResultActions answer) throws Exception {
    var text = answer.andReturn().getResponse().getContentAsString();
    assertThat(text).doesNotContain("??");
    return Jsoup.parse(text);
  }

  private static String value(Document page, String name) {
    return Objects.requireNonNull(page.selectFirst("[name=" + name + "]")).val();
  }

  private List<String> actions() throws SQLException {
    var actions = new ArrayList<String>();
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement =
            connection.prepareStatement("select action from audit_entry where tenant_id = ?")) {
      statement.setObject(1, body.id().value());
      try (var row = statement.executeQuery()) {
        while (row.next()) {
          actions.add(row.getString(1));
        }
      }
    }
    return actions;
  }
}
