package jp.musubi.journeys.requirements;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads {@link Demands#place} strictly: an unknown or missing key is an error. */
final class RequirementsFile {
  private static final Set<String> KEYS =
      Set.of("id", "class", "wording", "status", "how", "where", "tests");
  private static final Pattern ID = Pattern.compile("[A-Z]-\\d{2}");

  private RequirementsFile() {}

  /** The repository's root: the nearest folder from {@code start} upward that has the file. */
  static Optional<Path> rootAbove(Path start) {
    for (var folder = start.toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve(Demands.TENDER.place()))) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }

  static List<Requirement> read(Demands demands, Path file) throws IOException {
    return parse(demands, Files.readString(file));
  }

  /**
   * The rows in the order they are written.
   *
   * @throws RequirementsUnreadable if the text is not a list of complete rows
   */
  static List<Requirement> parse(Demands demands, String yaml) {
    var options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    Object document;
    try {
      document = new Yaml(new SafeConstructor(options)).load(yaml);
    } catch (YAMLException broken) {
      throw new RequirementsUnreadable("requirements: not YAML", broken);
    }
    if (!(document instanceof List<?> items)) {
      throw new RequirementsUnreadable("requirements: expected a list of rows");
    }
    var rows = new ArrayList<Requirement>();
    for (var item : items) {
      rows.add(row(demands, rows.size() + 1, item));
    }
    return List.copyOf(rows);
  }

  private static Requirement row(Demands demands, int number, @Nullable Object item) {
    if (!(item instanceof Map<?, ?> fields)) {
      throw new RequirementsUnreadable("row " + number + ": expected keys and values");
    }
    var id = text("row " + number, fields, "id");
    if (!ID.matcher(id).matches()) {
      throw new RequirementsUnreadable(
          "row " + number + ": id " + id + " (expected: a letter, a hyphen, two digits)");
    }
    var unknown = new TreeSet<String>();
    fields.keySet().forEach(key -> unknown.add(String.valueOf(key)));
    unknown.removeAll(KEYS);
    if (!unknown.isEmpty()) {
      throw new RequirementsUnreadable(id + ": unknown keys " + unknown);
    }
    var importance = text(id, fields, "class");
    if (!demands.knows(importance)) {
      throw new RequirementsUnreadable(id + ": class " + importance);
    }
    var status = text(id, fields, "status");
    return new Requirement(
        id,
        importance,
        text(id, fields, "wording"),
        Status.of(status).orElseThrow(() -> new RequirementsUnreadable(id + ": status " + status)),
        text(id, fields, "how"),
        texts(id, fields, "where"),
        texts(id, fields, "tests"));
  }

  private static String text(String row, Map<?, ?> fields, String key) {
    if (fields.get(key) instanceof String text && !text.isBlank()) {
      return text;
    }
    throw new RequirementsUnreadable(row + ": " + key + " is missing or is not text");
  }

  private static List<String> texts(String row, Map<?, ?> fields, String key) {
    if (!(fields.get(key) instanceof List<?> values)) {
      throw new RequirementsUnreadable(row + ": " + key + " is missing or is not a list");
    }
    var texts = new ArrayList<String>();
    for (var value : values) {
      if (!(value instanceof String text) || text.isBlank()) {
        throw new RequirementsUnreadable(row + ": " + key + " holds something that is not text");
      }
      texts.add(text);
    }
    return texts;
  }
}
