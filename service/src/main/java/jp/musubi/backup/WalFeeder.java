package jp.musubi.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hands kept segments to a recovering PostgreSQL, a few ahead of what it asks for: all of them
 * decrypted at once would fill a disk. {@code restore_command} writes what it wants into a file and
 * takes what lies there.
 */
final class WalFeeder implements AutoCloseable {
  private static final int AHEAD = 6;

  /** It reads the segment of the checkpoint twice, and may go back to the one before. */
  private static final int BEHIND = 3;

  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final String WANTED = "wanted";
  private static final String LAST = "last";

  private final WalShelf shelf;
  private final Path folder;
  private final List<WalName> segments;
  private final Thread thread;
  private int fed = -1;
  private volatile boolean closed;
  private volatile @Nullable Exception failure;

  private WalFeeder(WalShelf shelf, Path folder, List<WalName> segments) {
    this.shelf = shelf;
    this.folder = folder;
    this.segments = List.copyOf(segments);
    this.thread = Thread.ofVirtual().name("wal-feeder").unstarted(this::run);
  }

  /**
   * Begins to feed.
   *
   * @param segments what may be asked for, in order, without gaps
   */
  static WalFeeder start(WalShelf shelf, Path folder, List<WalName> segments) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(LAST), segments.getLast() + "\n");
    Files.writeString(folder.resolve(WANTED), segments.getFirst() + "\n");
    var feeder = new WalFeeder(shelf, folder, segments);
    feeder.thread.start();
    return feeder;
  }

  /**
   * What PostgreSQL runs to get a file. Beyond the last segment, and for histories of other
   * timelines, it says at once that there is none.
   */
  static String restoreCommand(Path folder) {
    return """
    d="%s"; f="%%f"; \
    case "$f" in *.*) exit 1;; esac; \
    [ "$(printf '%%%%s\\n%%%%s\\n' "$f" "$(cat "$d/last")" | LC_ALL=C sort | tail -n 1)" = "$(cat "$d/last")" ] || exit 1; \
    echo "$f" > "$d/wanted.part" && mv "$d/wanted.part" "$d/wanted"; n=0; \
    while [ ! -f "$d/$f" ]; do n=$((n+1)); [ $n -lt 3000 ] || exit 1; [ ! -f "$d/failed" ] || exit 200; sleep 0.02; done; \
    cp "$d/$f" "%%p\"\
    """
        .formatted(folder.toAbsolutePath());
  }

  private void run() {
    try {
      while (!closed) {
        wanted().ifPresent(this::feed);
        // PostgreSQL asks by writing a name; a folder tells nobody of it.
        Thread.sleep(LOOK_AGAIN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      failure = e;
      giveUp();
    }
  }

  private void giveUp() {
    try {
      Files.writeString(folder.resolve("failed"), "");
    } catch (IOException e) {
      var first = failure;
      if (first != null) {
        first.addSuppressed(e);
      }
    }
  }

  private Optional<WalName> wanted() throws IOException {
    return WalName.parse(Files.readString(folder.resolve(WANTED)).strip());
  }

  private void feed(WalName wanted) {
    var at = segments.indexOf(wanted);
    if (at < 0 || at == fed) {
      return;
    }
    try {
      for (var i = at; i < Math.min(segments.size(), at + AHEAD); i++) {
        var file = folder.resolve(segments.get(i).toString());
        if (!Files.exists(file)) {
          shelf.fetch(segments.get(i).toString(), file);
        }
      }
      for (var i = Math.max(0, fed - BEHIND); i < at - BEHIND; i++) {
        Files.deleteIfExists(folder.resolve(segments.get(i).toString()));
      }
      fed = at;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Why a segment could not be given, if one could not. */
  Optional<Exception> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public void close() throws IOException {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Folders.delete(folder);
  }
}
