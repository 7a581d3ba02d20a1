package jp.musubi.seal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Other people's programs as judges of our files. A judge that is not there is skipped by name. */
public final class Judges {
  /** Made by building module dss. */
  private static final Path DSS = Path.of("../dss/target/dss-exec.jar");

  private Judges() {}

  /**
   * What a judge answered.
   *
   * @param exit its exit status
   * @param text standard output and standard error
   */
  public record Verdict(int exit, String text) {}

  /** Whether a program is installed. */
  static boolean has(String program) {
    return Arrays.stream(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** Runs an installed program. */
  public static Verdict installed(String program, String... arguments) throws IOException {
    assumeTrue(has(program), program + " is not installed");
    var command = new java.util.ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    return run(command);
  }

  /** EU DSS, offline, trusting one root. */
  public static Verdict dss(Path root, Path file) throws IOException {
    assumeTrue(Files.exists(DSS), "EU DSS has not been built: mvn -pl dss package");
    return run(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-jar",
            DSS.toString(),
            "--trust",
            root.toString(),
            file.toString()));
  }

  /** EU DSS, offline, at a time, with evidence records beside each of the files. */
  public static Verdict dss(List<Path> roots, List<Path> files, List<Path> evidence, Instant at)
      throws IOException {
    assumeTrue(Files.exists(DSS), "EU DSS has not been built: mvn -pl dss package");
    var command =
        new java.util.ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-jar",
                DSS.toString(),
                "--at",
                at.toString()));
    files.forEach(file -> command.add(file.toString()));
    evidence.forEach(each -> command.addAll(List.of("--evidence", each.toString())));
    roots.forEach(root -> command.addAll(List.of("--trust", root.toString())));
    return run(command);
  }

  private static Verdict run(List<String> command) throws IOException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return new Verdict(process.waitFor(), text);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + command.getFirst() + " was judging", e);
    }
  }
}
