package jp.musubi.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.platform.Tenancy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
@DisplayName("契約台帳のCSV")
class RegisterCsvTest {
  @Autowired MockMvc mvc;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transactions;

  private TestBody body;
  private RegisterHouse house;

  @BeforeEach
  void aBody() {
    body = TestBody.create("-");
    house = new RegisterHouse(mvc, body);
  }

  @Test
  @DisplayName("画面と同じ契約のすべての項目を、UTF-8の目印を付けて出し、出したことを記録する")
  void holdsAllOfWhatThePageShows() throws Exception {
    house.write(
        new RegisterHouse.Sample(
            "市道の舗装",
            "株式会社 𠮷田\"組\"",
            1_234_000L,
            LocalDate.of(2026, 4, 1),
            LocalDate.of(2026, 4, 2),
            LocalDate.of(2027, 3, 31)),
        body.section());
    house.write("別の契約", "");
    var answer = house.open(body.viewer(), "/register.csv", "words", "舗装");
    assertThat(answer.getContentType()).isEqualTo("text/csv; charset=UTF-8");
    assertThat(answer.getHeader("Content-Disposition")).startsWith("attachment");
    assertThat(answer.getHeader("Cache-Control")).contains("no-store");
    var text = answer.getContentAsString();
    assertThat(text).startsWith("\uFEFF契約番号,");
    assertThat(RegisterHouse.lines(text).getLast())
        .containsExactly(
            "R2-000001",
            "市道の舗装",
            "その他",
            "株式会社 𠮷田\"組\"",
            "1234000",
            "",
            "2026-04-01",
            "",
            "2026-04-02",
            "2027-03-31",
            "令和8年度（2026年度）",
            "建設部",
            "",
            "",
            "",
            "",
            "",
            "",
            "下書き",
            "");
    assertThat(RegisterHouse.lines(text)).hasSize(2);
    List<String> entries =
        Tenancy.in(
            body.id(),
            () ->
                java.util.Objects.requireNonNull(
                    transactions.execute(_ ->
                        jdbc.sql(
                                "select entry::text from audit_entry where action = 'register.exported'")
                            .query(String.class)
                            .list())));
    assertThat(entries)
        .singleElement()
        .satisfies(entry -> assertThat(entry).contains("UTF_8", "words="));
  }

  @Test
  @DisplayName("CP932にない文字は置き換え、どの文字かを行の終わりに書く")
  void tellsWhichLettersItLacks() throws Exception {
    house.write("葛󠄀城〜髙﨑線", "株式会社 𠮷田組");
    var answer = house.open(body.viewer(), "/register.csv", "letters", "cp932");
    var text = new String(answer.getContentAsByteArray(), Charset.forName("windows-31j"));
    var line = RegisterHouse.lines(text).getLast();
    assertThat(line.get(1)).isEqualTo("葛城～髙﨑線");
    assertThat(line.get(3)).isEqualTo("株式会社 〓田組");
    assertThat(line.getLast()).isEqualTo("U+20BB7 U+E0100");
    assertThat(RegisterHouse.lines(text).getFirst().getLast()).isEqualTo("置き換えた文字");
  }

  @Test
  @DisplayName("式に見えるものは式にならず、改行や引用符で列がずれない")
  void runsNothing() throws Exception {
    TestPeople.run(
        """
        insert into register_item (tenant_id, id, place, name, kind, mandatory, listed, changed_at)
        values (?, gen_random_uuid(), 1, '=HYPERLINK("x")', 'TEXT', false, false, now())
        """,
        body.id().value());
    for (var title : List.of("=1+1", "+1", "-1", "@x", "＝1+1", "a\",\"b", "a,b")) {
      house.write(title, "=cmd|' /C calc'!A0");
    }
    var lines =
        RegisterHouse.lines(
            house.open(body.viewer(), "/register.csv").getContentAsString(StandardCharsets.UTF_8));
    assertThat(lines).hasSize(8).allSatisfy(line -> assertThat(line).hasSize(21));
    assertThat(lines.stream().flatMap(List::stream))
        .noneMatch(cell -> !cell.isEmpty() && "=+-@＝".indexOf(cell.charAt(0)) >= 0);
    assertThat(lines).extracting(line -> line.get(1)).contains("'=1+1", "a\",\"b", "a,b");
  }
}
