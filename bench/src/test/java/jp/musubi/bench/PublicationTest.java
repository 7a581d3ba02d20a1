package jp.musubi.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("計測の公表")
class PublicationTest {
  private static final Machine MACHINE =
      new Machine("a processor", 2, "a Java", true, true, LocalDate.of(2026, 11, 24));

  @TempDir Path directory;

  @Test
  @DisplayName("印のあいだだけを書き換え、ほかはそのまま残す")
  void replacesOnlyWhatStandsBetweenMarkers() throws Exception {
    var page = directory.resolve("README.md");
    Files.writeString(page, "before\n<!-- bench:memory -->\nold\n<!-- /bench:memory -->\nafter\n");

    new Publication(directory).publish(Benchmark.MEMORY, rows(), MACHINE);

    assertThat(page)
        .content()
        .startsWith("before\n<!-- bench:memory -->\n![")
        .endsWith("<!-- /bench:memory -->\nafter\n")
        .contains("(memory.svg)", "| musubi | 50000000 | B-LTA | 128 | yes |", "2 cores")
        .doesNotContain("old");
    assertThat(directory.resolve("memory.json")).exists();
  }

  @Test
  @DisplayName("図は整った XML で、題と説明を持ち、数字が文字でも読める")
  void drawsAPictureThatCanBeReadAloud() throws Exception {
    Files.writeString(
        directory.resolve("README.md"), "<!-- bench:memory -->\n<!-- /bench:memory -->\n");

    new Publication(directory).publish(Benchmark.MEMORY, rows(), MACHINE);

    var svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(directory.resolve("memory.svg").toFile());
    assertThat(svg.getDocumentElement().getAttribute("role")).isEqualTo("img");
    assertThat(text(svg.getElementsByTagName("title").item(0))).contains("Peak memory");
    assertThat(text(svg.getElementsByTagName("desc").item(0))).contains("musubi 120");
    assertThat(svg.getElementsByTagName("rect").getLength()).isEqualTo(1);
  }

  @Test
  @DisplayName("印のない頁には書かない")
  void refusesAPageWithoutMarkers() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Publication.inserted("a page", "seal", "figures"));
  }

  @Test
  @DisplayName("公表の頁には、すべての計測の印がある")
  void hasAPageWithMarkersForEveryBenchmark() throws IOException {
    var page = Files.readString(Path.of("../docs/performance/README.md"));

    assertThat(Benchmark.values())
        .allSatisfy(benchmark ->
            assertThat(Publication.inserted(page, benchmark.word(), "figures"))
                .contains("figures"));
  }

  private static String text(org.w3c.dom.Node node) {
    return Objects.requireNonNull(node.getTextContent());
  }

  private static List<MemoryRow> rows() {
    return List.of(
        new MemoryRow("musubi", 50_000_000, "B-LTA", 128, true, 100.0, 120L, null),
        new MemoryRow("dss", 50_000_000, "B-LTA", 128, false, null, 210L, "no heap"));
  }
}
