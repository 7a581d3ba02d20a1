package jp.musubi.platform.web;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import jp.musubi.platform.CsvTable;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/** 一覧のCSV as a form hands it in: its lines, or in words why there are none. */
public sealed interface CsvUpload {
  /** The lines. */
  record Lines(String fileName, List<CsvTable.Line> lines) implements CsvUpload {
    /** Keeps its own copy. */
    public Lines {
      lines = List.copyOf(lines);
    }
  }

  /** No file was chosen; belongs beside the field. */
  record Missing(Text words) implements CsvUpload {}

  /** It cannot be read as the list that is wanted. */
  record Unfit(Text words) implements CsvUpload {}

  /**
   * Reads what was handed in.
   *
   * @param headings without which nothing can be read
   * @param most lines
   * @param otherwise the name of a file that has none
   */
  static CsvUpload of(
      @Nullable MultipartFile file, List<String> headings, int most, String otherwise)
      throws IOException {
    return of(file, headings, List.of(), most, otherwise);
  }

  /**
   * Reads what was handed in.
   *
   * @param further headings that a list may do without; where one is there, its cells come behind
   *     the others
   */
  static CsvUpload of(
      @Nullable MultipartFile file,
      List<String> headings,
      List<String> further,
      int most,
      String otherwise)
      throws IOException {
    if (file == null || file.isEmpty()) {
      return new Missing(Text.of("csv.missing"));
    }
    var bytes = file.getBytes();
    var there = CsvTable.headings(bytes).orElse(List.of());
    var wanted =
        Stream.concat(headings.stream(), further.stream().filter(there::contains)).toList();
    return switch (CsvTable.read(bytes, wanted, most)) {
      case CsvTable.Reading.Read(var lines) ->
          new Lines(FileName.of(file.getOriginalFilename(), 100, otherwise), lines);
      case CsvTable.Reading.Unreadable _ -> new Unfit(Text.of("csv.unreadable"));
      case CsvTable.Reading.WithoutHeadings(var missing) ->
          new Unfit(Text.of("csv.headings", String.join("、", missing)));
      case CsvTable.Reading.TooLong _ -> new Unfit(Text.of("csv.long", String.valueOf(most)));
    };
  }
}
