package jp.musubi.journeys.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of this repository, as the tests of its papers read them. */
final class Papers {
  static final Path ROOT = root();

  private Papers() {}

  static Stream<Path> folders(Path parent) {
    return children(parent).stream().filter(Files::isDirectory);
  }

  static List<Path> children(Path folder) {
    try (var children = Files.list(folder)) {
      return children.sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static Stream<Path> filesBelow(Path folder) {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList().stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static Stream<MatchResult> all(Pattern pattern, Path file) {
    return pattern.matcher(text(file)).results();
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Path root() {
    var start = Path.of("").toAbsolutePath();
    for (var folder = start; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("docs/requirements.yaml"))) {
        return folder;
      }
    }
    throw new IllegalStateException("docs/requirements.yaml is not above " + start);
  }
}
