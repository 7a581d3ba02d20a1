package jp.musubi.bench.engine;

import java.nio.file.Path;
import java.util.Set;

/** 計測の相手 — An engine as the measurement sees it: files in, files out. */
public interface Engine {

  /** The levels that it can seal at. */
  Set<Level> levels();

  /** Whether it can judge a sealed file. */
  boolean validates();

  /**
   * Seals once, from file to file.
   *
   * @throws Exception of any kind; the round has failed then
   */
  void seal(Path source, Path target, Level level, String field, boolean first) throws Exception;

  /**
   * Judges once.
   *
   * @throws Exception of any kind, also when the verdict is anything but valid
   */
  void validate(Path file) throws Exception;
}
