package jp.musubi.recipient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.head;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.TestSeals;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.platform.Tenancy;
import jp.musubi.seal.Sha256;
import jp.musubi.signing.Mailbox;
import jp.musubi.vault.Vault;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
@DisplayName("受取人")
class RecipientTest {
  @Autowired MockMvc mvc;
  @Autowired Contracts contracts;
  @Autowired Vault vault;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transactions;

  private TestBody body;
  private ContractId contract;
  private String path;
  private String mail;

  @BeforeEach
  void aConcludedContract() {
    body = TestBody.create("-");
    contract = TestSeals.concluded(contracts, vault, body);
    path = "/contracts/%s/recipients".formatted(contract);
    mail = "shiro-" + UUID.randomUUID() + "@utsushi.example";
  }

  @Test
  @DisplayName("リンクを開いただけでは何も起こらず、ボタンを押すと受領が一度だけ記録され、締結済の文書を受け取れる")
  void takesTheDocument() throws Exception {
    add("例田 四郎", mail).andExpect(redirectedUrl(path));
    var link = Mailbox.await(mail, 1).getFirst().link();
    for (var i = 0; i < 50; i++) {
      mvc.perform(get(link)).andExpect(status().isOk());
      mvc.perform(head(link)).andExpect(status().isOk());
    }
    mvc.perform(get(link + "/document.pdf")).andExpect(status().isNotFound());
    assertThat(standing()).contains("メール送信済").doesNotContain("受領済");
    var page = page(link);
    assertThat(page.text()).contains("例田 四郎", "内容に同意したことにはなりません").doesNotContain("ダウンロード");

    try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
      var presses =
          IntStream.range(0, 8)
              .<Callable<Object>>mapToObj(
                  _ -> () -> mvc.perform(post(link + "/receiving").with(csrf())))
              .toList();
      for (var press : people.invokeAll(presses)) {
        press.get();
      }
    }
    assertThat(page(link).text()).contains("文書を受け取りました", "受け取った日時");
    var bytes =
        mvc.perform(get(link + "/document.pdf"))
            .andExpect(status().isOk())
            .andReturn()
            .getResponse()
            .getContentAsByteArray();
    var concluded = in(() -> contracts.get(contract)).finalFile().orElseThrow();
    assertThat(Sha256.of(bytes)).isEqualTo(concluded);
    assertThat(standing()).contains("受領済");
    assertThat(actions()).filteredOn("recipient.received"::equals).hasSize(1);
    assertThat(actions()).contains("recipient.added", "recipient.sent", "document.downloaded");
  }

  @Test
  @DisplayName("新しいリンクを送ると前のリンクは使えず、違う秘密でも、ほかの団体でも、期限のあとでも開かない")
  void opensToNobodyElse() throws Exception {
    add("例田 四郎", mail).andExpect(redirectedUrl(path));
    var first = Mailbox.await(mail, 1).getFirst().link();
    var recipient =
        in(() ->
            jdbc.sql("select id from recipient where contract_id = :id")
                .param("id", contract.value())
                .query(UUID.class)
                .single());
    press(path + "/" + recipient + "/again").andExpect(redirectedUrl(path));
    var second =
        Mailbox.await(mail, 2).stream()
            .map(Mailbox.Mail::link)
            .filter(link -> !link.equals(first))
            .findFirst()
            .orElseThrow();

    mvc.perform(get(first)).andExpect(status().isNotFound());
    mvc.perform(get(second)).andExpect(status().isOk());
    mvc.perform(get(second.substring(0, second.length() - 2) + "xx"))
        .andExpect(status().isNotFound());
    var other = TestBody.create("-");
    mvc.perform(
            get(
                second.replaceFirst(
                    "/s/[0-9]{6}/",
                    "/s/"
                        + TestPeople.text("select code from body where id = ?", other.id().value())
                        + "/")))
        .andExpect(status().isNotFound());
    mvc.perform(get(second.replaceFirst("/receipt/[^/]+/", "/receipt/x/")))
        .andExpect(status().isNotFound());

    TestPeople.run(
        "update recipient_link set expires_at = created_at where recipient_id = ?", recipient);
    mvc.perform(get(second)).andExpect(status().isGone());
    mvc.perform(post(second + "/receiving").with(csrf()));
    assertThat(actions()).doesNotContain("recipient.received");
    assertThat(standing()).contains("期限切れ");
  }

  @Test
  @DisplayName("同じアドレスは一度だけ、形の違うものは直し方とともに断り、入力を残す")
  void saysWhatIsWrong() throws Exception {
    add("例田 四郎", mail).andExpect(redirectedUrl(path));
    assertThat(text(add("例田 五郎", mail.toUpperCase(Locale.ROOT)), 409))
        .contains("すでに受取人です", "例田 五郎");
    assertThat(text(add("", "四郎"), 422)).contains("メールアドレス");
    assertThat(Mailbox.await(mail, 1)).hasSize(1);
  }

  private ResultActions add(String name, String address) throws Exception {
    return mvc.perform(
        post(path)
            .with(csrf())
            .with(TestPeople.as(body, body.clerk()))
            .param("name", name)
            .param("mail", address));
  }

  private ResultActions press(String where) throws Exception {
    return mvc.perform(post(where).with(csrf()).with(TestPeople.as(body, body.clerk())));
  }

  private String standing() throws Exception {
    return text(mvc.perform(get(path).with(TestPeople.as(body, body.clerk()))), 200);
  }

  private static String text(ResultActions answer, int status) throws Exception {
    return Jsoup.parse(
            answer
                .andExpect(status().is(status))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8))
        .html();
  }

  private Document page(String where) throws Exception {
    return Jsoup.parse(
        mvc.perform(get(where))
            .andExpect(status().isOk())
            .andReturn()
            .getResponse()
            .getContentAsString(StandardCharsets.UTF_8));
  }

  private List<String> actions() {
    return in(
        () -> jdbc.sql("select action from audit_entry order by seq").query(String.class).list());
  }

  private <T> T in(Supplier<T> work) {
    return Tenancy.in(
        body.id(), () -> Objects.requireNonNull(transactions.execute(_ -> work.get())));
  }
}
