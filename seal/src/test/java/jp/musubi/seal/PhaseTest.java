package jp.musubi.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import jp.musubi.testkit.KeyKind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("段階から段階へ")
class PhaseTest {
  @TempDir Path directory;

  @Test
  @DisplayName("どの段階の間で止まっても、別の過程が続きをする")
  void goesOnInAnotherProcessAfterEveryStep() throws Exception {
    try (var sealery = Sealery.open(directory, KeyKind.P_256)) {
      var drawn = directory.resolve("drawn.pdf");
      Sealery.draw(drawn);
      var phase = directory.resolve("phase.txt");
      Files.writeString(phase, Inspected.of(drawn, 2).encode());

      step(phase, drawn, "prepared.pdf", "prepared");
      step(phase, directory.resolve("prepared.pdf"), "-", "to-be-signed");
      step(phase, directory.resolve("prepared.pdf"), "-", "sealed");
      step(phase, directory.resolve("prepared.pdf"), "timestamped.pdf", "timestamped");
      // Once with the document written between the steps, once with all still to be written.
      step(phase, directory.resolve("timestamped.pdf"), "-", "preserved");
      step(phase, directory.resolve("timestamped.pdf"), "archived.pdf", "archived");
      step(phase, directory.resolve("archived.pdf"), "renewed.pdf", "renewed");
      step(phase, directory.resolve("renewed.pdf"), "again.pdf", "renewed");

      var again = directory.resolve("again.pdf");
      assertThat(Phase.decode(Files.readString(phase)).sha256()).isEqualTo(Sha256.of(again));
      Judged.valid(sealery, again, 1, 3);
      Judged.byDss(sealery, again, 1);
    }
  }

  @Test
  @DisplayName("書き出さずに最後まで進めても、一度に書いても、同じ水準になる")
  void writesOnceAtTheEnd() throws Exception {
    try (var sealery = Sealery.open(directory, KeyKind.P_384)) {
      var engine = sealery.engine();
      var prepared = sealery.prepared();
      var archived = directory.resolve("archived.pdf");

      var result =
          Prepared.found(prepared)
              .layOut(prepared, Sealery.request(1), engine)
              .sign(engine)
              .timestamp(prepared, engine)
              .layOut(prepared, Sealery.request(2), engine)
              .sign(engine)
              .timestamp(prepared, engine)
              .preserve(prepared, engine)
              .archive(prepared, engine)
              .write(prepared, archived);

      assertThat(result.sha256()).isEqualTo(Sha256.of(archived));
      assertThat(result.bytes()).isEqualTo(Files.size(archived));
      Judged.valid(sealery, archived, 2, 1);

      var atOnce = directory.resolve("at-once.pdf");
      var summary = engine.sealAndArchive(prepared, atOnce, Sealery.request(1));
      assertThat(summary.sha256()).isEqualTo(Sha256.of(atOnce));
      Judged.valid(sealery, atOnce, 1, 1);
    }
  }

  @Test
  @DisplayName("ほかのファイル、触られたファイル、ほかの鍵では続けない")
  void refusesAnotherFileAndAnotherKey() throws Exception {
    try (var sealery = Sealery.open(directory, KeyKind.P_256);
        var other = Sealery.open(directory.resolve("other"), KeyKind.P_256)) {
      var engine = sealery.engine();
      var prepared = sealery.prepared();
      var laidOut = Prepared.found(prepared).layOut(prepared, Sealery.request(1), engine);
      var strange = other.engine();
      assertThat(catchThrowableOfType(KeyUnavailable.class, () -> laidOut.sign(strange)))
          .hasMessageContaining("another certificate");

      var timestamped = laidOut.sign(engine).timestamp(prepared, engine);
      var target = directory.resolve("target.pdf");
      var drawn = directory.resolve("drawn.pdf");
      var elsewhere = Phase.decode(timestamped.encode());
      Files.write(prepared, new byte[] {'%'}, StandardOpenOption.APPEND);
      for (var phase : List.of(timestamped, (Timestamped) elsewhere)) {
        for (var wrong : List.of(prepared, drawn)) {
          var refused = catchThrowableOfType(UnsealablePdf.class, () -> phase.write(wrong, target));
          assertThat(refused).hasMessageContaining("expected");
          assertThat(refused.subIndication()).contains("FORMAT_FAILURE");
          assertThat(refused.indication()).contains("TOTAL-FAILED");
          assertThat(target).doesNotExist();
          assertThat(catchThrowableOfType(UnsealablePdf.class, () -> phase.preserve(wrong, engine)))
              .hasMessageContaining("expected");
        }
      }
    }
  }

  private void step(Path phase, Path file, String target, String expected) throws Exception {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                PhaseStep.class.getName(),
                directory.resolve("pki").toString(),
                phase.toString(),
                file.toString(),
                target.equals("-") ? "-" : directory.resolve(target).toString())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(Files.readString(phase)).startsWith("musubi-seal 1 " + expected + "\n");
  }
}
