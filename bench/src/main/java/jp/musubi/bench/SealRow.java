package jp.musubi.bench;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * 封緘の計測結果 — How fast one engine seals files of one size at one level.
 *
 * @param bytes of the file before sealing
 * @param level B-B, B-T or B-LTA
 * @param medianMillis of a seal, parts included, from file to file
 * @param p99Millis by the nearest rank: the slowest when there are fewer than a hundred rounds
 * @param sealsPerSecondPerCore one after another on the one core
 * @param peakRssMiB of the process up to here; smaller files and lower levels came before
 * @param keys the kind of all keys that sign
 * @param bytesAdded by one seal; null for the limit, which writes nothing
 * @param rounds that were measured
 * @param keyOperations of one seal; null where the engine does not tell
 * @param partsMillis of the median spent in keys, timestamps and revocation data; as above
 * @param ratioToLimit ours only: our median divided by the limit's of the same run
 * @param ratioToDss ours only: EU DSS's median of the same run divided by ours
 * @param note what sets the engine apart
 */
@JsonPropertyOrder({"engine", "bytes", "level"})
record SealRow(
    String engine,
    long bytes,
    String level,
    double medianMillis,
    double p99Millis,
    double sealsPerSecondPerCore,
    @Nullable Long peakRssMiB,
    String keys,
    @Nullable Long bytesAdded,
    int rounds,
    @Nullable Integer keyOperations,
    @Nullable Double partsMillis,
    @Nullable Double ratioToLimit,
    @Nullable Double ratioToDss,
    @Nullable String note)
    implements Row {

  static final List<String> HEADINGS =
      List.of(
          "engine",
          "bytes",
          "level",
          "keys",
          "median ms",
          "p99 ms",
          "seals/s",
          "peak MiB",
          "added",
          "key ops",
          "parts ms",
          "x limit",
          "DSS x");

  @Override
  @JsonIgnore
  public List<String> cells() {
    return List.of(
        engine,
        Long.toString(bytes),
        level,
        keys,
        Row.text(medianMillis),
        Row.text(p99Millis),
        Row.text(sealsPerSecondPerCore),
        Row.text(peakRssMiB),
        Row.text(bytesAdded),
        Row.text(keyOperations),
        Row.text(partsMillis),
        Row.text(ratioToLimit),
        Row.text(ratioToDss));
  }
}
