package jp.musubi.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import jp.musubi.bench.micro.EngineParts;
import jp.musubi.testkit.KeyKind;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** 部分の計測 — Runs JMH over {@link EngineParts}. */
final class Micro {
  private static final String[] ALL = {KeyKind.RSA_2048.name(), KeyKind.P_256.name()};
  private static final String[] GLANCE = {KeyKind.P_256.name()};

  private Micro() {}

  /** Runs it all. */
  static List<MicroRow> run(Course course) throws IOException {
    course.tell("micro: JMH, " + (course.quick() ? "a glance" : "about three minutes"));
    var options =
        new OptionsBuilder()
            .include(EngineParts.class.getName())
            .forks(1)
            .param("keys", course.quick() ? GLANCE : ALL)
            .jvmArgsAppend("--sun-misc-unsafe-memory-access=allow")
            .warmupIterations(course.quick() ? 1 : 4)
            .warmupTime(course.quick() ? TimeValue.milliseconds(300) : TimeValue.seconds(1))
            .measurementIterations(course.quick() ? 3 : 5)
            .measurementTime(course.quick() ? TimeValue.milliseconds(300) : TimeValue.seconds(1))
            .verbosity(VerboseMode.SILENT)
            .build();
    var rows = new ArrayList<MicroRow>();
    try {
      for (var result : new Runner(options).run()) {
        var primary = result.getPrimaryResult();
        rows.add(
            new MicroRow(
                Contestants.MUSUBI,
                primary.getLabel(),
                result.getParams().getParam("keys"),
                Row.rounded(primary.getScore()),
                Row.rounded(primary.getScoreError())));
      }
    } catch (RunnerException e) {
      throw new IOException("JMH did not run", e);
    }
    return rows;
  }
}
