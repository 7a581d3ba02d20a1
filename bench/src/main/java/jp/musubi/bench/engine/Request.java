package jp.musubi.bench.engine;

import java.nio.file.Path;

/**
 * 計測の依頼 — One line to an engine: this work, so many times over.
 *
 * @param task what to do
 * @param file the source; for {@link Task#VALIDATE} what to judge
 * @param target where the sealed file goes; unused by the other tasks
 * @param level how far to seal
 * @param field the empty signature field to fill, for engines that can fill one
 * @param first whether no seal stands in the file yet
 * @param rounds how often
 */
public record Request(
    Task task, Path file, Path target, Level level, String field, boolean first, int rounds) {

  /** What an engine may be asked for. */
  public enum Task {
    /** Seals a file once. */
    SEAL,
    /** Judges a sealed file. */
    VALIDATE
  }

  /** The same, another number of times. */
  public Request times(int other) {
    return new Request(task, file, target, level, field, first, other);
  }
}
