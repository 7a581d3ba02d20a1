package jp.musubi.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.musubi.bench.engine.Level;
import jp.musubi.bench.engine.Request;
import jp.musubi.bench.engine.Request.Task;
import jp.musubi.bench.parts.SamplePdf;
import jp.musubi.testkit.KeyKind;

/** 署名数の計測 — Signature after signature on one file, each engine on its own (B-T). */
final class Growing {
  private static final int SIGNATURES = 30;
  private static final Set<String> WHO =
      Set.of(Contestants.LIMIT, Contestants.MUSUBI, Contestants.DSS);

  private final Course course;
  private final Lineup lineup;
  private final Map<String, Path> sources = new HashMap<>();
  private final Map<String, Double> first = new HashMap<>();
  private final List<GrowthRow> rows = new ArrayList<>();

  private Growing(Course course, Lineup lineup) {
    this.course = course;
    this.lineup = lineup;
  }

  /** Runs it all. */
  static List<GrowthRow> run(Course course) throws IOException {
    try (var lineup = new Lineup(course, WHO, KeyKind.RSA_2048)) {
      // What gets faster while it warms up would make the first signature look dear.
      lineup.warmUp(course.quick() ? Duration.ofSeconds(3) : Duration.ofSeconds(10));
      var growing = new Growing(course, lineup);
      course.tell("growth: %d signatures on %,d bytes".formatted(SIGNATURES, Sealing.SMALL));
      for (var n = 1; n <= SIGNATURES; n++) {
        growing.signature(n);
      }
      return growing.rows;
    }
  }

  private void signature(int n) throws IOException {
    var budget =
        course.quick()
            ? new Race.Budget(Duration.ZERO, Duration.ofMillis(50), 3, 20)
            : new Race.Budget(Duration.ofMillis(200), Duration.ofMillis(800), 9, 100);
    var entries = new ArrayList<Race.Entry>();
    for (var each : lineup.running()) {
      if (!each.name().equals(Contestants.LIMIT)) {
        entries.add(lineup.entry(each, request(each, n)));
      }
    }
    var notes = new ArrayList<String>();
    var samples = Race.run(entries, budget, notes);
    notes.forEach(note -> course.tell("  signature " + n + ": " + note));
    for (var each : lineup.running()) {
      var sample = samples.get(each.name());
      if (sample != null) {
        add(each, n, sample);
      }
    }
  }

  private Request request(Lineup.Running each, int n) throws IOException {
    var source = sources.get(each.name());
    return new Request(
        Task.SEAL,
        source == null ? course.sample(Sealing.SMALL, SIGNATURES) : source,
        lineup.target(each),
        Level.T,
        SamplePdf.field(n),
        n == 1,
        1);
  }

  private void add(Lineup.Running each, int n, Samples sample) throws IOException {
    var request = request(each, n);
    var bytes = Files.size(request.file());
    var hash = hashMillis(request);
    var own = sample.medianMillis() - hash;
    first.putIfAbsent(each.name(), own);
    rows.add(
        new GrowthRow(
            each.name(),
            n,
            bytes,
            Row.rounded(sample.medianMillis()),
            Row.rounded(hash),
            sample.bytes() - bytes,
            sample.rounds(),
            Row.rounded(own / first.getOrDefault(each.name(), own))));
    var next = course.file("%s-%d.pdf".formatted(each.name(), n));
    Files.move(request.target(), next, StandardCopyOption.REPLACE_EXISTING);
    sources.put(each.name(), next);
  }

  /** What the limit takes to hash the file; nought when the limit does not run. */
  private double hashMillis(Request sealed) throws IOException {
    for (var each : lineup.running()) {
      if (each.name().equals(Contestants.LIMIT)) {
        var hash =
            new Request(Task.SEAL, sealed.file(), lineup.target(each), Level.HASH, "", false, 1);
        var samples =
            Race.run(
                List.of(lineup.entry(each, hash)),
                new Race.Budget(Duration.ZERO, Duration.ZERO, 9, 9),
                new ArrayList<>());
        var sample = samples.get(each.name());
        return sample == null ? 0 : sample.medianMillis();
      }
    }
    return 0;
  }
}
