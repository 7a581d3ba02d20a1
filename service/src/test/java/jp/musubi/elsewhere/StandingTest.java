package jp.musubi.elsewhere;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.validation.Indication;
import jp.musubi.seal.validation.ValidationReport;
import jp.musubi.seal.validation.Verdict;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("他社サービスのファイルの扱い")
class StandingTest {
  private static final Instant SIGNED = Instant.parse("2026-04-01T03:00:00Z");
  private static final Instant STAMPED = Instant.parse("2026-04-02T03:00:00Z");
  private static final Instant FIRST_END = Instant.parse("2036-04-01T03:00:00Z");
  private static final Instant LAST_END = Instant.parse("2037-04-01T03:00:00Z");

  @Test
  @DisplayName("有効な署名は原本、署名がなければ写し、壊れた署名は受け付けない")
  void goesByTheVerdict() {
    assertThat(Standing.of(report(Verdict.VALID, List.of()))).contains(Standing.SIGNED);
    assertThat(Standing.of(report(Verdict.VALID_WITH_WARNINGS, List.of())))
        .contains(Standing.SIGNED);
    assertThat(Standing.of(report(Verdict.NO_SIGNATURE, List.of()))).contains(Standing.COPY);
    assertThat(Standing.of(report(Verdict.INVALID, List.of()))).isEmpty();
  }

  @Test
  @DisplayName("発行元だけが分からない署名は「発行元未確認」、後に加えたものがあれば写し、壊れた署名や覆わない範囲があれば受け付けない")
  void takesWhatIsWholeOnly() {
    var unknown = signature(Indication.INDETERMINATE, true);
    assertThat(Standing.of(report(Verdict.INDETERMINATE, List.of(), unknown)))
        .contains(Standing.UNPROVEN);
    // What was signed is intact, and something came after: another's signature, or an attack.
    for (var verdict : List.of(Verdict.INDETERMINATE, Verdict.INVALID)) {
      assertThat(Standing.of(report(verdict, List.of("object 4 changed"), unknown)))
          .contains(Standing.ADDED);
      assertThat(
              Standing.of(
                  report(
                      verdict,
                      List.of("object 4 changed"),
                      unknown,
                      signature(Indication.TOTAL_FAILED, true))))
          .isEmpty();
    }
    assertThat(Standing.of(report(Verdict.INVALID, List.of(), unknown))).isEmpty();
    assertThat(
            Standing.of(
                report(
                    Verdict.INDETERMINATE,
                    List.of(),
                    unknown,
                    signature(Indication.INDETERMINATE, false))))
        .isEmpty();
    assertThat(
            Standing.of(
                report(
                    Verdict.INDETERMINATE,
                    List.of(),
                    unknown,
                    signature(Indication.TOTAL_FAILED, true))))
        .isEmpty();
    assertThat(Standing.of(report(Verdict.INDETERMINATE, List.of()))).isEmpty();
  }

  @Test
  @DisplayName("締結日時は確かめた署名の時刻だけから、期限は最も新しい証明から言う")
  void saysWhatIsProven() {
    var proven = report(Verdict.VALID, List.of(), signature(Indication.TOTAL_PASSED, true));
    assertThat(Standing.concludedAt(proven)).contains(SIGNED);
    assertThat(Standing.verifiableUntil(proven)).contains(LAST_END);
    var unproven =
        report(Verdict.INDETERMINATE, List.of(), signature(Indication.INDETERMINATE, true));
    assertThat(Standing.concludedAt(unproven)).isEmpty();
  }

  private static ValidationReport report(
      Verdict verdict, List<String> changes, ValidationReport.Signature... signatures) {
    return new ValidationReport(
        Sha256.of(new byte[] {1}),
        verdict,
        List.of(),
        List.of(signatures),
        List.of(new ValidationReport.Timestamp(STAMPED, "TSA", LAST_END)),
        changes);
  }

  private static ValidationReport.Signature signature(Indication indication, boolean covers) {
    return new ValidationReport.Signature(
        "f",
        "n",
        "CN=c",
        "r",
        Optional.empty(),
        Optional.of(new ValidationReport.Timestamp(SIGNED, "TSA", FIRST_END)),
        "PAdES-BASELINE-T",
        indication,
        "",
        covers,
        false);
  }
}
