package jp.musubi.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

@ServiceTest
@DisplayName("バックアップの画面は")
class BackupPageTest {
  @Autowired MockMvc mvc;
  @Autowired JdbcClient jdbc;
  @Autowired Clock clock;

  @Test
  @DisplayName("運営者に、取っていないことと、実行の結果、失敗の理由を見せる")
  void tellsTheOperatorHowItStands() throws Exception {
    var runs = new BackupRuns(jdbc);
    var failed = runs.begin(BackupRuns.Kind.DRILL, clock.instant());
    runs.failed(failed, "変更の記録がありません " + failed, clock.instant());
    var done = runs.begin(BackupRuns.Kind.DRILL, clock.instant());
    jdbc.sql(
            """
            update backup_run set ended_at = :now, outcome = 'DONE', backup = 'b',
                   backed_up_at = :now, bytes = 12000000, restore_seconds = 34, age_seconds = 7,
                   violations = 0
             where id = :id
            """)
        .param("now", Timestamp.from(clock.instant()))
        .param("id", done)
        .update();
    var home = TestBody.operators();
    var operator =
        TestPeople.member(home, "b-" + UUID.randomUUID(), "例 運", home.section(), "OPERATOR", null);

    var page =
        Jsoup.parse(
            mvc.perform(get("/backup").with(TestPeople.as(home, operator)))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8));

    assertThat(page.text())
        .contains("バックアップ", "musubi.backup.directory", "変更の記録がありません " + failed)
        .contains("復元を確かめたバックアップ", "取得し、復元して、すべて一致しました", "12 MB", "34 秒", "7 秒")
        .doesNotContain("??");
  }
}
