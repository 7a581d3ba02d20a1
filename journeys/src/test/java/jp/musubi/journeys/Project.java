package jp.musubi.journeys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The built project, as its users have it. */
final class Project {
  private Project() {}

  /** The folder that holds {@code ./musubi}. */
  static Path root() {
    return Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
        .takeWhile(folder -> folder != null)
        .filter(folder -> Files.exists(folder.resolve("musubi")))
        .findFirst()
        .orElseThrow();
  }

  /** What a command printed, and how it ended. */
  record Outcome(int exit, String text) {}

  /** Runs a command to its end. */
  static Outcome run(List<String> command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), text);
  }

  /** Whether a program is installed. */
  static boolean has(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** What {@code ./musubi audit} says of a home. */
  static Outcome audit(Path home) throws IOException, InterruptedException {
    return run(ServiceProcess.audit(root(), home));
  }

  /** The offline verifier's verdict on a file. */
  static Outcome verify(Path pdf, Path trust) throws IOException, InterruptedException {
    return run(
        List.of(
            java(),
            "-jar",
            root().resolve("verifier/target/verifier-exec.jar").toString(),
            "verify",
            "--trust",
            trust.toString(),
            pdf.toString()));
  }
}
