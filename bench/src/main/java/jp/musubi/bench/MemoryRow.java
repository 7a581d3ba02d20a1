package jp.musubi.bench;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * 記憶量の計測結果 — Whether one seal of a large file succeeds with a small heap.
 *
 * @param heapMiB the most that the heap may be, -Xmx
 * @param sealed whether it succeeded
 * @param millis of the one round, in a cold process; null when it failed
 * @param why it failed; null when it did not
 */
@JsonPropertyOrder({"engine", "bytes", "level"})
@JsonInclude(JsonInclude.Include.NON_NULL)
record MemoryRow(
    String engine,
    long bytes,
    String level,
    int heapMiB,
    boolean sealed,
    @Nullable Double millis,
    @Nullable Long peakRssMiB,
    @Nullable String why)
    implements Row {

  static final List<String> HEADINGS =
      List.of("engine", "bytes", "level", "-Xmx MiB", "sealed", "ms", "peak MiB", "why not");

  @Override
  @JsonIgnore
  public List<String> cells() {
    return List.of(
        engine,
        Long.toString(bytes),
        level,
        Integer.toString(heapMiB),
        sealed ? "yes" : "no",
        Row.text(millis),
        Row.text(peakRssMiB),
        Row.text(why));
  }
}
