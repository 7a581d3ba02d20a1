package jp.musubi.seal.isolation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import jp.musubi.seal.archival.Archivist;
import jp.musubi.seal.inspection.InspectionLimits;
import jp.musubi.seal.inspection.Inspector;
import jp.musubi.seal.inspection.Likeness;
import jp.musubi.seal.inspection.Rebuild;
import jp.musubi.seal.inspection.Rebuilt;
import jp.musubi.seal.pages.PageImages;
import jp.musubi.seal.pages.PageText;
import jp.musubi.seal.validation.ValidationReport;
import jp.musubi.seal.validation.Validator;
import org.jspecify.annotations.Nullable;

/**
 * 作業プロセス — the process that opens files nobody has looked at yet. It answers one question after the
 * other from standard input, opens no connection, and ends with whoever started it.
 */
public final class WorkerMain {
  private final InspectionLimits limits = InspectionLimits.standard();

  private WorkerMain() {}

  /** Serves standard input until its end. */
  public static void main(String[] args) throws IOException {
    var answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    // A library that prints must not tear the protocol.
    System.setOut(System.err);
    // A process caught in a loop does not read the end of its input.
    ProcessHandle.current()
        .parent()
        .ifPresent(parent -> Thread.ofPlatform().daemon().start(() -> endWith(parent)));
    var questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var worker = new WorkerMain();
    for (var line = questions.readLine(); line != null; line = questions.readLine()) {
      answers.print(Wire.line(worker.answer(Wire.question(line))));
      answers.flush();
    }
    System.exit(0);
  }

  private static void endWith(ProcessHandle parent) {
    parent.onExit().join();
    Runtime.getRuntime().halt(1);
  }

  private Wire.Answer answer(Wire.Question question) {
    var id = question.id();
    var pdf = Path.of(question.pdf());
    try {
      return switch (question.task()) {
        case GREET -> Wire.Answer.done(id);
        case INSPECT -> Wire.Answer.of(id, Inspector.inspect(pdf, limits));
        case REBUILD -> rebuild(id, pdf, Path.of(question.target()));
        case IMAGE -> {
          Files.write(
              Path.of(question.target()),
              PageImages.render(pdf, question.page(), question.width()));
          yield Wire.Answer.done(id);
        }
        case TEXT -> Wire.Answer.text(id, PageText.extract(pdf, question.page()));
        case WHOLE_TEXT ->
            Wire.Answer.of(id, PageText.extractAll(pdf, question.page(), question.width()));
        case ARCHIVAL -> Wire.Answer.of(id, Archivist.check(pdf));
        case LIKENESS ->
            Wire.Answer.of(id, Likeness.compare(pdf, Path.of(question.target()), limits));
        case VALIDATE -> Wire.Answer.of(id, validate(pdf, question.policy()));
      };
    } catch (IndexOutOfBoundsException e) {
      return Wire.Answer.failed(id, String.valueOf(e.getMessage()), true);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      return Wire.Answer.failed(id, e.toString(), false);
    }
  }

  private static ValidationReport validate(Path pdf, Wire.@Nullable Policy policy)
      throws IOException {
    if (policy == null) {
      throw new IllegalArgumentException("a file is judged by a policy");
    }
    return Validator.validate(pdf, policy.read());
  }

  private Wire.Answer rebuild(String id, Path pdf, Path target) throws IOException {
    return switch (Rebuild.rebuild(pdf, target, limits)) {
      case Rebuilt.Refused(var inspection) -> Wire.Answer.of(id, inspection);
      case Rebuilt.Written(var sha256, var pages, var inspection) ->
          new Wire.Answer(
              id, inspection, sha256.hex(), pages, null, null, null, null, false, false);
    };
  }
}
