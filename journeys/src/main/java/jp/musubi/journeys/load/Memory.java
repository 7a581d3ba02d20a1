package jp.musubi.journeys.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * 使用メモリ of a process, of those it started too, sampled while it works. Only Linux tells: elsewhere
 * there is no figure.
 */
final class Memory implements AutoCloseable {
  private final ProcessHandle process;
  private final Thread sampler;
  private volatile long first;
  private volatile long most;
  private volatile long last;

  private Memory(ProcessHandle process) {
    this.process = process;
    this.sampler = Thread.ofVirtual().unstarted(this::sample);
  }

  static Memory of(ProcessHandle process) {
    var memory = new Memory(process);
    memory.first = memory.now();
    memory.sampler.start();
    return memory;
  }

  private void sample() {
    try {
      while (process.isAlive()) {
        last = now();
        most = Math.max(most, last);
        // A sample: what comes and goes between two looks is not what fills a machine.
        Thread.sleep(500);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long now() {
    return Stream.concat(Stream.of(process), process.descendants())
        .mapToLong(Memory::resident)
        .sum();
  }

  private static long resident(ProcessHandle process) {
    try (var lines = Files.lines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException ended) {
      // A helper process that ended between the list and the look holds nothing.
      return 0;
    }
  }

  /** At the beginning, at most and now, for people. */
  String words() {
    return "開始 %d、最大 %d、終了 %d MiB".formatted(first >> 20, most >> 20, last >> 20);
  }

  /** At most, in bytes. */
  long most() {
    return most;
  }

  @Override
  public void close() {
    sampler.interrupt();
  }
}
