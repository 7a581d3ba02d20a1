package jp.musubi.authority;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipInputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.springframework.mock.web.MockHttpServletResponse;

/**
 * What somebody was shown: all words of an answer, of whatever form.
 *
 * @param status of the answer
 * @param words of a page, a list, a PDF, the files of a ZIP and their names
 */
record Shown(int status, String words) {
  static Shown of(MockHttpServletResponse answer) throws IOException {
    var type = String.valueOf(answer.getContentType());
    var bytes = answer.getContentAsByteArray();
    var words = words(type, bytes);
    return new Shown(
        answer.getStatus(),
        String.valueOf(answer.getRedirectedUrl())
            + answer.getHeader("Content-Disposition")
            + "\n"
            + words);
  }

  private static String words(String type, byte[] bytes) throws IOException {
    if (type.startsWith("application/zip")) {
      return zipped(bytes);
    }
    if (type.startsWith("application/pdf")) {
      try (var document = Loader.loadPDF(bytes)) {
        return new PDFTextStripper().getText(document);
      }
    }
    if (type.startsWith("image/")) {
      return "image";
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String zipped(byte[] bytes) throws IOException {
    var words = new StringBuilder();
    try (var in = new ZipInputStream(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        words.append(entry.getName()).append('\n');
        if (entry.getName().matches(".*\\.(csv|json|txt|jsonl)")) {
          words.append(new String(in.readAllBytes(), StandardCharsets.UTF_8)).append('\n');
        }
      }
    }
    return words.toString();
  }

  /** Which of these it has in it. */
  List<String> having(List<String> marks) {
    return marks.stream().filter(words::contains).toList();
  }

  /** Without what differs each time somebody looks: keys of forms, and times of day. */
  Shown settled() {
    return new Shown(
        status,
        words
            .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "#")
            .replaceAll("[A-Za-z0-9_+/=-]{40,}", "#")
            .replaceAll("\\b[0-9a-f]{32}\\b|\\b[0-9a-f]{16}\\b", "#")
            .replaceAll("\\d{8}T\\d{6}Z", "#")
            .replaceAll("data-session-seconds=\"\\d+\"", "#")
            .replaceAll("\\d{1,2}(:\\d{2}){1,2}(\\.\\d+)?", "#")
            .replaceAll("\\d{1,2}時\\d{1,2}分", "#"));
  }
}
