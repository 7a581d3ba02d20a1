package jp.musubi.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("配送状況通知を読む")
class DeliveryReportTest {
  private static final String ID = "<0c7a3f7e-0f5b-4a53-9a58-2b7c50a1f4aa@musubi.example>";
  private static final String WHOM = "ichiro@kensetsu.example";

  @Test
  @DisplayName("届かなかった手紙と、その理由が読める")
  void readsWhichLetterFailedAndWhy() throws Exception {
    assertThat(read(TestBounce.postfix(ID, WHOM)))
        .isEqualTo(
            new DeliveryReport(
                ID,
                "5.1.1",
                "smtp; 550 5.1.1 <ichiro@kensetsu.example>: Recipient address rejected: User"
                    + " unknown in virtual mailbox table"));
    var whole =
        TestBounce.postfix(ID, WHOM).replace("text/rfc822-headers", "message/rfc822")
            + "\r\nMessage-ID: <other@musubi.example>\r\n";
    assertThat(read(whole).messageId()).isEqualTo(ID);
  }

  @ParameterizedTest
  @DisplayName("遅れている、届いた、いまは受け取れない、という知らせは不達ではない")
  @CsvSource({"delayed, 4.4.1", "delivered, 2.0.0", "relayed, 2.1.9", "failed, 4.2.2", "failed, 5"})
  void takesOnlyPermanentFailures(String action, String status) throws Exception {
    var mail =
        TestBounce.report(
            ID,
            "Final-Recipient: rfc822; a@b.example\nAction: %s\nStatus: %s"
                .formatted(action, status));
    assertThat(DeliveryReport.read(TestBounce.bytes(mail))).isEmpty();
  }

  @Test
  @DisplayName("相手のサーバーの言葉は一行にし、リンクと長すぎるところを除く")
  void keepsNoLinkOfWhatServersQuote() throws Exception {
    var mail =
        TestBounce.report(
            ID,
            """
            Action: failed (no such user)
            Status: 5.7.1 (refused)
            Diagnostic-Code: smtp; 554 spam: https://keiyaku.musubi.example/s/109991/x/SECRET\u0007 %s
            """
                .formatted("x".repeat(600)));
    var report = read(mail);
    assertThat(report.status()).isEqualTo("5.7.1");
    assertThat(report.diagnostic())
        .startsWith("smtp; 554 spam: …")
        .contains("xxx")
        .doesNotContain("SECRET")
        .hasSize(500);
  }

  static Stream<String> others() {
    var good = TestBounce.postfix(ID, WHOM);
    return Stream.of(
        "",
        "\r\n\r\n",
        "no mail at all",
        "Subject: ordinary\r\n\r\nhello\r\n",
        good.replace("multipart/report", "multipart/mixed"),
        good.replace("report-type=delivery-status", "report-type=disposition-notification"),
        good.replace("message/delivery-status", "text/plain"),
        good.replace("text/rfc822-headers", "text/plain"),
        good.replace(ID, ""),
        good.replace(ID, "no-angle-brackets@musubi.example"),
        good.replace(ID, "<" + "x".repeat(300) + ">"),
        good.replace("Content-Type: multipart/report;", "Content-Type: ;;;"));
  }

  @ParameterizedTest
  @DisplayName("そうでないもの、壊れたものは、そうと言って断る")
  @MethodSource("others")
  void refusesWhatIsNone(String mail) {
    assertThatThrownBy(() -> DeliveryReport.read(TestBounce.bytes(mail)))
        .isInstanceOf(DeliveryReport.NotOne.class);
  }

  @Test
  @DisplayName("大きすぎるものは読まない")
  void readsNothingThatIsTooLarge() {
    assertThatThrownBy(() -> DeliveryReport.read(new byte[DeliveryReport.LARGEST + 1]))
        .isInstanceOf(DeliveryReport.NotOne.class)
        .hasMessageContaining("larger");
  }

  @Test
  @DisplayName("二千通りに壊しても、答えるか断るかで、落ちない")
  void survivesDamage() {
    var random = new Random(3464);
    var good = TestBounce.bytes(TestBounce.postfix(ID, WHOM));
    var read = 0;
    for (var i = 0; i < 2_000; i++) {
      var damaged = good.clone();
      for (var hits = random.nextInt(1, 8); hits > 0; hits--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        if (DeliveryReport.read(damaged).isPresent()) {
          read++;
        }
      } catch (DeliveryReport.NotOne expected) {
        assertThat(expected).hasMessageMatching("(?s).{1,200}");
      }
    }
    assertThat(read).isBetween(200, 1_999);
  }

  private static DeliveryReport read(String mail) throws Exception {
    return DeliveryReport.read(TestBounce.bytes(mail)).orElseThrow();
  }
}
