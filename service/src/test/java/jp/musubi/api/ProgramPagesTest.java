package jp.musubi.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@ServiceTest
@DisplayName("連携プログラムの画面")
class ProgramPagesTest {
  private static final String HOME = "/settings/programs";
  private static final Pattern KEY = Pattern.compile("mskey_[0-9]{6}_[A-Za-z0-9_-]{43}");

  @Autowired MockMvc web;
  @Autowired PasswordEncoder passwords;

  private TestBody body;
  private UUID admin;

  @BeforeEach
  void anAdministrator() {
    body = TestBody.create("-");
    admin = TestPeople.member(body, "kiyoshi", "見本 清", body.section(), "BODY_ADMIN", null);
    TestPeople.run(
        "update staff set password_hash = ? where id = ?",
        passwords.encode(TestBody.PASSWORD),
        admin);
  }

  @Test
  @DisplayName("登録すると鍵を一度だけ表示し、その鍵で呼び出せ、最後に使った日時と接続元が出る")
  void showTheKeyOnceAndWhenItWasUsed() throws Exception {
    open(HOME)
        .andExpect(status().isOk())
        .andExpect(content().string(containsString("登録した連携プログラムはありません")));
    open("/settings").andExpect(content().string(containsString("連携プログラム")));
    open(HOME + "/new")
        .andExpect(status().isOk())
        .andExpect(content().string(not(containsString("??"))));

    var form = UUID.randomUUID().toString();
    var shown = register(form, TestBody.PASSWORD, Map.of()).andExpect(status().isOk());
    var page = shown.andReturn().getResponse().getContentAsString();
    assertThat(page).contains("鍵が見られるのは、この画面だけです").doesNotContain("??");
    var key = KEY.matcher(page).results().findFirst().orElseThrow().group();
    register(form, TestBody.PASSWORD, Map.of()).andExpect(redirectedUrl(HOME));

    new TestCalls(web, key, "192.0.2.77").list("").expect(200);
    var list = open(HOME).andReturn().getResponse().getContentAsString();
    assertThat(list).contains("財務会計システム", "192.0.2.77", "使用中", "見本 花子").doesNotContain(key);
    assertThat(KEY.matcher(list).find()).isFalse();
  }

  @Test
  @DisplayName("パスワードが違えば鍵は作られず、誤った欄を示す")
  void makeNoKeyWithoutProof() throws Exception {
    register(UUID.randomUUID().toString(), "違うパスワード", Map.of())
        .andExpect(status().isUnprocessableContent())
        .andExpect(content().string(containsString("パスワードが違います")));
    for (var wrong :
        Map.of(
                "login", "nobody",
                "name", "",
                "ranges", "192.0.2.0/33",
                "lastDay", "2020-01-01",
                "may", "EVERYTHING")
            .entrySet()) {
      register(
              UUID.randomUUID().toString(),
              TestBody.PASSWORD,
              Map.of(wrong.getKey(), wrong.getValue()))
          .andExpect(status().isUnprocessableContent())
          .andExpect(content().string(containsString("id=\"" + wrong.getKey() + "-error\"")));
    }
    open(HOME).andExpect(content().string(containsString("登録した連携プログラムはありません")));
  }

  @Test
  @DisplayName("鍵を替え、止めると、すぐに効き、団体管理者のほかは開けない")
  void replaceTheKeyAndStop() throws Exception {
    var shown = register(UUID.randomUUID().toString(), TestBody.PASSWORD, Map.of());
    var first = key(shown);
    var path =
        HOME
            + "/"
            + TestPeople.text(
                "select id::text from program where tenant_id = ?", body.id().value());
    open(path).andExpect(status().isOk()).andExpect(content().string(not(containsString("??"))));
    open(path + "/key").andExpect(status().isOk());
    send(
            path + "/key",
            Map.of(
                "idempotencyKey",
                UUID.randomUUID().toString(),
                "overlap",
                "5",
                "password",
                TestBody.PASSWORD))
        .andExpect(status().isUnprocessableContent());
    var second =
        key(
            send(
                path + "/key",
                Map.of(
                    "idempotencyKey",
                    UUID.randomUUID().toString(),
                    "overlap",
                    "0",
                    "password",
                    TestBody.PASSWORD)));
    var calls = new TestCalls(web, first, TestCalls.OFFICE);
    calls.list("").expect(401, "key-replaced");
    calls.with(second).list("").expect(200);
    open(path + "/end").andExpect(content().string(containsString("すぐに使えなくなります")));
    send(path + "/end", Map.of()).andExpect(redirectedUrl(HOME));
    calls.with(second).list("").expect(401, "program-ended");
    open(HOME).andExpect(content().string(containsString("止めた")));
    web.perform(get(HOME).with(TestPeople.as(body, body.clerk())))
        .andExpect(status().isForbidden());
    var other = TestBody.create("-");
    var stranger = TestPeople.member(other, "kiyoshi", "見本 清", other.section(), "BODY_ADMIN", null);
    web.perform(get(path).with(TestPeople.as(other, stranger))).andExpect(status().isNotFound());
  }

  private static String key(ResultActions shown) throws Exception {
    var page = shown.andExpect(status().isOk()).andReturn().getResponse().getContentAsString();
    return KEY.matcher(page).results().findFirst().orElseThrow().group();
  }

  private ResultActions register(String form, String password, Map<String, String> instead)
      throws Exception {
    var fields =
        new java.util.HashMap<>(
            Map.of(
                "idempotencyKey", form,
                "name", "財務会計システム",
                "login", "hanako",
                "section", "",
                "may", "READ",
                "ranges", "192.0.2.0/24",
                "lastDay", "令和9年3月31日",
                "password", password));
    fields.putAll(instead);
    return send(HOME + "/new", fields);
  }

  private ResultActions open(String path) throws Exception {
    return web.perform(get(path).with(TestPeople.as(body, admin)));
  }

  private ResultActions send(String path, Map<String, String> fields) throws Exception {
    var request = post(path).with(csrf()).with(TestPeople.as(body, admin));
    fields.forEach(request::param);
    return web.perform(request);
  }
}
