package jp.musubi.bench;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/** 計測結果の一行 — One row of results, as the JSON has it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
sealed interface Row permits SealRow {

  /** The cells of the table that people read. */
  @JsonIgnore
  List<String> cells();

  /** To three digits after the point: more is noise. */
  static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
