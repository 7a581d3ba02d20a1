package jp.musubi.journeys.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("信頼性の測定の文書は")
class ReliabilityTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String ONE =
      """
      {"name": "x", "title": "題", "measuredAt": "2026-11-29T11:00:00Z", "machine": "2 cores",
       "command": "./musubi drill x",
       "rows": [{"what": "あ|い", "value": "1", "goal": "2", "met": false}]}
      """;

  @Test
  @DisplayName("測定のファイルからできるものと一致する")
  void saysWhatWasMeasured() throws Exception {
    assertThat(Files.readString(ROOT.resolve("docs/reliability.md")))
        .isEqualTo(ReliabilityMain.paper(ROOT));
  }

  @Test
  @DisplayName("達成していないものを、達成していないと書く")
  void hidesNothing() throws Exception {
    assertThat(ReliabilityReport.markdown(List.of(Measurement.parse(ONE))))
        .contains("| [題](#x) | 未達 |", "| あ\\|い | 1 | 2 | 未達 |", "2026年11月29日 20時0分", "2 cores");
  }

  @Test
  @DisplayName("読めない測定、足りない測定を受け付けない")
  void refusesWhatItDoesNotUnderstand() {
    for (var broken :
        List.of(
            "x",
            "{}",
            ONE.replace("\"title\"", "\"titel\""),
            ONE.replace("[{", "[], \"more\": [{"),
            ONE.replace("\"met\": false", "\"mett\": false"),
            ONE.replace("2026-11-29T11", "2026-11-29 11"))) {
      assertThatThrownBy(() -> Measurement.parse(broken))
          .as(broken)
          .isInstanceOf(Measurement.Unreadable.class);
    }
  }
}
