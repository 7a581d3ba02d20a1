package jp.musubi.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("WordやExcelの変換は")
class OfficeConverterTest {
  private static final Path LIBRE_OFFICE = Path.of("/usr/bin/soffice");

  @TempDir Path folder;

  private OfficeConverter real() {
    var converter = new OfficeConverter(new OfficeSettings(LIBRE_OFFICE, Duration.ofMinutes(2), 1));
    Assumptions.assumeTrue(
        converter.isAvailable(), "no LibreOffice, or no network namespaces: nothing was converted");
    return converter;
  }

  @Test
  @DisplayName("Wordの文書を、字がそのまま読めるPDF/Aにする")
  void makesAPdfOfAWordDocument() throws Exception {
    assertThat(
            convert(
                real(), OfficeFile.word("業務委託契約書", "上毛市と株式会社髙﨑は、次のとおり契約する。"), OfficeFormat.DOCX))
        .isEqualTo(new OfficeConverter.Outcome.Converted());
    try (var pdf = Loader.loadPDF(target().toFile())) {
      assertThat(new PDFTextStripper().getText(pdf)).contains("業務委託契約書", "株式会社髙﨑");
      assertThat(
              new String(
                  pdf.getDocumentCatalog().getMetadata().toByteArray(), StandardCharsets.UTF_8))
          .contains("pdfaid:part>2<");
      assertThat(pdf.getDocumentCatalog().getStructureTreeRoot()).isNotNull();
      var resources = pdf.getPage(0).getResources();
      for (var name : resources.getFontNames()) {
        // Any that has the letters: none of them is an empty box.
        assertThat(resources.getFont(name).getName()).containsPattern("(?i)noto|gothic|mincho|ipa");
      }
    }
    assertThat(leftBehind()).isEmpty();
  }

  @Test
  @DisplayName("Excelの表もPDFにする")
  void makesAPdfOfASheet() throws Exception {
    assertThat(convert(real(), OfficeFile.sheet("直接工事費"), OfficeFormat.XLSX))
        .isEqualTo(new OfficeConverter.Outcome.Converted());
    try (var pdf = Loader.loadPDF(target().toFile())) {
      assertThat(new PDFTextStripper().getText(pdf)).contains("直接工事費");
    }
  }

  @Test
  @DisplayName("文書が外を指していても、何も取りに行かない")
  void fetchesNothing() throws Exception {
    var asked = new AtomicInteger();
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    server.start();
    try {
      var address = "http://127.0.0.1:%d/logo.png".formatted(server.getAddress().getPort());
      assertThat(convert(real(), OfficeFile.wordLinkingTo(address), OfficeFormat.DOCX))
          .isEqualTo(new OfficeConverter.Outcome.Converted());
      assertThat(asked).hasValue(0);
    } finally {
      server.stop(0);
    }
  }

  @Test
  @DisplayName("変更履歴の残った文書、パスワードのかかった文書、壊れた文書は、理由を示して断る")
  void refusesWhatWouldBePrintedWrongly() throws Exception {
    var converter = real();
    assertThat(
            convert(
                converter,
                OfficeFile.wordOf(
                    "<w:p><w:ins w:author=\"x\"><w:r><w:t>金二百万円</w:t></w:r></w:ins>"
                        + "<w:del w:author=\"x\"><w:r><w:delText>金百万円</w:delText></w:r></w:del></w:p>",
                    ""),
                OfficeFormat.DOCX))
        .isEqualTo(refused(OfficeConverter.Reason.UNSETTLED));
    var locked = new byte[4096];
    System.arraycopy(new byte[] {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0}, 0, locked, 0, 4);
    assertThat(convert(converter, locked, OfficeFormat.DOCX))
        .isEqualTo(refused(OfficeConverter.Reason.LOCKED));
    assertThat(
            convert(
                converter, "PK but no ZIP".getBytes(StandardCharsets.US_ASCII), OfficeFormat.ODT))
        .isEqualTo(refused(OfficeConverter.Reason.BROKEN));
    assertThat(convert(converter, OfficeFile.wordOf("<w:p>", ""), OfficeFormat.DOCX))
        .isEqualTo(refused(OfficeConverter.Reason.BROKEN));
    assertThat(target()).doesNotExist();
  }

  @Test
  @DisplayName("終わらない変換は打ち切り、残った子のプロセスも終える")
  void endsWhatDoesNotEnd() throws Exception {
    var converter = standIn("sleep 300 & sleep 300", Duration.ofSeconds(1));
    assertThat(convert(converter, OfficeFile.word("x"), OfficeFormat.DOCX))
        .isEqualTo(refused(OfficeConverter.Reason.TOO_LONG));
    assertThat(ProcessHandle.current().descendants().filter(OfficeConverterTest::sleeps)).isEmpty();
    assertThat(leftBehind()).isEmpty();
  }

  @Test
  @DisplayName("何も作らずに終わったプログラムの結果は、できたとは言わない")
  void claimsNothingThatWasNotMade() throws Exception {
    assertThat(
            convert(
                standIn("exit 0", Duration.ofSeconds(10)), OfficeFile.word("x"), OfficeFormat.DOCX))
        .isEqualTo(refused(OfficeConverter.Reason.BROKEN));
  }

  @Test
  @DisplayName("プログラムがなければ、変換できるとは言わない")
  void isNotOfferedWithoutTheProgram() {
    assertThat(
            new OfficeConverter(
                    new OfficeSettings(folder.resolve("none"), Duration.ofSeconds(1), 1))
                .isAvailable())
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "契約書.docx,DOCX",
    "内訳.XLSX,XLSX",
    "a.b.doc,DOC",
    "x.odt,ODT",
    "x.ods,ODS",
    "x.xls,XLS"
  })
  @DisplayName("名前の終わりで形式を知る")
  void knowsAFormatByItsName(String name, OfficeFormat format) {
    assertThat(OfficeFormat.named(name)).contains(format);
    assertThat(OfficeFormat.named("docx")).isEmpty();
    assertThat(OfficeFormat.named("契約書.pdf")).isEmpty();
    assertThat(OfficeFormat.pdfOf("契約書.docx")).isEqualTo("契約書.pdf");
  }

  private OfficeConverter standIn(String shell, Duration deadline) throws IOException {
    var program = folder.resolve("program");
    Files.writeString(program, "#!/bin/sh\n" + shell + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    var converter = new OfficeConverter(new OfficeSettings(program, deadline, 1));
    Assumptions.assumeTrue(converter.isAvailable(), "no network namespaces: nothing was converted");
    return converter;
  }

  private OfficeConverter.Outcome convert(
      OfficeConverter converter, byte[] bytes, OfficeFormat format) throws IOException {
    return converter.convert(Files.write(folder.resolve("given"), bytes), format, target());
  }

  private Path target() {
    return folder.resolve("made.pdf");
  }

  private static OfficeConverter.Outcome refused(OfficeConverter.Reason reason) {
    return new OfficeConverter.Outcome.Refused(reason);
  }

  private static boolean sleeps(ProcessHandle process) {
    return process.info().command().filter(each -> each.endsWith("/sleep")).isPresent();
  }

  private static Stream<Path> leftBehind() throws IOException {
    try (var all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return all
          .filter(each -> each.getFileName().toString().startsWith("musubi-office"))
          .toList()
          .stream();
    }
  }
}
