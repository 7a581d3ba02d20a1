package jp.musubi.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** The installed openssl as an independent judge; a test is skipped with a word without it. */
final class Openssl {

  private final Path directory;

  Openssl(Path directory) {
    this.directory = directory;
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(":", -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "openssl"))),
        "openssl is not installed");
  }

  /** Everything it said. */
  String run(String... arguments) throws IOException, InterruptedException {
    var command = Stream.concat(Stream.of("openssl"), Arrays.stream(arguments)).toList();
    var process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }
}
