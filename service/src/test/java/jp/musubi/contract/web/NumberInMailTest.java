package jp.musubi.contract.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.TestSeals;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.vault.Vault;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** What is left of a mail when links and attachments were taken out of it on its way (G-06). */
@ServiceTest
@DisplayName("職員へのメールは")
class NumberInMailTest {
  private static final Pattern NUMBER = Pattern.compile("から (\\S+) をさがすと開けます");

  @Autowired MockMvc mvc;
  @Autowired Contracts contracts;
  @Autowired Vault vault;

  /** A letter to one of the staff. */
  private record Letter(String to, String text) {}

  @Test
  @DisplayName("リンクも添付もなくて足り、書いてある番号で、知ってよい人だけが契約を開ける")
  void leadToTheContractByItsNumber() throws Exception {
    var body = TestBody.create("-");
    var contract = TestSeals.concluded(contracts, vault, body);
    // Another contract beside it, that the number must not find.
    TestSeals.concluded(contracts, vault, body);
    var letters = letters(body, contract);
    assertThat(letters).extracting(letter -> person(letter.to())).contains("hanako", "taro");
    for (var letter : letters) {
      assertThat(letter.text()).doesNotContain("://").contains("契約の一覧");
      var number = NUMBER.matcher(letter.text());
      assertThat(number.find()).as(letter.text()).isTrue();
      var reader = person(letter.to()).equals("hanako") ? body.clerk() : body.mayor();
      var found = found(body, reader, number.group(1));
      assertThat(found).as(letter.text()).containsExactly("/contracts/" + contract);
    }
    var elsewhere = TestPeople.section(body, "99", "別の課", null);
    var stranger = TestPeople.member(body, "yoso", "例 他子", elsewhere, "CLERK", elsewhere);
    assertThat(found(body, stranger, "")).isEmpty();
  }

  private List<String> found(TestBody body, UUID reader, String words) throws Exception {
    var page =
        mvc.perform(get("/contracts").param("words", words).with(TestPeople.as(body, reader)))
            .andReturn()
            .getResponse()
            .getContentAsString();
    return Jsoup.parse(page)
        .select("main a[href~=^/contracts/[0-9a-f-]{36}$]")
        .eachAttr("href")
        .stream()
        .distinct()
        .toList();
  }

  private static String person(String recipient) {
    return recipient.startsWith("hanako") ? "hanako" : "taro";
  }

  private static List<Letter> letters(TestBody body, ContractId contract) throws SQLException {
    var letters = new ArrayList<Letter>();
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement =
            connection.prepareStatement(
                """
                select recipient, body from mail
                 where tenant_id = ? and contract_id = ?
                   and (recipient like 'hanako%' or recipient like 'taro%')
                """)) {
      statement.setObject(1, body.id().value());
      statement.setObject(2, contract.value());
      try (var row = statement.executeQuery()) {
        while (row.next()) {
          letters.add(new Letter(row.getString(1), row.getString(2)));
        }
      }
    }
    return letters;
  }
}
