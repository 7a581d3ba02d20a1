package jp.musubi.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("PDF/Aへの変換は")
class ArchiveConverterTest {
  @TempDir Path folder;

  @Test
  @DisplayName("出力インテントのあるPDF/A-2bを書く")
  void writesAnOutputIntent() throws Exception {
    var converter = converter(Path.of("/usr/bin/gs"), Duration.ofMinutes(1));
    Assumptions.assumeTrue(
        converter.isAvailable(), "no Ghostscript, or no network namespaces: nothing was converted");
    assertThat(converter.convert(ArchiveConverter.Reader.USUAL, source(), target()))
        .isEqualTo(ArchiveConverter.Outcome.WRITTEN);
    try (var pdf = Loader.loadPDF(target().toFile())) {
      assertThat(pdf.getNumberOfPages()).isEqualTo(1);
      assertThat(pdf.getDocumentCatalog().getOutputIntents()).hasSize(1);
    }
  }

  @Test
  @DisplayName("終わらなければ打ち切り、何も作らなければ、できたとは言わない")
  void believesNothing() throws Exception {
    var hanging = converter(program("sleep 300 & sleep 300"), Duration.ofSeconds(1));
    Assumptions.assumeTrue(hanging.isAvailable(), "no network namespaces: nothing was converted");
    assertThat(hanging.convert(ArchiveConverter.Reader.USUAL, source(), target()))
        .isEqualTo(ArchiveConverter.Outcome.TOO_LONG);
    assertThat(
            ProcessHandle.current()
                .descendants()
                .filter(each -> each.info().command().filter(c -> c.endsWith("sleep")).isPresent()))
        .isEmpty();
    assertThat(
            converter(program("exit 0"), Duration.ofSeconds(10))
                .convert(ArchiveConverter.Reader.USUAL, source(), target()))
        .isEqualTo(ArchiveConverter.Outcome.BROKEN);
    assertThat(target()).doesNotExist();
  }

  @Test
  @DisplayName("プログラムがなければ、変換できるとは言わない")
  void isNotOfferedWithoutItsProgram() {
    assertThat(converter(folder.resolve("none"), Duration.ofSeconds(1)).isAvailable()).isFalse();
  }

  private static ArchiveConverter converter(Path program, Duration deadline) {
    return new ArchiveConverter(new ArchiveSettings(program, deadline, 1, 1024));
  }

  private Path program(String lines) throws Exception {
    var file = Files.createTempFile(folder, "gs", "");
    Files.writeString(file, "#!/bin/sh\n" + lines + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }

  private Path source() throws Exception {
    var file = folder.resolve("in.pdf");
    try (var document = new PDDocument()) {
      document.addPage(new PDPage());
      document.save(file.toFile());
    }
    return file;
  }

  private Path target() {
    return folder.resolve("out.pdf");
  }
}
