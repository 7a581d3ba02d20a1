package jp.musubi.bench;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * 署名数の計測結果 — What the n-th signature on one file costs (B-T).
 *
 * @param signature which one, from 1
 * @param bytes of the file before it
 * @param hashMillis what hashing those bytes once takes, in the same run
 * @param bytesAdded by it
 * @param ratioToFirst (medianMillis − hashMillis) divided by the same of the first signature
 */
@JsonPropertyOrder({"engine", "signature", "bytes"})
record GrowthRow(
    String engine,
    int signature,
    long bytes,
    double medianMillis,
    double hashMillis,
    long bytesAdded,
    int rounds,
    double ratioToFirst)
    implements Row {

  static final List<String> HEADINGS =
      List.of("engine", "signature", "bytes", "median ms", "hash ms", "added", "x first");

  @Override
  @JsonIgnore
  public List<String> cells() {
    return List.of(
        engine,
        Integer.toString(signature),
        Long.toString(bytes),
        Row.text(medianMillis),
        Row.text(hashMillis),
        Long.toString(bytesAdded),
        Row.text(ratioToFirst));
  }
}
