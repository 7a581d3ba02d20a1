package jp.musubi.seal.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("署名済みPDFへの攻撃")
class AttackTest {
  private static final Duration LONGEST = Duration.ofSeconds(10);

  static Stream<Attack> attacks() {
    return Stream.of(AppendedAttacks.all(), InnerAttacks.all(), PreparedAttacks.all())
        .flatMap(java.util.List::stream);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("attacks")
  @DisplayName("どの攻撃も見つけて理由を言う")
  void isFlaggedWithItsReason(Attack attack) throws Exception {
    var file = attack.deed().on(Specimen.get());
    var report =
        assertTimeoutPreemptively(LONGEST, () -> Specimen.get().judge(file), attack.toString());
    assertThat(report.verdict()).as(report.toString()).isEqualTo(attack.verdict());
    assertThat(report.reasons())
        .as(report.toString())
        .extracting(Reason::what)
        .contains(attack.reason());
  }

  @Test
  @DisplayName("手を加えていないファイルは有効のまま")
  void passesTheFileThatNobodyTouched() throws IOException {
    assertThat(Specimen.get().judge(Specimen.get().archived()).verdict()).isEqualTo(Verdict.VALID);
  }
}
