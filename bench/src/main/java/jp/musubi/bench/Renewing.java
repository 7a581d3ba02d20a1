package jp.musubi.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jp.musubi.bench.engine.RenewalMain;
import jp.musubi.testkit.KeyKind;
import tools.jackson.databind.json.JsonMapper;

/** 更新の計測 — One timestamp over a thousand to a million documents, each number in a fresh process. */
final class Renewing {
  private static final int MANY = 1_000_000;
  private static final int ROUNDS = 5;

  private Renewing() {}

  /** Runs it all. */
  static List<RenewRow> run(Course course) throws IOException {
    var rows = new ArrayList<RenewRow>();
    for (var documents = 1_000; documents <= (course.quick() ? MANY / 10 : MANY); documents *= 10) {
      course.tell("renew: %,d documents".formatted(documents));
      rows.add(row(documents, took(course, documents)));
    }
    return rows;
  }

  private static RenewRow row(int documents, RenewalMain.Took took) {
    return new RenewRow(
        Contestants.MUSUBI,
        documents,
        Row.rounded(took.treeMillis()),
        Row.rounded(took.stampMillis()),
        Row.rounded(took.recordsMillis()),
        Row.rounded(documents * 1000 / took.millis()),
        took.largestRecordBytes(),
        took.timestamps());
  }

  private static RenewalMain.Took took(Course course, int documents) throws IOException {
    var command =
        new ArrayList<>(
            course
                .contestants()
                .java(
                    "bench",
                    RenewalMain.class.getName(),
                    Contestants.HEAP,
                    course.parts(KeyKind.P_256)));
    command.addAll(List.of(Integer.toString(documents), Integer.toString(ROUNDS)));
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (line.isBlank()) {
      throw new IOException("the renewal of %,d documents failed".formatted(documents));
    }
    return JsonMapper.builder().build().readValue(line, RenewalMain.Took.class);
  }
}
