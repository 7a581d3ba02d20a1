package jp.musubi.conversion;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * 切り離したプロセス. Another's program with bounded time and output, without any network, of which nothing
 * is left when it is over.
 */
final class Confined {
  private static final Logger LOG = LoggerFactory.getLogger(Confined.class);

  /** What a process may write into one file. */
  static final long MOST_BYTES = 100L << 20;

  /** A namespace of users and one of networks of its own, which has not even a loopback. */
  private static final List<String> ALONE =
      List.of("unshare", "--user", "--map-root-user", "--net", "--");

  private Confined() {}

  /**
   * What is to be run.
   *
   * @param limits further ones, as {@code prlimit} takes them
   * @param program with its arguments
   * @param environment all of it, beside a plain {@code PATH}
   */
  record Job(List<String> limits, List<String> program, Map<String, String> environment) {}

  /**
   * Runs it in a folder, which is also its home; whether it ended in time. What it says goes to the
   * file {@code said} there.
   */
  static boolean run(Job job, Path folder, Duration deadline)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(ALONE);
    command.addAll(List.of("prlimit", "--cpu=" + deadline.toSeconds(), "--fsize=" + MOST_BYTES));
    command.addAll(job.limits());
    command.add("--");
    command.addAll(job.program());
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said(folder).toFile());
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of(
                "PATH",
                "/usr/local/bin:/usr/bin:/bin",
                "HOME",
                folder.toString(),
                "TMPDIR",
                folder.toString(),
                "LANG",
                "C.UTF-8"));
    builder.environment().putAll(job.environment());
    var process = builder.start();
    var inTime = process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
    return inTime;
  }

  /** What the program said. */
  static Path said(Path folder) {
    return folder.resolve("said");
  }

  /**
   * Whether a process can be cut off from the network here.
   *
   * @param what is not done where it cannot, for the log
   */
  static boolean isPossible(String what) {
    var command = new ArrayList<>(ALONE);
    command.add("true");
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() == 0) {
        return true;
      }
      LOG.warn("{}: no network namespace, {}", what, said.strip());
    } catch (IOException e) {
      LOG.warn("{}: {}", what, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }
}
