package jp.musubi.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestPeople;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.secrets.BodyKeys;
import jp.musubi.vault.StoredObjects;
import jp.musubi.vault.Vault;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
@DisplayName("一括検証は")
class RoundTest {
  @Autowired MockMvc mvc;
  @Autowired Contracts contracts;
  @Autowired Vault vault;
  @Autowired BodyKeys keys;
  @Autowired TransactionTemplate transaction;

  private RenewalHouse house;

  @BeforeEach
  void aBody() {
    house = new RenewalHouse(mvc, contracts, vault);
  }

  @Test
  @DisplayName("期間の契約をすべて読み直し、1ビットの違いを見つけ、CSVで取り出せる")
  void findsAFlippedBit() throws Exception {
    var whole = house.concluded();
    var broken = house.concluded();
    TestPeople.run("update contract set title = '=HYPERLINK(\"x\")' where id = ?", broken.value());
    flip(broken);
    var path = verify(house.body.clerk(), "令和8年4月1日", "令和99年3月31日");
    awaitEnd(path);

    assertThat(house.page(house.body.clerk(), path).text())
        .contains("有効 1件、無効 1件、判定できません 0件", "保管したときと違います")
        .contains(RenewalHouse.number(broken.value()))
        .doesNotContain(RenewalHouse.number(whole.value()));
    var utf8 = house.open(house.body.clerk(), path + "/result.csv");
    assertThat(utf8.getContentAsString()).startsWith("\uFEFF書類ID,件名,締結日時,タイムスタンプの時刻,判定,有効期限,理由");
    var lines = csv(utf8, utf8.getContentAsString().substring(1));
    assertThat(line(lines, whole).get(4)).isEqualTo("有効");
    assertThat(line(lines, whole).get(5)).startsWith("令和");
    assertThat(line(lines, whole).get(3)).isNotBlank();
    assertThat(line(lines, broken).get(4)).isEqualTo("無効");
    assertThat(line(lines, broken).get(1)).startsWith("'=");
    assertThat(line(lines, broken).get(6)).contains("保管したときと違います");
    var cp932 = house.open(house.body.clerk(), path + "/result.csv?letters=cp932");
    assertThat(new String(cp932.getContentAsByteArray(), Charset.forName("windows-31j")))
        .startsWith("書類ID,件名");
  }

  @Test
  @DisplayName("ほかの人の一括検証を見せず、後から親展になった契約を件数にもCSVにも出さない")
  void staysWithinReach() throws Exception {
    var ends = Instant.parse("2037-03-01T00:00:00Z");
    var concluded = Instant.parse("2026-05-01T00:00:00Z");
    var other = TestPeople.section(house.body, "20", "福祉部", null);
    var kept = house.asIfConcluded(house.body.section(), "親展の契約", concluded, ends);
    house.asIfConcluded(house.body.section(), "自分の契約", concluded, ends);
    house.asIfConcluded(other, "ほかの所属の契約", concluded, ends);
    house.asIfConcluded(
        house.body.section(), "期間の外の契約", Instant.parse("2026-05-01T15:00:00Z"), ends);
    var path = verify(house.body.clerk(), "令和8年5月1日", "令和8年5月1日");
    awaitEnd(path);
    assertThat(house.page(house.body.clerk(), path).text())
        .contains("対象 2件", "自分の契約", "親展の契約")
        .doesNotContain("ほかの所属", "期間の外");

    house.confine(kept);
    assertThat(house.page(house.body.clerk(), path).text()).contains("対象 1件").doesNotContain("親展");
    assertThat(house.open(house.body.clerk(), path + "/result.csv").getContentAsString())
        .contains("自分の契約")
        .doesNotContain("親展");
    for (var way : List.of(path, path + "/result.csv")) {
      assertThat(house.open(house.body.viewer(), way).getStatus()).isEqualTo(404);
      assertThat(house.open(house.admin, way).getStatus()).isEqualTo(404);
    }
    assertThat(house.page(house.admin, "/register/verification").text()).contains("まだありません");
  }

  private String verify(UUID who, String from, String until) throws Exception {
    var key = UUID.randomUUID().toString();
    var wrong =
        house.press(
            who,
            "/register/verification",
            "idempotencyKey",
            key,
            "from",
            until,
            "until",
            "平成1年1月8日");
    assertThat(wrong.getStatus()).isEqualTo(422);
    var path =
        house
            .press(
                who, "/register/verification", "idempotencyKey", key, "from", from, "until", until)
            .getRedirectedUrl();
    assertThat(path).startsWith("/register/verification/");
    return java.util.Objects.requireNonNull(path);
  }

  private void awaitEnd(String path) throws InterruptedException {
    var round = UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
    for (var i = 0; i < 300; i++) {
      if (RenewalHouse.count(
              "select count(finished_at) from verification_round where id = ?", round)
          == 1) {
        return;
      }
      // A job judges.
      Thread.sleep(200);
    }
    throw new AssertionError("the round does not end");
  }

  private void flip(ContractId contract) throws Exception {
    var digest =
        Tenancy.in(house.body.id(), () -> contracts.get(contract)).certificate().orElseThrow();
    var file = StoredObjects.file(keys, transaction, house.body.id(), digest);
    var bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  private static List<CSVRecord> csv(MockHttpServletResponse answer, String text) throws Exception {
    assertThat(answer.getContentType()).startsWith("text/csv");
    return CSVFormat.RFC4180.parse(new java.io.StringReader(text)).getRecords();
  }

  private static CSVRecord line(List<CSVRecord> lines, ContractId contract) {
    return lines.stream()
        .filter(line -> line.get(0).equals(RenewalHouse.number(contract.value())))
        .findFirst()
        .orElseThrow();
  }
}
