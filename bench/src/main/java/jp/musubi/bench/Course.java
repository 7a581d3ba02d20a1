package jp.musubi.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.musubi.bench.parts.AuthorityServer;
import jp.musubi.bench.parts.Parts;
import jp.musubi.bench.parts.PartsMaker;
import jp.musubi.bench.parts.SamplePdf;
import jp.musubi.testkit.KeyKind;

/**
 * 計測の場 — One run's directory with its keys and documents, and who may take part. The directory lies
 * in memory where the machine has such a place: the disk is not what is measured.
 */
final class Course implements AutoCloseable {
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final long ROOM = 4L << 30;

  private final Path directory;
  private final Contestants contestants;
  private final boolean quick;
  private final Set<String> wanted;
  private final PrintStream progress;
  private final Map<KeyKind, Kit> kits = new EnumMap<>(KeyKind.class);

  /**
   * A run.
   *
   * @param wanted names of engines, or none for all
   */
  Course(Contestants contestants, boolean quick, Set<String> wanted, PrintStream progress)
      throws IOException {
    this.contestants = contestants;
    this.quick = quick;
    this.wanted = Set.copyOf(wanted);
    this.progress = progress;
    directory =
        Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() > ROOM
            ? Files.createTempDirectory(MEMORY, "musubi-bench")
            : Files.createTempDirectory("musubi-bench");
  }

  boolean quick() {
    return quick;
  }

  /** Whether engines were named. */
  boolean choosy() {
    return !wanted.isEmpty();
  }

  Contestants contestants() {
    return contestants;
  }

  /** Those who are wanted and can take part; of the others it is told why. */
  List<Contestant> present(Set<String> named) {
    return contestants.all().stream()
        .filter(contestant -> named.isEmpty() || named.contains(contestant.name()))
        .filter(contestant -> wanted.isEmpty() || wanted.contains(contestant.name()))
        .filter(contestant -> {
          contestant
              .missing()
              .ifPresent(
                  why -> progress.println("not measured: " + contestant.name() + ": " + why));
          return contestant.missing().isEmpty();
        })
        .toList();
  }

  void tell(String what) {
    progress.println(what);
  }

  /** The keys of a kind, made once. */
  Path parts(KeyKind kind) throws IOException {
    return kit(kind).parts();
  }

  private Kit kit(KeyKind kind) throws IOException {
    var known = kits.get(kind);
    if (known != null) {
      return known;
    }
    var made = directory.resolve("parts-" + kind);
    PartsMaker.make(made, kind, Clock.systemUTC());
    var kit = new Kit(made, new AuthorityServer(Parts.open(made, Clock.systemUTC())));
    kits.put(kind, kit);
    return kit;
  }

  /** A document with empty fields, made once for its arguments. */
  Path sample(long bytes, int fields) throws IOException {
    var file = directory.resolve("sample-%d-%d.pdf".formatted(bytes, fields));
    if (!Files.exists(file)) {
      SamplePdf.write(file, bytes, fields);
    }
    return file;
  }

  /** A file of the run. */
  Path file(String name) {
    return directory.resolve(name);
  }

  /** Starts a contestant with the keys of a kind. */
  EngineProcess start(Contestant contestant, KeyKind kind) throws IOException {
    var kit = kit(kind);
    return EngineProcess.start(
        contestant.command().apply(kit.parts(), kit.authorities().baseUrl()),
        file(contestant.name() + ".err"));
  }

  /**
   * Keys of one kind, as files and over HTTP.
   *
   * @param authorities closed with the course
   */
  private record Kit(Path parts, AuthorityServer authorities) {}

  @Override
  public void close() throws IOException {
    kits.values().forEach(kit -> kit.authorities().close());
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path folder, @org.jspecify.annotations.Nullable IOException failure)
              throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
