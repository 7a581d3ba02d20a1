package jp.musubi.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("相手方の画面の言葉")
class WordingTest {

  @Test
  @DisplayName("十年は暦の十年で、うるう年の日を失わない")
  void countsYearsAsTheCalendarDoes() {
    // 2026-11-25 00:04 in Japan.
    var concluded = Instant.parse("2026-11-24T15:04:00Z");

    assertThat(Wording.endOfYears(concluded, 10)).isEqualTo("2036-11-25T15:00:00Z");
    assertThat(Wording.endOfYears(Instant.parse("2028-02-28T15:00:00Z"), 1))
        .isEqualTo("2029-02-28T15:00:00Z");
  }
}
