package jp.musubi.bench.engine;

import java.io.IOException;

/**
 * 書く限界 — The {@link LimitEngine}, and the file written once: what no engine can be faster than that
 * leaves a sealed file behind and the given one as it was.
 */
public final class WritingLimitEngine {
  private WritingLimitEngine() {}

  /** Serves it. */
  public static void main(String[] args) throws IOException {
    EngineServer.main(args, parts -> new LimitEngine(parts, true));
  }
}
