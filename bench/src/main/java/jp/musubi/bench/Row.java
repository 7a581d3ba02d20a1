package jp.musubi.bench;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** 計測結果の一行 — One row of results, as the JSON has it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
sealed interface Row permits SealRow, ValidateRow, GrowthRow, MemoryRow, RenewRow, MicroRow {

  /** The engine that the row is about. */
  String engine();

  /** The cells of the table that people read. */
  @JsonIgnore
  List<String> cells();

  /** To three digits after the point: more is noise. */
  static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  /** A cell; empty for null. */
  static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Double number when number >= 100 -> String.format(Locale.ROOT, "%.0f", number);
      case Double number -> String.format(Locale.ROOT, "%.2f", number);
      case Object other -> other.toString();
    };
  }
}
