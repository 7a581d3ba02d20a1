package jp.musubi.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.musubi.bench.Contestant.Sample;

/**
 * 計測の参加者一覧 — Who takes part, and how each is started: pinned to one core, where that can be done.
 */
final class Contestants {
  static final String LIMIT = "limit";
  static final String WRITING_LIMIT = "limit+write";
  static final String MUSUBI = "musubi";
  static final String DSS = "dss";

  static final String HEAP = "-Xmx3g";

  private final Path root;
  private final List<String> pin;

  /** For the checkout at {@code root}. */
  Contestants(Path root) {
    this.root = root;
    var cores = Runtime.getRuntime().availableProcessors();
    pin =
        cores > 1 && installed("taskset")
            ? List.of("taskset", "-c", Integer.toString(cores - 1))
            : List.of();
  }

  /** All of them, the limit first, then ours. */
  List<Contestant> all() {
    return List.of(
        java(LIMIT, "bench", "jp.musubi.bench.engine.LimitEngine", ""),
        java(
            WRITING_LIMIT,
            "bench",
            "jp.musubi.bench.engine.WritingLimitEngine",
            "the limit, and the file written once"),
        java(MUSUBI, "bench", "jp.musubi.bench.engine.MusubiEngine", ""),
        java(DSS, "bench/peers/dss", "jp.musubi.bench.dss.DssEngine", ""),
        java(
            "itext",
            "bench/peers/itext",
            "jp.musubi.bench.itext.ItextEngine",
            "AGPL; compared, not shipped"),
        java(
            "openpdf",
            "bench/peers/openpdf",
            "jp.musubi.bench.openpdf.OpenPdfEngine",
            "CMS without signing-certificate-v2"),
        node("libpdf", Sample.PREPARED, "timestamps and OCSP over loopback HTTP"),
        node("documenso", Sample.PLAIN, "slot by pdf-lib; whole file written anew"),
        node("signpdf", Sample.PLAIN, "slot by pdf-lib; whole file written anew"));
  }

  private Contestant node(String name, Sample sample, String note) {
    var folder = root.resolve("bench/peers/node");
    Optional<String> missing =
        !installed("node")
            ? Optional.of("node is not installed")
            : Files.isDirectory(folder.resolve("node_modules"))
                ? Optional.empty()
                : Optional.of("its packages are not fetched (npm ci in bench/peers/node)");
    return new Contestant(
        name,
        missing,
        note,
        sample,
        (parts, authorities) -> {
          var command = new ArrayList<>(pin);
          command.addAll(List.of("node", folder.resolve("engine.mjs").toString(), name));
          command.addAll(List.of(parts.toString(), authorities.toString()));
          return command;
        });
  }

  /** Whether engines have a core to themselves. */
  boolean pinned() {
    return !pin.isEmpty();
  }

  private Contestant java(String name, String module, String main, String note) {
    return new Contestant(
        name,
        Files.exists(classPathFile(module))
            ? Optional.empty()
            : Optional.of("its module " + module + " is not built"),
        note,
        Sample.PREPARED,
        (parts, _) -> java(module, main, HEAP, parts));
  }

  /** The command of a Java engine with a heap of its own. */
  List<String> java(String module, String main, String heap, Path parts) {
    var command = new ArrayList<>(pin);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // The same for all: a heap that grows from little, so that the peak tells what the work took.
    command.addAll(List.of("-Xms64m", heap, "-XX:+UseSerialGC", "-Djava.awt.headless=true"));
    command.addAll(List.of("-Dfile.encoding=UTF-8", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", classPath(module), main, parts.toString()));
    return command;
  }

  private String classPath(String module) {
    try {
      return root.resolve(module).resolve("target/classes")
          + File.pathSeparator
          + Files.readString(classPathFile(module)).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path classPathFile(String module) {
    return root.resolve(module).resolve("target/class-path.txt");
  }

  static boolean installed(String program) {
    return List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)).stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
