package jp.musubi.seal.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGeneratorFactory;
import jp.musubi.seal.inspection.Action;
import jp.musubi.seal.inspection.Finding;
import jp.musubi.seal.inspection.Rebuilt;
import jp.musubi.seal.isolation.WorkerLimits;
import jp.musubi.seal.isolation.WorkerLost;
import jp.musubi.seal.isolation.WorkerMain;
import jp.musubi.seal.isolation.Workers;
import jp.musubi.seal.isolation.WorkersUnavailable;
import jp.musubi.testkit.ClassPathJar;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** For some seconds; for minutes with {@code -Dmusubi.fuzz.minutes=N}, from a fresh seed. */
@DisplayName("壊したPDF")
class MutationTest {
  private static final Duration SLICE = Duration.ofSeconds(6);
  private static final int TOLD = 1_000;
  private static final Duration LONGEST = Duration.ofSeconds(10);

  @TempDir Path folder;

  @Test
  @DisplayName("どう壊しても、理由を示して断るか、内容を保ったまま書き直す")
  void isRefusedForAReasonOrKeepsItsContent() throws Exception {
    var minutes = Long.getLong("musubi.fuzz.minutes", 0);
    var time = minutes > 0 ? Duration.ofMinutes(minutes) : SLICE;
    var seed = Long.getLong("musubi.fuzz.seed", minutes > 0 ? System.nanoTime() : 20_261_123L);
    System.out.println("seed " + seed);
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    var seeds = Seeds.all();
    var mutator = new Mutator(random);
    var limits = new WorkerLimits(256, LONGEST, LONGEST, LONGEST);
    var wrong = new ArrayList<String>();
    var counts = new TreeMap<String, Integer>();
    var jar = ClassPathJar.running(WorkerMain.class.getName());
    var began = System.nanoTime();
    try (var workers = new Workers(jar, limits, 1)) {
      // The pages are drawn where the service has them drawn, within the same limits.
      var oracle = new Oracle(folder, (pdf, page, width) -> drawn(workers, pdf, page, width));
      while (System.nanoTime() - began < time.toNanos() && wrong.size() < 20) {
        var pdf =
            mutator.mutate(
                seeds.get(random.nextInt(seeds.size())), seeds.get(random.nextInt(seeds.size())));
        var source = Files.write(folder.resolve("in.pdf"), pdf);
        var outcome = workers.rebuild(source, oracle.target());
        counts.merge(outcome.getClass().getSimpleName(), 1, Integer::sum);
        counts.merge("mutants", 1, Integer::sum);
        if (outcome.inspection().findings().stream().anyMatch(MutationTest::outOfMemory)) {
          counts.merge("out of its process's memory", 1, Integer::sum);
          // No failure, and yet worth a look by whoever ran it: the console is all they have.
          System.out.println("more memory than its process has: " + keep(source));
        }
        judge(oracle, source, outcome).forEach(reason -> wrong.add(keep(source) + ": " + reason));
        if (counts.getOrDefault("mutants", 0) % TOLD == 0) {
          // A run of an hour says how far it is.
          System.out.println(counts);
        }
      }
    }
    System.out.println(counts);
    assertThat(wrong).as("seed " + seed).isEmpty();
    assertThat(counts).containsKeys("Refused", "Written");
  }

  private static byte[] drawn(Workers workers, Path pdf, int page, int width) throws IOException {
    try {
      return workers.image(pdf, page, width);
    } catch (WorkerLost | WorkersUnavailable e) {
      throw new IOException("page " + page + " was written and cannot be drawn", e);
    }
  }

  private static List<String> judge(Oracle oracle, Path source, Rebuilt outcome) {
    var wrong = new ArrayList<String>();
    try {
      oracle.judge(source, outcome).ifPresent(wrong::add);
    } catch (IOException e) {
      wrong.add(e.toString());
    }
    outcome.inspection().findings().stream()
        .filter(finding -> finding.action() == Action.REJECT)
        .filter(MutationTest::unfinished)
        .map(Finding::toString)
        .forEach(wrong::add);
    return wrong;
  }

  /**
   * Neither an exception nor a deadline. A file of a kilobyte can ask a decoder for gigabytes; that
   * the process ends over it, and its file is refused, is what the process is for.
   */
  private static boolean unfinished(Finding finding) {
    return (finding.what().equals("not-finished") && !outOfMemory(finding))
        || finding.what().equals("rebuild-differs");
  }

  private static boolean outOfMemory(Finding finding) {
    return finding.what().equals("not-finished") && finding.detail().startsWith("more memory");
  }

  /** Where the damaged file can be looked at. */
  private static Path keep(Path source) {
    try {
      var kept = Files.createTempFile("musubi-mutant", ".pdf");
      return Files.write(kept, Files.readAllBytes(source));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
