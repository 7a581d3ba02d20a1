package jp.musubi.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jp.musubi.bench.engine.Level;
import jp.musubi.bench.engine.Reply;
import jp.musubi.bench.engine.Request;
import jp.musubi.bench.engine.Request.Task;
import jp.musubi.bench.parts.SamplePdf;
import jp.musubi.testkit.KeyKind;
import org.jspecify.annotations.Nullable;

/** 記憶量の計測 — Large files under a small heap: who can, and how much memory the process took. */
final class Remembering {
  private static final Set<String> WHO = Set.of(Contestants.MUSUBI, Contestants.DSS);
  private static final int HEAP_MIB = 128;
  private static final long HUGE = 500_000_000;

  private Remembering() {}

  /** Runs it all. */
  static List<MemoryRow> run(Course course) throws IOException {
    var rows = new ArrayList<MemoryRow>();
    for (var contestant : course.present(WHO)) {
      var able = true;
      for (var bytes : course.quick() ? List.of(Sealing.LARGE) : List.of(Sealing.LARGE, HUGE)) {
        if (able) {
          course.tell("memory: %s, %,d bytes".formatted(contestant.name(), bytes));
          var row = once(course, contestant, bytes);
          rows.add(row);
          able = row.sealed();
        }
      }
    }
    return rows;
  }

  private static MemoryRow once(Course course, Contestant contestant, long bytes)
      throws IOException {
    var source = course.sample(bytes, 1);
    var target = course.file(contestant.name() + "-large.pdf");
    try (var process = course.start(contestant.withHeap(HEAP_MIB), KeyKind.RSA_2048)) {
      var reply =
          process.ask(
              new Request(Task.SEAL, source, target, Level.LTA, SamplePdf.field(1), true, 1));
      var peak = process.peakRssMiB();
      @Nullable Long rss = peak.isPresent() ? peak.getAsLong() : null;
      return switch (reply) {
        case Reply.Done done ->
            row(contestant, source, true, Row.rounded(done.nanos().getFirst() / 1e6), rss, null);
        case Reply.Cannot(var why) -> row(contestant, source, false, null, rss, why);
        case Reply.Failed(var why) -> row(contestant, source, false, null, rss, why);
      };
    } finally {
      Files.deleteIfExists(target);
    }
  }

  private static MemoryRow row(
      Contestant contestant,
      java.nio.file.Path source,
      boolean sealed,
      @Nullable Double millis,
      @Nullable Long rss,
      @Nullable String why)
      throws IOException {
    return new MemoryRow(
        contestant.name(),
        Files.size(source),
        Level.LTA.word(),
        HEAP_MIB,
        sealed,
        millis,
        rss,
        why);
  }
}
