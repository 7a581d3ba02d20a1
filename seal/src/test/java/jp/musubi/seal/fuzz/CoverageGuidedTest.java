package jp.musubi.seal.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jazzer on {@link PdfTarget}, in a process of its own: for seconds, or for minutes with {@code
 * -Dmusubi.fuzz.minutes=N}. Input that it finds wrong is kept in {@code target/fuzz}.
 */
@DisplayName("網羅を目指して作った入力")
class CoverageGuidedTest {
  private static final long SLICE_SECONDS = 5;

  @TempDir Path folder;

  @Test
  @Tag("slow")
  @DisplayName("どのような入力でも、許されない例外や内容の欠落を起こさない")
  void breaksNothing() throws Exception {
    var seconds = Math.max(SLICE_SECONDS, Long.getLong("musubi.fuzz.minutes", 0) * 60);
    var seeds = Files.createDirectories(folder.resolve("seeds"));
    var number = 0;
    // A slice starts from our own three: to read all of the corpora takes longer than it has.
    var all = Seeds.all();
    for (var seed : seconds > SLICE_SECONDS ? all : all.subList(0, 3)) {
      Files.write(seeds.resolve("seed-" + number++), seed);
    }
    var found = Files.createDirectories(Path.of("target/fuzz").toAbsolutePath());
    var process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx512m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "com.code_intelligence.jazzer.Jazzer",
                    "--target_class=" + PdfTarget.class.getName(),
                    "--instrumentation_includes=jp.musubi.seal.**:org.apache.pdfbox.pdfparser.**"
                        + ":org.apache.pdfbox.cos.**",
                    Files.createDirectories(folder.resolve("made")).toString(),
                    seeds.toString(),
                    "-max_total_time=" + seconds,
                    "-max_len=30000",
                    "-timeout=60",
                    "-rss_limit_mb=3000",
                    "-print_final_stats=1",
                    "-artifact_prefix=" + found + "/"))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    var exit = process.waitFor();
    said.lines().filter(line -> line.startsWith("stat::")).forEach(System.out::println);
    assertThat(exit).as(said).isZero();
    assertThat(said).contains("Done ");
  }
}
