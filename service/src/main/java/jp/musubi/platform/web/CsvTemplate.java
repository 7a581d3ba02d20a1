package jp.musubi.platform.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/** 一覧のひな形: headings and examples to write over, with the mark that spreadsheets look for. */
public final class CsvTemplate {
  private CsvTemplate() {}

  /**
   * A file to download.
   *
   * @param examples lines without their ends
   */
  public static ResponseEntity<byte[]> of(
      String fileName, List<String> headings, List<String> examples) {
    var text =
        "\uFEFF" + String.join(",", headings) + "\r\n" + String.join("\r\n", examples) + "\r\n";
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_TYPE, "text/csv; charset=UTF-8")
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + fileName + "\"")
        .body(text.getBytes(StandardCharsets.UTF_8));
  }
}
