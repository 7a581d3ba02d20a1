package jp.musubi.seal.isolation;

import java.time.Duration;

/**
 * 作業プロセスの上限 — what one file may cost (PDF-P15). Beyond it the process is killed.
 *
 * @param heapMegabytes heap of a process
 * @param cpu processor time for one file
 * @param deadline time on the wall for one file
 * @param queueing how long a file may wait for a process that is free
 */
public record WorkerLimits(int heapMegabytes, Duration cpu, Duration deadline, Duration queueing) {

  /** The limits of the service. */
  public static WorkerLimits standard() {
    return new WorkerLimits(
        256, Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(30));
  }
}
