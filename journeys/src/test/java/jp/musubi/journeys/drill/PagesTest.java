package jp.musubi.journeys.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("断った画面は")
class PagesTest {
  @Test
  @DisplayName("日本語で、することを言っていなければ、本当のことを言ったと数えない")
  void refusalsHaveToSaySo() {
    assertThat(Pages.tellsTruth("<h1>ただいま利用できません</h1><p>1分ほど待って、もう一度お試しください。</p>")).isTrue();
    for (var page :
        List.of(
            "<h1>503 Service Unavailable</h1>",
            "<h1>うまく処理できませんでした</h1>",
            "<p>もう一度。java.sql.SQLException</p>")) {
      assertThat(Pages.tellsTruth(page)).as(page).isFalse();
    }
  }
}
