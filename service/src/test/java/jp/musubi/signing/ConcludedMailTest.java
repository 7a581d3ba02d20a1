package jp.musubi.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.TestSeals;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.platform.Tenancy;
import jp.musubi.vault.Vault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

@ServiceTest
@DisplayName("締結の知らせの添付")
class ConcludedMailTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Autowired MockMvc mvc;
  @Autowired Vault vault;
  @Autowired Contracts contracts;

  private TestBody body;
  private UUID admin;

  @BeforeEach
  void aBody() {
    body = TestBody.create("-");
    admin = TestPeople.member(body, "m-admin", "見本 管子", body.section(), "BODY_ADMIN", null);
  }

  @Test
  @DisplayName("はじめはリンクだけ。添付すると決めれば、締結した契約書そのものが相手方のメールに付き、リンクも残る")
  void goesWithTheLetterWhenWanted() throws Exception {
    var before = mail(concluded());
    assertThat(before.getContent()).isInstanceOf(String.class);
    assertThat(String.valueOf(before.getContent())).doesNotContain("添付");

    change("true", "20");
    var contract = concluded();
    var after = mail(contract);
    assertThat(after.getContent()).isInstanceOf(Multipart.class);
    var parts = (Multipart) after.getContent();
    assertThat(String.valueOf(parts.getBodyPart(0).getContent())).contains("このメールに添付しています", "http");
    assertThat(MimeUtility.decodeText(parts.getBodyPart(1).getFileName()))
        .isEqualTo(contract.number() + "_契約書.pdf");
    assertThat(parts.getBodyPart(1).getInputStream().readAllBytes())
        .isEqualTo(
            Tenancy.in(
                body.id(),
                () ->
                    vault.with(
                        contract.finalFile().orElseThrow(),
                        file -> {
                          try {
                            return Files.readAllBytes(file);
                          } catch (java.io.IOException e) {
                            throw new java.io.UncheckedIOException(e);
                          }
                        })));
    assertThat(
            TestPeople.text(
                "select count(*)::text from mail where tenant_id = ? and file_sha256 is not null",
                body.id().value()))
        .isEqualTo("1");
  }

  @Test
  @DisplayName("大きすぎる契約書は付けずに、リンクから受け取るように書く。読めない大きさは入力を残して断る")
  void fallsBackToTheLink() throws Exception {
    change("true", "1");
    // As large as no mail takes: the register of what is stored is what is asked.
    TestPeople.run(
        """
        create or replace function test_large() returns trigger language plpgsql as $$
        begin
          if new.tenant_id = '%s' then new.bytes := 1000001; end if;
          return new;
        end $$
        """
            .formatted(body.id()));
    TestPeople.run(
        "create or replace trigger test_large before insert on vault_object for each row execute"
            + " function test_large()");
    try {
      var letter = mail(concluded());
      assertThat(letter.getContent()).isInstanceOf(String.class);
      assertThat(String.valueOf(letter.getContent())).contains("1MB", "添付していません", "http");
    } finally {
      TestPeople.run("drop trigger test_large on vault_object");
    }
    for (var wrong : new String[] {"", "0", "21", "大"}) {
      mvc.perform(
              post("/settings/concluded-mail")
                  .param("attached", "true")
                  .param("mostMegabytes", wrong)
                  .with(csrf())
                  .with(TestPeople.as(body, admin)))
          .andExpect(status().isUnprocessableContent());
    }
    mvc.perform(get("/settings/concluded-mail").with(TestPeople.as(body, body.clerk())))
        .andExpect(status().isForbidden());
  }

  private void change(String attached, String most) throws Exception {
    mvc.perform(
            post("/settings/concluded-mail")
                .param("attached", attached)
                .param("mostMegabytes", most)
                .with(csrf())
                .with(TestPeople.as(body, admin)))
        .andExpect(status().is3xxRedirection());
  }

  private Particulars concluded() {
    ContractId id = TestSeals.concluded(contracts, vault, body);
    return Tenancy.in(body.id(), () -> contracts.get(id));
  }

  /** The letter about the conclusion; a job sends it in its own time. */
  private MimeMessage mail(Particulars contract) throws Exception {
    var to = String.valueOf(contract.parties(Party.Kind.COUNTERPARTY).getFirst().mail());
    // The service's jobs run by the real clock.
    var until = Instant.now().plus(PATIENCE);
    while (true) {
      var found = find(to);
      if (found.isPresent()) {
        return found.get();
      }
      assertThat(Instant.now()).as("a letter to %s", to).isBefore(until);
      // Between two looks at the mailbox.
      Thread.sleep(100);
    }
  }

  private static Optional<MimeMessage> find(String to) throws Exception {
    for (var message :
        Arrays.asList(ServiceTest.RealParts.mail().getReceivedMessagesForDomain(to))) {
      if (message.getSubject().contains("契約を締結しました")) {
        return Optional.of(message);
      }
    }
    return Optional.empty();
  }
}
