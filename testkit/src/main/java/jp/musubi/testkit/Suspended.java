package jp.musubi.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** 停止した — a process that is there and does nothing, as one that hangs. */
public final class Suspended {
  private Suspended() {}

  /**
   * Stops a process (SIGSTOP) and returns when it does nothing any more: the signal is only on its
   * way when it has been sent, and a thread may still answer a question meanwhile.
   *
   * @throws IOException when there is no such process
   */
  public static void suspend(long pid) throws IOException, InterruptedException {
    if (new ProcessBuilder("kill", "-STOP", String.valueOf(pid)).start().waitFor() != 0) {
      throw new IOException("no process " + pid + " to stop");
    }
    while (!allThreadsStopped(pid)) {
      // The kernel tells no one when the last thread has taken the signal.
      Thread.sleep(Duration.ofMillis(5));
    }
  }

  private static boolean allThreadsStopped(long pid) throws IOException {
    try (var threads = Files.list(Path.of("/proc", String.valueOf(pid), "task"))) {
      for (var thread : threads.toList()) {
        var stat = Files.readString(thread.resolve("stat"));
        // proc(5): the state follows the name, which stands in brackets and may hold some itself.
        var state = stat.charAt(stat.lastIndexOf(')') + 2);
        if (state == 'Z') {
          throw new IOException("process " + pid + " has ended");
        }
        if (state != 'T') {
          return false;
        }
      }
    }
    return true;
  }
}
