package jp.musubi.deadline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.contract.Contracts;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Holidays;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.Tenancy;
import jp.musubi.vault.Vault;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;

@ServiceTest
@DisplayName("日付から見た送信前の注意")
class DeadlineCautionsTest {
  @Autowired DeadlineCautions cautions;
  @Autowired Contracts contracts;
  @Autowired Organisations organisations;
  @Autowired Vault vault;
  @Autowired MessageSource messages;

  private TestBody body;
  private TestContract draft;

  @BeforeEach
  void aDraft() {
    body = TestBody.create("-");
    draft = TestContract.draft(body, vault);
  }

  @ParameterizedTest
  @DisplayName("期限が閉庁日なら、なぜ閉庁日かを言う")
  @CsvSource({
    "2028-01-03, 年末年始",
    "2028-01-01, 元日",
    "2028-01-08, 土曜日",
    "2028-02-11, 建国記念の日",
    "2028-01-04,"
  })
  void sayWhyADeadlineIsUnfortunate(LocalDate day, @Nullable String why) {
    assertThat(Holidays.isClosed(day)).isEqualTo(why != null);
    write(day, null);
    var said = said();
    if (why == null) {
      assertThat(said).isEmpty();
    } else {
      assertThat(said).singleElement().asString().contains("期限が閉庁日です", why, "令和10年");
    }
  }

  @Test
  @DisplayName("契約日が今日から許容の7日を超えて離れていれば、前か後かと日数を言う")
  void sayThatAContractDateLiesFarOff() {
    var today = organisations.today();
    for (var near : List.of(today, today.minusDays(7), today.plusDays(7))) {
      write(null, near);
      assertThat(said()).isEmpty();
    }
    write(null, today.minusDays(8));
    assertThat(said()).singleElement().asString().contains("契約日が、今日より8日前です", "7日まで");
    write(null, today.plusDays(30));
    assertThat(said()).singleElement().asString().contains("契約日が、今日より30日後です");
    TestPeople.run(
        "insert into reminder_rules values (?, true, 5, 3, 3, 1, 3, 30, now())", body.id().value());
    assertThat(said()).isEmpty();
  }

  private void write(@Nullable LocalDate deadline, @Nullable LocalDate contractDate) {
    TestPeople.run(
        "update contract set deadline = ?, contract_date = ? where id = ?",
        Optional.ofNullable(deadline)
            .map(day -> day.atTime(LocalTime.of(17, 0)).atZone(JapaneseDates.ZONE).toInstant())
            .map(DeadlineCautionsTest::timestamp)
            .orElse(null),
        contractDate,
        draft.id().value());
  }

  private static java.sql.Timestamp timestamp(Instant moment) {
    return java.sql.Timestamp.from(moment);
  }

  private List<String> said() {
    return Tenancy.in(body.id(), () -> cautions.of(contracts.get(draft.id()))).stream()
        .map(text ->
            messages.getMessage(text.key() + ".heading", text.arguments(), Locale.JAPAN)
                + messages.getMessage(text.key() + ".text", text.arguments(), Locale.JAPAN))
        .toList();
  }
}
