package jp.musubi.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jp.musubi.bench.engine.Level;
import jp.musubi.bench.engine.Reply;
import jp.musubi.bench.engine.Request;
import jp.musubi.bench.engine.Request.Task;
import jp.musubi.bench.parts.SamplePdf;
import jp.musubi.testkit.KeyKind;

/** 検証の計測 — Our validator beside EU DSS, on files that our engine sealed (B-LTA). */
final class Validating {
  private static final Set<String> WHO = Set.of(Contestants.MUSUBI, Contestants.DSS);

  private final Course course;
  private final Lineup lineup;
  private final Lineup.Running sealer;
  private final List<ValidateRow> rows = new ArrayList<>();

  private Validating(Course course, Lineup lineup, Lineup.Running sealer) {
    this.course = course;
    this.lineup = lineup;
    this.sealer = sealer;
  }

  /** Runs it all. */
  static List<ValidateRow> run(Course course) throws IOException {
    try (var lineup = new Lineup(course, WHO, KeyKind.RSA_2048)) {
      for (var each : lineup.running()) {
        if (each.name().equals(Contestants.MUSUBI)) {
          var validating = new Validating(course, lineup, each);
          validating.file(Sealing.SMALL, 1);
          validating.file(Sealing.SMALL, 3);
          validating.file(Sealing.MIDDLE, 1);
          validating.file(Sealing.LARGE, 1);
          return validating.rows;
        }
      }
    }
    course.tell("not measured: there is nobody to seal what is to be validated");
    return List.of();
  }

  private void file(long bytes, int signatures) throws IOException {
    course.tell("validate: %,d bytes, %d signatures".formatted(bytes, signatures));
    var file = sealed(bytes, signatures);
    var entries = new ArrayList<Race.Entry>();
    for (var each : lineup.running()) {
      entries.add(
          lineup.entry(each, new Request(Task.VALIDATE, file, file, Level.LTA, "", false, 1)));
    }
    var notes = new ArrayList<String>();
    var samples = Race.run(entries, budget(bytes), notes);
    notes.forEach(note -> course.tell("  " + note));
    for (var each : lineup.running()) {
      var sample = samples.get(each.name());
      if (sample != null) {
        var other = samples.get(Contestants.DSS);
        rows.add(
            new ValidateRow(
                each.name(),
                Files.size(file),
                signatures,
                Row.rounded(sample.medianMillis()),
                Row.rounded(sample.p99Millis()),
                Row.rounded(sample.perSecond()),
                each.peakRssMiB(),
                sample.rounds(),
                each.name().equals(Contestants.MUSUBI) && other != null
                    ? Row.rounded(other.medianMillis() / sample.medianMillis())
                    : null));
      }
    }
  }

  private Race.Budget budget(long bytes) {
    if (bytes >= Sealing.LARGE) {
      return new Race.Budget(Duration.ZERO, Duration.ofSeconds(course.quick() ? 1 : 5), 2, 50);
    }
    return course.quick()
        ? new Race.Budget(Duration.ofSeconds(1), Duration.ofSeconds(1), 5, 100)
        : new Race.Budget(Duration.ofSeconds(5), Duration.ofSeconds(5), 20, 400);
  }

  private Path sealed(long bytes, int signatures) throws IOException {
    var source = course.sample(bytes, signatures);
    for (var n = 1; n <= signatures; n++) {
      var target = course.file("sealed-%d-%d-%d.pdf".formatted(bytes, signatures, n));
      var level = n == signatures ? Level.LTA : Level.T;
      var reply =
          sealer
              .process()
              .ask(new Request(Task.SEAL, source, target, level, SamplePdf.field(n), n == 1, 1));
      source =
          switch (reply) {
            case Reply.Done _ -> target;
            case Reply.Cannot(var why) -> throw new IOException("nothing to validate: " + why);
            case Reply.Failed(var why) -> throw new IOException("nothing to validate: " + why);
          };
    }
    return source;
  }
}
