package jp.musubi.seal.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.musubi.seal.Archivists;
import jp.musubi.seal.appearance.ArchivalPdfs;
import jp.musubi.seal.archival.ArchivalReport;
import jp.musubi.seal.archival.ArchivalReport.Complaint;
import jp.musubi.seal.archival.ArchivalReport.Outcome;
import jp.musubi.seal.archival.Topic;
import jp.musubi.seal.pdf.Packet;
import jp.musubi.testkit.ClassPathJar;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("PDF/Aの確認は")
class ArchivalCheckTest {
  private static Path jar = Path.of("");

  @TempDir Path folder;

  @BeforeAll
  static void runsFromTheClassPath() throws IOException {
    jar = ClassPathJar.running(WorkerMain.class.getName());
  }

  private static Workers workers() {
    return new Workers(jar, WorkerLimits.standard(), 1);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"1b", "2b", "2u", "3b"})
  @DisplayName("名乗るとおりのPDF/Aを、サービスと同じ上限のプロセスで、適合と答える")
  void findsTheTrueTrue(String flavour) throws Exception {
    var pdf = folder.resolve("true.pdf");
    ArchivalPdfs.write(pdf, flavour);
    try (var workers = workers()) {
      assertThat(workers.archival(pdf))
          .isEqualTo(new ArchivalReport(flavour, Outcome.CONFORMS, List.of()));
    }
  }

  @Test
  @DisplayName("名乗るだけのPDFを、何についての定めに反するかを添えて、不適合と答える")
  void findsTheFalseFalse() throws Exception {
    var pdf = claiming("2", "B", 1);
    try (var workers = workers()) {
      var report = workers.archival(pdf);
      assertThat(report.claim()).isEqualTo("2b");
      assertThat(report.outcome()).isEqualTo(Outcome.FAILS);
      assertThat(report.complaints()).extracting(Complaint::topic).contains(Topic.FONT);
      assertThat(report.complaints()).hasSizeLessThanOrEqualTo(ArchivalReport.MOST);
      // As the library says it by itself.
      assertThat(Archivists.complaints(pdf, "2b")).isNotEmpty();
      // There is no level u in part 1.
      assertThat(workers.archival(claiming("1", "U", 1)).outcome()).isEqualTo(Outcome.FAILS);
    }
  }

  @Test
  @DisplayName("名乗らないPDFは名乗らないと、読めないPDFは分からないと答える")
  void saysWhatItDoesNotKnow() throws Exception {
    try (var workers = workers()) {
      assertThat(workers.archival(written("plain.pdf", 1, Map.of())))
          .isEqualTo(ArchivalReport.none());
      // A part that ISO 19005 does not have is no claim.
      assertThat(workers.archival(claiming("9", "B", 1))).isEqualTo(ArchivalReport.none());
      var broken = folder.resolve("broken.pdf");
      Files.writeString(broken, "これはPDFではない", StandardCharsets.UTF_8);
      assertThat(workers.archival(broken)).isEqualTo(ArchivalReport.unknown(""));
      var locked = folder.resolve("locked.pdf");
      try (var document = new PDDocument()) {
        document.addPage(new PDPage());
        Packet.write(document, Map.of("pdfaid:part", "2"), "", "");
        document.protect(new StandardProtectionPolicy("o", "secret", new AccessPermission()));
        document.save(locked.toFile());
      }
      assertThat(workers.archival(locked)).isEqualTo(ArchivalReport.unknown(""));
    }
  }

  @Test
  @DisplayName("1万ページのPDFでも、上限のうちで答えるか分からないと答え、次のファイルを確かめられる")
  void survivesTenThousandPages() throws Exception {
    var pdf = claiming("2", "B", 10_000);
    var next = folder.resolve("next.pdf");
    ArchivalPdfs.write(next, "2b");
    var limits =
        new WorkerLimits(64, Duration.ofSeconds(8), Duration.ofSeconds(20), Duration.ofSeconds(9));
    try (var workers = new Workers(jar, limits, 1)) {
      var report = workers.archival(pdf);
      assertThat(report.outcome()).isIn(Outcome.FAILS, Outcome.UNKNOWN);
      assertThat(workers.archival(next).conforms()).isTrue();
    }
  }

  private Path claiming(String part, String level, int pages) throws IOException {
    var claims = new LinkedHashMap<String, String>();
    claims.put("pdfaid:part", part);
    claims.put("pdfaid:conformance", level);
    return written("claims-%s%s-%d.pdf".formatted(part, level, pages), pages, claims);
  }

  /** A font that is not in the file, and a colour that nothing explains. */
  private Path written(String name, int pages, Map<String, String> claims) throws IOException {
    var target = folder.resolve(name);
    try (var document = new PDDocument()) {
      for (var i = 0; i < pages; i++) {
        var page = new PDPage();
        document.addPage(page);
        try (var content = new PDPageContentStream(document, page)) {
          content.beginText();
          content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
          content.newLineAtOffset(72, 700);
          content.showText("page " + i);
          content.endText();
        }
      }
      if (!claims.isEmpty()) {
        Packet.write(document, claims, "", "");
      }
      document.save(target.toFile());
    }
    return target;
  }
}
