package jp.musubi.verifier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.validation.ReportText;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks that files taken away together are all there and unchanged, by the list that lies with
 * them.
 */
final class CollectionCheck {
  private static final String SUMS = "SHA256SUMS";

  /** The folder of what contracts refer to and nobody has signed. */
  private static final String REFERRED_TO = "参照する書類";

  private CollectionCheck() {}

  /** Whether a file is one that contracts refer to: its digest is all there is to say of it. */
  static boolean isReferredTo(String name) {
    return List.of(name.split("/", -1)).contains(REFERRED_TO);
  }

  /**
   * What was found.
   *
   * @param whole how many files are as they were
   * @param unlisted files that the list does not name, so that nobody can say of them
   */
  record Outcome(int whole, List<String> changed, List<String> missing, List<String> unlisted) {
    boolean isBroken() {
      return !changed.isEmpty() || !missing.isEmpty();
    }
  }

  /** Looks at a file that is as it was. */
  interface Whole {
    void look(String name, Path file) throws IOException, Request.Unusable;
  }

  static Outcome of(Collection files, Whole whole) throws IOException, Request.Unusable {
    var sums = sums(files);
    var changed = new ArrayList<String>();
    var missing = new ArrayList<String>();
    var intact = 0;
    for (var each : sums.entrySet()) {
      var copy = files.copy(each.getKey());
      if (copy.isEmpty()) {
        missing.add(each.getKey());
        continue;
      }
      try {
        if (Sha256.of(copy.get()).hex().equals(each.getValue())) {
          intact++;
          whole.look(each.getKey(), copy.get());
        } else {
          changed.add(each.getKey());
        }
      } finally {
        Files.deleteIfExists(copy.get());
      }
    }
    return new Outcome(intact, changed, missing, unlisted(files, sums));
  }

  /** Two files of one name would let the list speak of one and a reader open the other. */
  private static List<String> unlisted(Collection files, Map<String, String> sums)
      throws IOException {
    var seen = new HashSet<String>();
    return files.names().stream()
        .filter(name -> !seen.add(name) || !(sums.containsKey(name) || name.equals(SUMS)))
        .toList();
  }

  /** As {@code sha256sum} writes it. */
  private static Map<String, String> sums(Collection files) throws IOException {
    var list = files.copy(SUMS).orElseThrow(() -> new IOException("no " + SUMS));
    try {
      var sums = new TreeMap<String, String>();
      for (var line : Files.readAllLines(list)) {
        if (!line.matches("[0-9a-f]{64} [ *].+")) {
          throw new IOException("not a line of " + SUMS);
        }
        sums.put(line.substring(66), line.substring(0, 64));
      }
      return sums;
    } finally {
      Files.deleteIfExists(list);
    }
  }

  static String text(Path path, Outcome outcome) {
    var text = new StringBuilder();
    ReportText.line(text, Words.of("label.collection"), path.toString());
    ReportText.line(
        text,
        Words.of("label.verdict"),
        Words.of(outcome.isBroken() ? "collection.broken" : "collection.whole", outcome.whole()));
    outcome.changed().forEach(name -> line(text, "collection.changed", name));
    outcome.missing().forEach(name -> line(text, "collection.missing", name));
    outcome.unlisted().forEach(name -> line(text, "collection.unlisted", name));
    return text.toString();
  }

  private static void line(StringBuilder text, String label, String name) {
    // A name is somebody else's text: it must not move the reader's cursor.
    ReportText.line(text, Words.of(label), name.replaceAll("\\p{C}", "?"));
  }

  static String json(Path path, Outcome outcome) {
    var json = new LinkedHashMap<String, Object>();
    json.put("collection", path.toString());
    json.put("whole", outcome.whole());
    json.put("changed", outcome.changed());
    json.put("missing", outcome.missing());
    json.put("unlisted", outcome.unlisted());
    return JsonMapper.builder().build().writeValueAsString(json);
  }
}
