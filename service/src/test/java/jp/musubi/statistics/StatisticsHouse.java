package jp.musubi.statistics;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** A body with contracts that went their ways, and whoever looks at its figures. */
final class StatisticsHouse {
  final TestBody body = TestBody.create("-");
  final UUID admin = TestPeople.member(body, "kanri", "管理 かんり", body.section(), "BODY_ADMIN", null);
  private final MockMvc mvc;

  StatisticsHouse(MockMvc mvc) {
    this.mvc = mvc;
  }

  /** Writes so many contracts in all states. */
  void fill(long seed, int count, List<UUID> sections) throws SQLException {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var samples = new SampleCourses(seed, body, connection)) {
      samples.write(count, sections);
    }
  }

  /** Writes one. */
  UUID write(String state, UUID section, Instant made) throws SQLException {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var samples = new SampleCourses(made.getEpochSecond(), body, connection)) {
      return samples.write(state, section, made);
    }
  }

  MockHttpServletResponse open(UUID who, String path) throws Exception {
    return open(body, who, path);
  }

  MockHttpServletResponse open(TestBody at, UUID who, String path) throws Exception {
    var answer =
        mvc.perform(get(URI.create(path)).with(TestPeople.as(at, who))).andReturn().getResponse();
    if (answer.getContentType() == null || answer.getContentType().startsWith("text/html")) {
      answer.setCharacterEncoding(StandardCharsets.UTF_8);
    }
    return answer;
  }

  Document page(UUID who, String path) throws Exception {
    return Jsoup.parse(open(who, path).getContentAsString());
  }

  /** The rows of a table, each as its label and numbers. */
  static List<List<String>> rows(Document page, String figure) {
    return page.select("section#" + figure + " tbody tr").stream()
        .map(row -> row.select("th, td[data-number]").stream().map(Element::text).toList())
        .toList();
  }

  /** The cell of a row that begins with a label, by the heading of its column. */
  static String cell(Document page, String figure, String label, String column) {
    var headings = page.select("section#" + figure + " thead th").eachText();
    var row =
        rows(page, figure).stream()
            .filter(each -> each.getFirst().equals(label))
            .findFirst()
            .orElseThrow();
    return row.get(headings.indexOf(column));
  }

  /** The lines of a CSV with their cells, the headings first. */
  static List<List<String>> csv(MockHttpServletResponse answer) throws Exception {
    var text =
        new String(answer.getContentAsByteArray(), StandardCharsets.UTF_8).replace("\uFEFF", "");
    var lines = new ArrayList<List<String>>();
    try (var parser = CSVParser.parse(text, CSVFormat.RFC4180)) {
      parser.forEach(record -> lines.add(record.toList()));
    }
    return lines;
  }

  /** Into a folder that is kept from all but these. */
  void confine(UUID contract, UUID... readers) {
    var confined = UUID.randomUUID();
    TestPeople.run(
        """
        insert into folder (tenant_id, id, section_id, name, confined, made_at)
        values (?, ?, ?, '親展', true, now())
        """,
        body.id().value(),
        confined,
        body.section());
    TestPeople.run(
        """
        insert into folder_contract (tenant_id, contract_id, folder_id, filed_at)
        values (?, ?, ?, now())
        """,
        body.id().value(),
        contract,
        confined);
    for (var reader : readers) {
      TestPeople.run(
          "insert into folder_reader (tenant_id, folder_id, staff_id) values (?, ?, ?)",
          body.id().value(),
          confined,
          reader);
    }
  }

  /** Without the spaces that only part columns. */
  static String text(byte[] pdf) throws Exception {
    try (var document = Loader.loadPDF(pdf)) {
      var stripper = new PDFTextStripper();
      stripper.setSortByPosition(true);
      return stripper.getText(document).replaceAll("\\s", "");
    }
  }
}
