package jp.musubi.bench;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * 部分の計測結果 — What one part of the work takes by itself (JMH, mean).
 *
 * @param part which one
 * @param micros microseconds a time
 * @param errorMicros half of the 99.9 % confidence interval; absent below three measurements
 */
@JsonPropertyOrder({"engine", "part", "keys"})
record MicroRow(String engine, String part, String keys, double micros, double errorMicros)
    implements Row {

  static final List<String> HEADINGS = List.of("engine", "part", "keys", "µs", "± µs");

  @Override
  @JsonIgnore
  public List<String> cells() {
    return List.of(engine, part, keys, Row.text(micros), Row.text(errorMicros));
  }
}
