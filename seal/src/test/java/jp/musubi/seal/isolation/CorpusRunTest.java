package jp.musubi.seal.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import jp.musubi.seal.Corpus;
import jp.musubi.testkit.ClassPathJar;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of each folder a slice; all of it with {@code -Dmusubi.corpus=all}. */
@DisplayName("公開されているPDFの見本を、上限つきのプロセスで")
class CorpusRunTest {
  private static final boolean ALL = "all".equals(System.getProperty("musubi.corpus"));

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"pdfjs, 20", "verapdf, 16", "pyhanko, 16", "dss, 16", "real, 1"})
  @DisplayName("検査は必ず終わり、受け付けたものは再構成しても締結しても同じに見える")
  void everyFileIsAcceptedOrRefusedForAReason(String name, int every) throws Exception {
    var files = ALL ? all(name) : Corpus.slice(name, every);
    try (var run = new CorpusRun(folder, ClassPathJar.running(WorkerMain.class.getName()))) {
      for (var file : files) {
        run.take(file);
      }
      System.out.println(run.table(name));
      assertThat(run.wrong()).isEmpty();
    }
  }

  private static List<Path> all(String name) throws Exception {
    return Corpus.slice(name, 1);
  }
}
