package jp.musubi.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jp.musubi.testkit.KeyKind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("大きなファイル")
class LargeFilesTest {
  private static final int MEGABYTE = 1 << 20;

  @TempDir Path directory;

  @Test
  @DisplayName("50 MB のファイルに 128 MB の記憶で押印し、長期保存にする")
  void sealsFiftyMegabytesInLittleMemory() throws Exception {
    sealInLittleMemory(50);
  }

  @Test
  @Tag("slow")
  @DisplayName("500 MB のファイルも同じ記憶で足りる")
  void sealsTenTimesAsMuchInTheSameMemory() throws Exception {
    sealInLittleMemory(500);
  }

  private void sealInLittleMemory(int megabytes) throws Exception {
    try (var _ = Sealery.open(directory, KeyKind.P_256)) {
      var prepared = directory.resolve("large.pdf");
      write(prepared, megabytes);
      var phase = directory.resolve("phase.txt");
      Files.writeString(phase, Prepared.found(prepared).encode());
      var sealed = directory.resolve("sealed.pdf");
      var archived = directory.resolve("archived.pdf");

      // Laid out, signed, timestamped; then preserved and archived: the most a process does.
      run(phase, prepared, "-");
      run(phase, prepared, "-");
      run(phase, prepared, sealed.toString());
      run(phase, sealed, "-");
      run(phase, sealed, archived.toString());

      assertThat(Phase.decode(Files.readString(phase)).sha256()).isEqualTo(Sha256.of(archived));
      assertThat(Files.size(archived) - Files.size(prepared)).isLessThan(40_000);
      assertThat(Judges.installed("qpdf", "--check", archived.toString()).exit()).isZero();
      var pdfsig = Judges.installed("pdfsig", "-nocert", archived.toString());
      assertThat(pdfsig.text()).contains("Signature is Valid").contains("Total document signed");
    }
  }

  private void run(Path phase, Path file, String target) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                PhaseStep.class.getName(),
                directory.resolve("pki").toString(),
                phase.toString(),
                file.toString(),
                target)
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  /** One page with a field, and images that no page shows: a large file of few objects. */
  static void write(Path target, int megabytes) throws IOException {
    var objects =
        List.of(
            "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]/SigFlags 3>>>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Annots[4 0 R]>>",
            "<</Type/Annot/Subtype/Widget/FT/Sig/T(musubi-1)/F 132/Rect[0 0 0 0]/P 3 0 R>>");
    var offsets = new ArrayList<Long>();
    var portion = new byte[MEGABYTE];
    new java.util.Random(1).nextBytes(portion);
    try (var out = new Counting(Files.newOutputStream(target))) {
      out.text("%PDF-1.7\n");
      for (var object : objects) {
        offsets.add(out.total);
        out.text(offsets.size() + " 0 obj\n" + object + "\nendobj\n");
      }
      for (var i = 0; i < megabytes; i++) {
        offsets.add(out.total);
        out.text(offsets.size() + " 0 obj\n<</Length " + portion.length + ">>stream\n");
        out.write(portion);
        out.text("\nendstream\nendobj\n");
      }
      var start = out.total;
      out.text("xref\n0 " + (offsets.size() + 1) + "\n0000000000 65535 f \n");
      for (var offset : offsets) {
        out.text("%010d 00000 n \n".formatted(offset));
      }
      out.text("trailer\n<</Size " + (offsets.size() + 1) + "/Root 1 0 R>>\n");
      out.text("startxref\n" + start + "\n%%EOF\n");
    }
  }

  private static final class Counting extends BufferedOutputStream {
    private long total;

    Counting(OutputStream out) {
      super(out);
    }

    void text(String text) throws IOException {
      write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      write(bytes, 0, bytes.length);
      total += bytes.length;
    }
  }
}
