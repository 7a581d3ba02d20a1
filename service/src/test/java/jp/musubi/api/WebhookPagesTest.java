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
@DisplayName("Webhookの画面")
class WebhookPagesTest {
  private static final String HOME = "/settings/webhooks";
  private static final Pattern SECRET = Pattern.compile("mswhsec_[A-Za-z0-9_-]{43}");

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
  @DisplayName("登録すると署名の鍵を一度だけ表示し、届かなかったものを示して送り直せ、替えられ、止められる")
  void goThroughTheLifeOfAnEndpoint() throws Exception {
    open(HOME).andExpect(content().string(containsString("登録した送り先はありません")));
    open(HOME + "/new")
        .andExpect(status().isOk())
        .andExpect(content().string(not(containsString("??"))));
    register("https://169.254.169.254/latest", TestBody.PASSWORD)
        .andExpect(status().isUnprocessableContent())
        .andExpect(content().string(containsString("このアドレスには送れません")));
    register("https://9.9.9.9/hook", "違うパスワード").andExpect(status().isUnprocessableContent());
    register("http://192.168.0.9/hook", TestBody.PASSWORD)
        .andExpect(status().isUnprocessableContent());
    var first = secret(register("https://9.9.9.9/hook", TestBody.PASSWORD));

    var endpoint =
        TestPeople.text(
            "select id::text from webhook_endpoint where tenant_id = ?", body.id().value());
    var path = HOME + "/" + endpoint;
    open(path)
        .andExpect(content().string(containsString("まだ出来事がありません")))
        .andExpect(content().string(not(containsString(first))));
    var delivery = UUID.randomUUID();
    TestPeople.run(
        """
        insert into webhook_delivery (tenant_id, id, endpoint_id, contract_id, sequence, event,
                                      state, occurred_at, since, attempts, next_at, gave_up_at,
                                      last_error)
        values (?, ?, ?, gen_random_uuid(), 1, 'contract.concluded', 'CONCLUDED', now(), now(), 9,
                now(), now(), 'HTTP 500')
        """,
        body.id().value(),
        delivery,
        UUID.fromString(endpoint));
    var page = open(path).andReturn().getResponse().getContentAsString();
    assertThat(page)
        .contains("締結した", "9回試した：HTTP 500", "もう一度送る", "届かなかったものが1件")
        .doesNotContain("??");
    open(HOME).andExpect(content().string(containsString("届かなかったもの 1件")));

    open(path + "/secret").andExpect(status().isOk());
    send(path + "/secret", Map.of("idempotencyKey", form()))
        .andExpect(status().isUnprocessableContent());
    var second =
        secret(
            send(
                path + "/secret", Map.of("idempotencyKey", form(), "password", TestBody.PASSWORD)));
    assertThat(second).isNotEqualTo(first);
    var other = TestBody.create("-");
    var stranger = TestPeople.member(other, "kiyoshi", "見本 清", other.section(), "BODY_ADMIN", null);
    web.perform(
            post(path + "/deliveries/" + delivery + "/replay")
                .with(csrf())
                .with(TestPeople.as(other, stranger)))
        .andExpect(status().isNotFound());
    open(path + "/end").andExpect(content().string(containsString("もう送りません")));
    send(path + "/end", Map.of()).andExpect(redirectedUrl(HOME));
    open(HOME).andExpect(content().string(containsString("止めた")));
    send(path + "/deliveries/" + delivery + "/replay", Map.of()).andExpect(status().isNotFound());
    web.perform(get(HOME).with(TestPeople.as(body, body.clerk())))
        .andExpect(status().isForbidden());
  }

  private static String secret(ResultActions shown) throws Exception {
    var page = shown.andExpect(status().isOk()).andReturn().getResponse().getContentAsString();
    assertThat(page).doesNotContain("??");
    return SECRET.matcher(page).results().findFirst().orElseThrow().group();
  }

  private static String form() {
    return UUID.randomUUID().toString();
  }

  private ResultActions register(String url, String password) throws Exception {
    return send(
        HOME + "/new",
        Map.of("idempotencyKey", form(), "name", "文書管理", "url", url, "password", password));
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
