package jp.musubi.journeys.requirements;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The test sources of every module under one root, searched by {@code package.Class#method}. */
final class TestSources {
  private static final Pattern NAME = Pattern.compile("(?<type>[\\w.]+)(\\$\\w+)*#(?<method>\\w+)");
  private static final Pattern TEST_ANNOTATION =
      Pattern.compile("@(Test|ParameterizedTest|RepeatedTest|TestFactory)\\b");
  private static final Pattern DISABLED_ANNOTATION = Pattern.compile("@Disabled\\w*");

  private final List<Path> roots;

  private TestSources(List<Path> roots) {
    this.roots = roots;
  }

  static TestSources under(Path repository) {
    try (var folders = Files.list(repository)) {
      return new TestSources(
          folders
              .map(folder -> folder.resolve(Path.of("src", "test", "java")))
              .filter(Files::isDirectory)
              .sorted()
              .toList());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Why {@code test} proves nothing, or empty when it is there and runs. */
  Optional<String> objectionTo(String test) {
    var name = NAME.matcher(test);
    if (!name.matches()) {
      return Optional.of(test + ": expected package.Class#method");
    }
    var file = Path.of(name.group("type").replace('.', '/') + ".java");
    var source = roots.stream().map(root -> root.resolve(file)).filter(Files::exists).findFirst();
    return source.isEmpty()
        ? Optional.of(test + ": no module has this test class")
        : objectionIn(read(source.get()), name.group("method"), test);
  }

  private static Optional<String> objectionIn(String source, String method, String test) {
    var declaration =
        Pattern.compile("\\s" + method + "\\s*\\([^)]*\\)\\s*(throws [\\w.,\\s]+)?\\{")
            .matcher(source);
    if (!declaration.find()) {
      return Optional.of(test + ": the class has no such method");
    }
    // The formatter leaves an empty line between members and none inside their annotations.
    var before = source.substring(0, declaration.start());
    var annotations = before.substring(Math.max(0, before.lastIndexOf("\n\n")));
    if (!TEST_ANNOTATION.matcher(annotations).find()) {
      return Optional.of(test + ": the method is not a test");
    }
    return DISABLED_ANNOTATION.matcher(annotations).find()
        ? Optional.of(test + ": the test is switched off")
        : Optional.empty();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
