package jp.musubi.journeys.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A small volume in memory that can be filled up, as a disk would be; needs to be root. */
record SmallDisk(Path folder) implements AutoCloseable {
  private static final Queue<SmallDisk> MOUNTED = new ConcurrentLinkedQueue<>();

  static SmallDisk mount(Path folder, int megabytes) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Child.run(
        List.of(
            "mount",
            "-t",
            "tmpfs",
            "-o",
            "size=%dm,mode=700".formatted(megabytes),
            "musubi-drill",
            folder.toString()));
    var disk = new SmallDisk(folder);
    MOUNTED.add(disk);
    return disk;
  }

  private Path ballast() {
    return folder.resolve("ballast");
  }

  /** Fills it to the last byte. */
  void fill() throws IOException {
    var chunk = new byte[64 * 1024];
    try (var out = Files.newOutputStream(ballast())) {
      while (true) {
        out.write(chunk);
      }
    } catch (IOException full) {
      if (Files.getFileStore(folder).getUsableSpace() >= chunk.length) {
        throw full;
      }
    }
  }

  /** Gives the space back. */
  void free() throws IOException {
    Files.deleteIfExists(ballast());
  }

  static void unmountAll() {
    MOUNTED.forEach(SmallDisk::close);
  }

  @Override
  public void close() {
    if (!MOUNTED.remove(this)) {
      return;
    }
    try {
      Child.run(List.of("umount", "-l", folder.toString()));
    } catch (IOException e) {
      System.err.println(folder + " is still mounted: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
