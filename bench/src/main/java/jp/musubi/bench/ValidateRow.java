package jp.musubi.bench;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * 検証の計測結果 — How fast one validator judges one sealed file (B-LTA) as valid.
 *
 * @param bytes of the sealed file
 * @param signatures that it carries, document timestamps not counted
 * @param ratioToDss ours only: EU DSS's median of the same run divided by ours
 */
@JsonPropertyOrder({"engine", "bytes", "signatures"})
record ValidateRow(
    String engine,
    long bytes,
    int signatures,
    double medianMillis,
    double p99Millis,
    double validationsPerSecondPerCore,
    @Nullable Long peakRssMiB,
    int rounds,
    @Nullable Double ratioToDss)
    implements Row {

  static final List<String> HEADINGS =
      List.of(
          "engine", "bytes", "signatures", "median ms", "p99 ms", "a second", "peak MiB", "DSS x");

  @Override
  @JsonIgnore
  public List<String> cells() {
    return List.of(
        engine,
        Long.toString(bytes),
        Integer.toString(signatures),
        Row.text(medianMillis),
        Row.text(p99Millis),
        Row.text(validationsPerSecondPerCore),
        Row.text(peakRssMiB),
        Row.text(ratioToDss));
  }
}
