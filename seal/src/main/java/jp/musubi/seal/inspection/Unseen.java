package jp.musubi.seal.inspection;

import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.util.Matrix;

/**
 * Content that shows no text of its own: glyphs that are drawings, tiles of patterns, soft masks.
 * It is read for its faults and its cost, once for each way in which it is drawn; a page may show a
 * glyph a hundred thousand times.
 */
final class Unseen {
  private final Effort effort;
  private final Map<Way, Cost> costs = new HashMap<>();
  private final Set<COSDictionary> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private int level;

  Unseen(Effort effort) {
    this.effort = effort;
  }

  /** Content, and all by which it costs now this and now that. */
  record Way(COSDictionary content, List<Float> by) {
    static Way of(COSDictionary content, Matrix matrix, List<Float> by) {
      by.addAll(
          List.of(matrix.getScaleX(), matrix.getShearX(), matrix.getScaleY(), matrix.getShearY()));
      return new Way(content, List.copyOf(by));
    }
  }

  private record Cost(Effort.Spent before, Effort.Spent after) {}

  /** How content is read. */
  interface Reading {
    void run() throws IOException;
  }

  /** How deep in such content the engine is; 0 on the page itself. */
  int level() {
    return level;
  }

  boolean reading() {
    return level > 0;
  }

  /**
   * Reads content, or tells from memory what it costs.
   *
   * @param drawnEachTime whether it is drawn anew each time; tiles are drawn once and laid out
   */
  void read(Way way, boolean drawnEachTime, Reading reading) throws IOException {
    var known = costs.get(way);
    if (known != null) {
      if (drawnEachTime) {
        effort.again(known.before(), known.after());
      }
    } else if (open.add(way.content())) {
      var before = effort.spent();
      try {
        within(reading);
      } finally {
        open.remove(way.content());
      }
      costs.put(way, new Cost(before, effort.spent()));
    }
  }

  void within(Reading reading) throws IOException {
    level++;
    try {
      reading.run();
    } finally {
      level--;
    }
  }
}
