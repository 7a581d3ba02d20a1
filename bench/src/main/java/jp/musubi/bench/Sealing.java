package jp.musubi.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.musubi.bench.engine.Level;
import jp.musubi.testkit.KeyKind;
import org.jspecify.annotations.Nullable;

/**
 * 封緘の計測 — One seal on a fresh document: every engine, three sizes, three levels, two kinds of key.
 */
final class Sealing {
  static final long SMALL = 100_000;
  static final long MIDDLE = 2_000_000;
  static final long LARGE = 50_000_000;

  private static final List<Level> LEVELS = List.of(Level.B, Level.T, Level.LTA);
  private static final Set<String> CORE =
      Set.of(Contestants.LIMIT, Contestants.MUSUBI, Contestants.DSS);

  private final Course course;
  private final List<SealRow> rows = new ArrayList<>();

  private Sealing(Course course) {
    this.course = course;
  }

  /** Runs it all. */
  static List<SealRow> run(Course course) throws IOException {
    var sealing = new Sealing(course);
    for (var bytes : List.of(SMALL, MIDDLE, LARGE)) {
      sealing.files(
          bytes, KeyKind.RSA_2048, LEVELS, course.quick() && !course.choosy() ? CORE : Set.of());
    }
    for (var bytes : List.of(SMALL, MIDDLE)) {
      sealing.files(bytes, KeyKind.P_256, List.of(Level.LTA), CORE);
    }
    return sealing.rows;
  }

  /** Runs one size with one kind of key. */
  static List<SealRow> run(Course course, long bytes, KeyKind keys, List<Level> levels)
      throws IOException {
    var sealing = new Sealing(course);
    sealing.files(bytes, keys, levels, Set.of());
    return sealing.rows;
  }

  private Race.Budget budget(long bytes) {
    if (bytes >= LARGE) {
      return course.quick()
          ? new Race.Budget(Duration.ZERO, Duration.ofSeconds(1), 2, 20)
          : new Race.Budget(Duration.ofMillis(200), Duration.ofSeconds(4), 7, 50);
    }
    return course.quick()
        ? new Race.Budget(Duration.ofMillis(600), Duration.ofMillis(600), 5, 100)
        : new Race.Budget(Duration.ofMillis(2000), Duration.ofMillis(3000), 20, 400);
  }

  private void files(long bytes, KeyKind keys, List<Level> levels, Set<String> who)
      throws IOException {
    try (var lineup = new Lineup(course, who, keys)) {
      lineup.warmUp();
      for (var level : levels) {
        course.tell("seal: %,d bytes, %s, %s".formatted(bytes, level.word(), keys));
        level(lineup, bytes, keys, level);
      }
    }
  }

  private void level(Lineup lineup, long bytes, KeyKind keys, Level level) throws IOException {
    var notes = new ArrayList<String>();
    var entries = new ArrayList<Race.Entry>();
    for (var each : lineup.running()) {
      entries.add(lineup.entry(each, lineup.seal(each, bytes, level)));
    }
    var samples = Race.run(entries, budget(bytes), notes);
    notes.forEach(note -> course.tell("  " + note));
    for (var each : lineup.running()) {
      var sample = samples.get(each.name());
      if (sample != null) {
        var source = lineup.seal(each, bytes, level).file();
        rows.add(row(each, Files.size(source), keys, level, sample, samples));
      }
    }
  }

  private SealRow row(
      Lineup.Running running,
      long bytes,
      KeyKind keys,
      Level level,
      Samples sample,
      Map<String, Samples> all)
      throws IOException {
    var name = running.name();
    var ours = name.equals(Contestants.MUSUBI);
    return new SealRow(
        name,
        bytes,
        level.word(),
        Row.rounded(sample.medianMillis()),
        Row.rounded(sample.p99Millis()),
        Row.rounded(sample.perSecond()),
        running.peakRssMiB(),
        keys.name(),
        sample.bytes() == 0 ? null : sample.bytes() - bytes,
        sample.rounds(),
        sample.keyOperations() == 0 ? null : sample.keyOperations(),
        sample.keyOperations() == 0 ? null : Row.rounded(sample.partsMillis()),
        ours ? ratio(sample, all.get(Contestants.LIMIT)) : null,
        ours ? inverse(ratio(sample, all.get(Contestants.DSS))) : null,
        Optional.of(running.contestant().note()).filter(note -> !note.isEmpty()).orElse(null));
  }

  private static @Nullable Double ratio(Samples sample, @Nullable Samples other) {
    return other == null ? null : Row.rounded(sample.medianMillis() / other.medianMillis());
  }

  private static @Nullable Double inverse(@Nullable Double ratio) {
    return ratio == null ? null : Row.rounded(1 / ratio);
  }
}
