package jp.musubi.dss;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * 検証の窓口 — The process: a line of JSON in is a {@link Request}, a line of JSON out an {@link
 * Answer}.
 *
 * <p>Without arguments it serves standard input until its end, one request after another. With
 * {@code --trust PEM… [--at INSTANT] [--evidence ERS…] [--revocation PDF…] FILE…} it judges the
 * files and ends with 0 when every signature of every file passes, 1 when not, 2 when it was called
 * wrongly. Standard output carries answers and nothing else; logs go to standard error. It opens no
 * connection.
 */
public final class DssWorker {

  private static final int COMPARED_PAGES = 200;

  private final Validation validation;
  private final JsonMapper json =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();
  private final PrintStream out;

  DssWorker(Clock clock, PrintStream out) {
    this.validation = new Validation(clock, COMPARED_PAGES);
    this.out = out;
  }

  /** Serves or judges, as the arguments say. */
  public static void main(String[] args) throws IOException {
    System.setProperty("java.awt.headless", "true");
    var answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    // A library that prints must not tear the protocol.
    System.setOut(System.err);
    var worker = new DssWorker(Clock.systemUTC(), answers);
    if (args.length > 0) {
      System.exit(worker.judge(List.of(args)));
    }
    worker.warmUp();
    worker.serve(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
  }

  /**
   * Judges the sample that comes with this program, so that the first real file does not wait for
   * classes to load; and so that a validator that does not know its own sample never answers.
   */
  void warmUp() throws IOException {
    var answer = Sample.judgedBy(validation);
    if (!answer.passed()) {
      throw new IllegalStateException("the second validator refuses its own sample: " + answer);
    }
  }

  /** Answers every line until there is none. */
  void serve(BufferedReader requests) throws IOException {
    for (var line = requests.readLine(); line != null; line = requests.readLine()) {
      if (!line.isBlank()) {
        print(answer(line));
      }
    }
  }

  /** Judges the files that the command line names; the result is the exit code. */
  int judge(List<String> arguments) {
    var trust = new ArrayList<Path>();
    var files = new ArrayList<Path>();
    var evidence = new ArrayList<Path>();
    var revocation = new ArrayList<Path>();
    @Nullable Instant at = null;
    var rest = new ArrayDeque<>(arguments);
    try {
      while (!rest.isEmpty()) {
        var word = rest.pop();
        switch (word) {
          case "--trust" -> trust.add(Path.of(rest.pop()));
          case "--evidence" -> evidence.add(Path.of(rest.pop()));
          case "--revocation" -> revocation.add(Path.of(rest.pop()));
          case "--at" -> at = Instant.parse(rest.pop());
          default -> files.add(Path.of(word));
        }
      }
    } catch (NoSuchElementException | DateTimeException | InvalidPathException _) {
      return usage();
    }
    if (trust.isEmpty() || files.isEmpty()) {
      return usage();
    }
    var passed = true;
    for (var file : files) {
      var answer =
          validation.judge(new Request(file.toString(), file, trust, at, evidence, revocation));
      print(answer);
      passed &= answer.passed();
    }
    return passed ? 0 : 1;
  }

  private static int usage() {
    System.err.println(
        "usage: dss-exec.jar [--trust PEM]... [--at INSTANT] [--evidence ERS]..."
            + " [--revocation PDF]... FILE...");
    return 2;
  }

  private Answer answer(String line) {
    Line said;
    try {
      said = json.readValue(line, Line.class);
    } catch (JacksonException e) {
      return new Answer.Refused(null, "malformed-request", e.toString());
    }
    try {
      if (said.pdf() == null || said.trust() == null) {
        return new Answer.Refused(said.id(), "malformed-request", "pdf and trust are needed");
      }
      var trust = said.trust().stream().map(Path::of).toList();
      var at = said.at() == null ? null : Instant.parse(said.at());
      return validation.judge(new Request(said.id(), Path.of(said.pdf()), trust, at));
    } catch (DateTimeException | InvalidPathException e) {
      return new Answer.Refused(said.id(), "malformed-request", e.toString());
    }
  }

  private void print(Answer answer) {
    out.println(json.writeValueAsString(answer));
  }

  /** A request as it stands on the wire. */
  private record Line(
      @Nullable String id,
      @Nullable String pdf,
      @Nullable List<String> trust,
      @Nullable String at) {}
}
