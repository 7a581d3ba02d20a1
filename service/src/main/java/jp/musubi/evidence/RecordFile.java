package jp.musubi.evidence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * 取り出した監査記録の検査. Checks an exported JSONL by itself: every line's hash, and that each line follows
 * the one before. Needs neither network nor database.
 */
public final class RecordFile {
  private static final JsonMapper READER = JsonMapper.builder().build();

  private RecordFile() {}

  /**
   * What was found.
   *
   * @param first number of the first entry, 0 without any
   * @param gaps how often a line does not follow its predecessor by number, as in a search's result
   * @param broken line and reason of the first that does not hold
   */
  public record Report(
      long lines, long first, long last, long gaps, long anchored, Optional<Broken> broken) {}

  /**
   * A line that does not hold.
   *
   * @param line from 1
   * @param reason UNREADABLE, or as in {@link ChainBreak.Kind}
   */
  public record Broken(long line, String reason) {}

  /**
   * Checks a file.
   *
   * @param anchors files of anchors to hold it against
   * @throws IOException if a file cannot be read
   */
  public static Report check(Path file, List<Path> anchors) throws IOException {
    var walk = new Walk(read(anchors));
    try (var lines = Files.lines(file, StandardCharsets.UTF_8)) {
      for (var all = lines.iterator(); all.hasNext() && walk.broken.isEmpty(); ) {
        walk.take(all.next());
      }
    } catch (java.io.UncheckedIOException unreadable) {
      walk.broken = Optional.of(new Broken(walk.lines + 1, "UNREADABLE"));
    }
    return new Report(walk.lines, walk.first, walk.last, walk.gaps, walk.anchored, walk.broken);
  }

  private static Map<Long, Anchor> read(List<Path> files) throws IOException {
    var anchors = new java.util.ArrayList<Anchor>();
    for (var file : files) {
      anchors.add(Anchor.parse(Files.readString(file)));
    }
    return anchors.stream().collect(Collectors.toMap(Anchor::seq, Function.identity()));
  }

  private static final class Walk {
    private final Map<Long, Anchor> anchors;
    private long lines;
    private long first;
    private long last;
    private long gaps;
    private long anchored;
    private String tenant = "";
    private String hash = "";
    private Optional<Broken> broken = Optional.empty();

    Walk(Map<Long, Anchor> anchors) {
      this.anchors = anchors;
    }

    void take(String line) {
      lines++;
      try {
        broken = wrong(READER.readTree(line)).map(reason -> new Broken(lines, reason));
      } catch (JacksonException | IllegalArgumentException e) {
        broken = Optional.of(new Broken(lines, "UNREADABLE"));
      }
    }

    private Optional<String> wrong(JsonNode line) {
      var entry = line.path("entry");
      var seq = entry.path("seq").asLong();
      var previous = line.path("prevHash").asString();
      var stated = line.path("hash").asString();
      if (!ChainedEntry.hash(CanonicalJson.of(sorted(entry)), previous).equals(stated)) {
        return Optional.of("HASH");
      }
      if (lines > 1 && (seq <= last || !entry.path("tenant").asString().equals(tenant))) {
        return Optional.of("GAP");
      }
      if (lines > 1 && seq != last + 1) {
        gaps++;
      } else if (lines > 1 && !previous.equals(hash)) {
        return Optional.of("LINK");
      }
      var anchor = anchors.get(seq);
      if (anchor != null && !anchor.hash().equals(stated)) {
        return Optional.of("ANCHOR");
      }
      anchored += anchor == null ? 0 : 1;
      first = lines == 1 ? seq : first;
      last = seq;
      hash = stated;
      tenant = entry.path("tenant").asString();
      return Optional.empty();
    }

    private static SortedMap<String, Object> sorted(JsonNode object) {
      var sorted = new TreeMap<String, Object>();
      object
          .propertyStream()
          .forEach(fact ->
              sorted.put(
                  fact.getKey(),
                  fact.getValue().isObject()
                      ? sorted(fact.getValue())
                      : fact.getValue().isIntegralNumber()
                          ? (Object) fact.getValue().asLong()
                          : fact.getValue().asString()));
      return sorted;
    }
  }
}
