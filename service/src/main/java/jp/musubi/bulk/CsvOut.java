package jp.musubi.bulk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jp.musubi.platform.CsvCells;
import jp.musubi.platform.web.FileName;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/** 表の書き出し. A CSV for spreadsheets: UTF-8 with the mark they look for, no cell of it a formula. */
final class CsvOut {
  private CsvOut() {}

  static ResponseEntity<byte[]> download(String name, List<List<String>> lines) {
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_TYPE, "text/csv; charset=UTF-8")
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename(FileName.plain(name), StandardCharsets.UTF_8)
                .build()
                .toString())
        .header("X-Content-Type-Options", "nosniff")
        .cacheControl(CacheControl.noStore())
        .body(text(lines).getBytes(StandardCharsets.UTF_8));
  }

  static String text(List<List<String>> lines) {
    var out = new StringBuilder("\uFEFF");
    try (var printer = new CSVPrinter(out, CSVFormat.DEFAULT)) {
      for (var line : lines) {
        printer.printRecord(line.stream().map(CsvCells::inert).toList());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return out.toString();
  }
}
