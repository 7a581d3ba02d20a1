package jp.musubi.seal.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jp.musubi.seal.Corpus;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code docs/validation-corpus.tsv} against what the validator says today. */
@Tag("slow")
@DisplayName("公開されている署名済みPDFの見本への判定")
class CorpusTableTest {
  private static final Path TABLE = Path.of("../docs/validation-corpus.tsv");
  private static final long LONGEST_MILLIS = 10_000;

  @Test
  @DisplayName("どの見本への判定も、256MBのメモリーで、表に書いたとおりである")
  void saysOfEverySampleWhatTheTableSays() throws Exception {
    var files =
        Stream.concat(Corpus.slice("dss", 1).stream(), Corpus.slice("pyhanko", 1).stream())
            .toList();
    var said = new LinkedHashMap<String, String>();
    for (var line : judged(files)) {
      var parts = line.split("\t", -1);
      said.put(parts[0], parts[1] + "\t" + parts[2]);
      assertThat(Long.parseLong(parts[4])).as(line).isLessThan(LONGEST_MILLIS);
    }
    assertThat(said).hasSize(files.size());
    assertThat(said).containsExactlyInAnyOrderEntriesOf(table());
  }

  private static Map<String, String> table() throws IOException {
    var rows = new LinkedHashMap<String, String>();
    for (var line : Files.readAllLines(TABLE)) {
      if (!line.startsWith("#")) {
        var parts = line.split("\t", -1);
        rows.put(parts[0], parts[1] + "\t" + parts[2]);
      }
    }
    return rows;
  }

  private static List<String> judged(List<Path> files) throws Exception {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                CorpusVerdicts.class.getName()));
    files.forEach(file -> command.add(file.toString()));
    var errors = Files.createTempFile("corpus", ".err");
    var process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    process.getOutputStream().close();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
    Files.delete(errors);
    return text.lines().toList();
  }
}
