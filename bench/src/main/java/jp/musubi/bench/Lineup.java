package jp.musubi.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jp.musubi.bench.engine.Level;
import jp.musubi.bench.engine.Request;
import jp.musubi.bench.engine.Request.Task;
import jp.musubi.bench.parts.SamplePdf;
import jp.musubi.testkit.KeyKind;
import org.jspecify.annotations.Nullable;

/** 計測の顔ぶれ — The started engines of one stretch of a run; ends them when it is closed. */
final class Lineup implements AutoCloseable {
  private final Course course;
  private final List<Running> running = new ArrayList<>();

  /**
   * Who runs.
   *
   * @param process closed with the lineup
   */
  record Running(Contestant contestant, EngineProcess process) {
    /** Its name. */
    String name() {
      return contestant.name();
    }

    /** The most memory it had so far, MiB; null where the kernel does not tell. */
    @Nullable Long peakRssMiB() throws IOException {
      var peak = process.peakRssMiB();
      return peak.isPresent() ? peak.getAsLong() : null;
    }
  }

  /** Starts those of {@code who} that can take part; none named means all. */
  Lineup(Course course, Set<String> who, KeyKind keys) throws IOException {
    this.course = course;
    for (var contestant : course.present(who)) {
      running.add(new Running(contestant, course.start(contestant, keys)));
    }
  }

  /** Who runs. */
  List<Running> running() {
    return List.copyOf(running);
  }

  /** Some seconds, or half of one at a glance. */
  void warmUp() throws IOException {
    warmUp(course.quick() ? Duration.ofMillis(500) : Duration.ofSeconds(8));
  }

  /** So that code is compiled before large files, of which there are few rounds, come. */
  void warmUp(Duration time) throws IOException {
    var entries = new ArrayList<Race.Entry>();
    for (var each : running) {
      entries.add(entry(each, seal(each, Sealing.SMALL, Level.LTA)));
    }
    // What fails here fails again where it counts, and is told of there.
    Race.run(entries, new Race.Budget(time, Duration.ZERO, 0, 1), new ArrayList<>());
  }

  /** The work of sealing a fresh sample. */
  Request seal(Running who, long bytes, Level level) throws IOException {
    return new Request(
        Task.SEAL,
        course.sample(bytes, who.contestant().sample() == Contestant.Sample.PLAIN ? 0 : 1),
        target(who),
        level,
        SamplePdf.field(1),
        true,
        1);
  }

  /** Where an engine's file goes. */
  java.nio.file.Path target(Running who) {
    return course.file(who.name() + ".pdf");
  }

  /** An engine at a piece of work. */
  Race.Entry entry(Running who, Request request) {
    return new Race.Entry(who.name(), who.process(), request);
  }

  @Override
  public void close() {
    running.forEach(each -> each.process().close());
  }
}
