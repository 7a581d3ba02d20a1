package jp.musubi.bench;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * 更新の計測結果 — What one timestamp over many documents costs, from their digests on.
 *
 * @param documents how many, each one file
 * @param treeMillis until the tree's root is known
 * @param stampMillis for the one timestamp
 * @param recordsMillis for all evidence records
 * @param documentsPerSecond all of it together
 * @param largestRecordBytes the largest record as it is stored beside its file
 * @param timestamps that were asked for
 */
@JsonPropertyOrder({"engine", "documents"})
record RenewRow(
    String engine,
    int documents,
    double treeMillis,
    double stampMillis,
    double recordsMillis,
    double documentsPerSecond,
    int largestRecordBytes,
    int timestamps)
    implements Row {

  static final List<String> HEADINGS =
      List.of(
          "engine",
          "documents",
          "tree ms",
          "stamp ms",
          "records ms",
          "documents/s",
          "largest record",
          "timestamps");

  @Override
  @JsonIgnore
  public List<String> cells() {
    return List.of(
        engine,
        Integer.toString(documents),
        Row.text(treeMillis),
        Row.text(stampMillis),
        Row.text(recordsMillis),
        Row.text(documentsPerSecond),
        Integer.toString(largestRecordBytes),
        Integer.toString(timestamps));
  }
}
