package jp.musubi.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestRound;
import jp.musubi.contract.Contracts;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.notification.BounceFolder.Swept;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import jp.musubi.vault.Vault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
@DisplayName("戻ってきたメール")
class BouncesTest {
  @Autowired Bounces bounces;
  @Autowired Undelivered undelivered;
  @Autowired Organisations organisations;
  @Autowired Contracts contracts;
  @Autowired Vault vault;
  @Autowired AuditTrail audit;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transactions;
  @Autowired Clock clock;

  @TempDir Path place;

  private TestBody body;
  private BounceFolder folder;

  @BeforeEach
  void anEmptyFolder() {
    body = TestBody.create("-");
    folder = new BounceFolder(place, bounces, organisations);
    assertThat(folder.sweep()).isEqualTo(new Swept(0, 0, 0, 0));
  }

  @Test
  @DisplayName("相手方へのメールが戻ると、契約の不達になり、担当者に一度だけ知らせ、記録に残る")
  void makeALetterUndelivered() throws Exception {
    var round =
        TestRound.begin(body, vault, contracts, clock.instant().plusSeconds(20L * 24 * 3600));
    var id = sent(round.mail());
    put("1", TestBounce.postfix(id, round.mail()));
    put("2", TestBounce.postfix(id, round.mail()));
    assertThat(folder.sweep()).isEqualTo(new Swept(1, 1, 0, 0));
    assertThat(folder.sweep()).isEqualTo(new Swept(0, 0, 0, 0));

    assertThat(in(() -> undelivered.of(round.id().value())))
        .singleElement()
        .satisfies(letter -> {
          assertThat(letter.recipient()).isEqualTo(round.mail());
          assertThat(letter.reason()).contains("5.1.1", "User unknown");
        });
    assertThat(actions()).filteredOn("mail.bounced"::equals).hasSize(1);
    assertThat(in(() -> audit.firstBreak(List.of()))).isEmpty();
    assertThat(notices())
        .singleElement()
        .satisfies(letter ->
            assertThat(letter)
                .contains("見本 花子 さん", round.mail(), "User unknown", "契約を取り消し", "作り直して送って"));
    assertThat(in(() -> contracts.get(round.id())).state()).isEqualTo("AWAITING_AGREEMENTS");
  }

  @Test
  @DisplayName("読めないもの、知らない手紙についてのもの、ただ遅れているものは、数えてしまうだけ")
  void countWhatSaysNothing() throws Exception {
    put("1", "rubbish");
    put("2", "x".repeat(DeliveryReport.LARGEST + 10));
    put("3", TestBounce.postfix("<%s@musubi.example>".formatted(UUID.randomUUID()), "a@b.example"));
    put("4", TestBounce.report("<a@b.example>", "Action: delayed\nStatus: 4.4.1"));
    Files.createDirectory(place.resolve("new").resolve("folder"));
    Files.createSymbolicLink(
        place.resolve("new").resolve("link"), place.resolve("new").resolve("1"));
    assertThat(folder.sweep()).isEqualTo(new Swept(0, 0, 2, 2));
    try (var seen = Files.list(place.resolve("cur"))) {
      assertThat(seen.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("1:2,S", "2:2,S", "3:2,S", "4:2,S");
    }
    assertThat(folder.sweep().all()).isZero();
    assertThat(actions()).doesNotContain("mail.bounced");
  }

  /** The Message-ID of a letter, once the mail server has taken it. */
  private String sent(String recipient) throws InterruptedException {
    for (var i = 0; i < 300; i++) {
      var found =
          in(() ->
              jdbc.sql("select message_id from mail where recipient = :to and sent_at is not null")
                  .param("to", recipient)
                  .query(String.class)
                  .list());
      if (!found.isEmpty()) {
        return found.getFirst();
      }
      // A job hands letters to the mail server.
      Thread.sleep(100);
    }
    throw new AssertionError("no letter went to " + recipient);
  }

  private List<String> notices() {
    return in(() ->
        jdbc.sql(
                """
                select body from mail
                 where recipient = 'hanako@joumou.example' and subject like '%届きませんでした%'
                """)
            .query(String.class)
            .list());
  }

  private List<String> actions() {
    return in(
        () -> jdbc.sql("select action from audit_entry order by seq").query(String.class).list());
  }

  private void put(String name, String mail) throws java.io.IOException {
    Files.write(place.resolve("new").resolve(name), TestBounce.bytes(mail));
  }

  private <T> T in(Supplier<T> work) {
    return Tenancy.in(body.id(), () -> transactions.execute(_ -> work.get()));
  }
}
