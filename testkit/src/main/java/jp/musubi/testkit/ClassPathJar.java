package jp.musubi.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/**
 * 仮のjar — an executable jar over the running class path, for programs that are not packaged yet.
 */
public final class ClassPathJar {
  private ClassPathJar() {}

  /**
   * Writes a jar that runs a class of this class path; it is removed when the JVM ends.
   *
   * @param main the class with a main method
   */
  public static Path running(String main) throws IOException {
    var manifest = new Manifest();
    var entries = manifest.getMainAttributes();
    entries.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    entries.put(Attributes.Name.MAIN_CLASS, main);
    entries.put(
        Attributes.Name.CLASS_PATH,
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(entry -> Path.of(entry).toUri().toString())
            .collect(Collectors.joining(" ")));
    var jar = Files.createTempFile("musubi-class-path", ".jar");
    jar.toFile().deleteOnExit();
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    return jar;
  }
}
