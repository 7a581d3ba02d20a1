package jp.musubi.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For drills: writes down each point that is passed as {@code Point#n}, the n-th time since the
 * start, and ends the process at one of them as a power cut does, with nothing said or tidied up.
 */
record HaltingFaults(String haltAt, @Nullable Path record, Map<String, Integer> passed)
    implements FaultPoints {
  private static final Logger LOG = LoggerFactory.getLogger(HaltingFaults.class);
  private static final int KILLED = 137;

  static HaltingFaults of(String haltAt, String record) {
    LOG.warn("fault points are on: for drills only");
    return new HaltingFaults(
        haltAt.strip(),
        record.isBlank() ? null : Path.of(record.strip()),
        new ConcurrentHashMap<>());
  }

  @Override
  public void reached(String point) {
    var passing = point + "#" + passed.merge(point, 1, Integer::sum);
    if (record != null) {
      write(record, passing);
    }
    if (passing.equals(haltAt)) {
      Runtime.getRuntime().halt(KILLED);
    }
  }

  private static synchronized void write(Path file, String passing) {
    try {
      Files.writeString(file, passing + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
