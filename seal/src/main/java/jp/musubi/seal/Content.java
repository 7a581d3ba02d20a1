package jp.musubi.seal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import jp.musubi.seal.pdf.AppendablePdf;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a document in some phase: a file, known by its digest and length, and what is
 * appended to it but not yet written. Where the file lies is said anew at each step, since a later
 * step may run on another machine.
 *
 * <p>In the process that read the file, its digests stay open (mid-state); elsewhere the file is
 * hashed again and must be the same.
 */
final class Content {
  private static final Set<ImprintAlgorithm> NAME = EnumSet.of(ImprintAlgorithm.SHA_256);

  private final Sha256 file;
  private final long fileBytes;
  private final byte[] tail;
  private final Sha256 whole;
  private final @Nullable Seen seen;

  /** The digests of file and tail as this process has them, and the file they were read from. */
  private record Seen(RunningDigests digests, FileTime modified) {}

  private Content(Sha256 file, long fileBytes, byte[] tail, Sha256 whole, @Nullable Seen seen) {
    this.file = file;
    this.fileBytes = fileBytes;
    this.tail = tail;
    this.whole = whole;
    this.seen = seen;
  }

  /** A file as it is found. */
  static Content found(Path path, Set<ImprintAlgorithm> algorithms) {
    try {
      var all = EnumSet.copyOf(NAME);
      all.addAll(algorithms);
      var modified = Files.getLastModifiedTime(path);
      var digests = RunningDigests.of(path, all);
      var name = name(digests);
      return new Content(name, Files.size(path), new byte[0], name, new Seen(digests, modified));
    } catch (IOException e) {
      throw new UnsealablePdf("the document cannot be read", e);
    }
  }

  /** What {@link #put} wrote. */
  static Content take(PhaseText.Reader text) {
    return new Content(
        Sha256.parse(text.next("file-sha256")),
        text.nextLong("file-bytes"),
        text.nextBytes("tail"),
        Sha256.parse(text.next("sha256")),
        null);
  }

  void put(PhaseText.Writer text) {
    text.put("file-sha256", file.hex())
        .put("file-bytes", Long.toString(fileBytes))
        .put("tail", tail)
        .put("sha256", whole.hex());
  }

  /** Length with the tail. */
  long bytes() {
    return fileBytes + tail.length;
  }

  byte[] tail() {
    return tail.clone();
  }

  /** Whether something is not written yet. */
  boolean hasTail() {
    return tail.length > 0;
  }

  /** The digest of file and tail. */
  Sha256 sha256() {
    return whole;
  }

  /**
   * The same content with these digests open at its end. Reads the file only if this process has
   * not, or if the file was touched since.
   *
   * @throws UnsealablePdf when the file is another than the one this content speaks of
   */
  Content read(Path path, Set<ImprintAlgorithm> algorithms) {
    try {
      if (seen != null
          && seen.digests().keeps(algorithms)
          && Files.size(path) == fileBytes
          && Files.getLastModifiedTime(path).equals(seen.modified())) {
        return this;
      }
      var all = EnumSet.copyOf(NAME);
      all.addAll(algorithms);
      if (seen != null) {
        all.addAll(seen.digests().algorithms());
      }
      var found = found(path, all);
      if (found.seen == null || !found.file.equals(file) || found.fileBytes != fileBytes) {
        throw new UnsealablePdf(
            "the file is %s of %d bytes (expected: %s of %d)"
                .formatted(found.file.shortHex(), found.fileBytes, file.shortHex(), fileBytes),
            null);
      }
      var digests = found.seen.digests().plus(tail);
      if (!name(digests).equals(whole)) {
        throw new UnsealablePdf("what is to be appended is not what it was", null);
      }
      return new Content(file, fileBytes, tail, whole, new Seen(digests, found.seen.modified()));
    } catch (IOException e) {
      throw new UnsealablePdf("the document cannot be read", e);
    }
  }

  /** The digest of file, tail and what follows; the content must have been read. */
  byte[] digest(ImprintAlgorithm algorithm, byte[]... following) {
    if (seen == null) {
      throw new IllegalStateException("the file has not been read in this process");
    }
    return seen.digests().digest(algorithm, following);
  }

  /** The same file with more to append. */
  Content plus(byte[] appended) {
    var longer = Arrays.copyOf(tail, tail.length + appended.length);
    System.arraycopy(appended, 0, longer, tail.length, appended.length);
    if (seen == null) {
      throw new IllegalStateException("the file has not been read in this process");
    }
    var digests = seen.digests().plus(appended);
    return new Content(file, fileBytes, longer, name(digests), new Seen(digests, seen.modified()));
  }

  AppendablePdf open(Path path) throws IOException {
    return AppendablePdf.open(path, tail);
  }

  /**
   * Copies the file without looking at it again, appends the tail, and leaves nothing half-done.
   */
  Content write(Path path, Path target) {
    requireDistinct(path, target);
    var read = read(path, NAME);
    try {
      var written = false;
      try (var in = FileChannel.open(path);
          var out =
              FileChannel.open(
                  target,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE)) {
        for (var at = 0L; at < fileBytes; ) {
          var moved = in.transferTo(at, fileBytes - at, out);
          if (moved <= 0) {
            throw new IOException("the document became shorter while it was copied");
          }
          at += moved;
        }
        var rest = java.nio.ByteBuffer.wrap(tail);
        while (rest.hasRemaining()) {
          out.write(rest);
        }
        written = true;
      } finally {
        if (!written) {
          Files.deleteIfExists(target);
        }
      }
      var digests = java.util.Objects.requireNonNull(read.seen).digests();
      return new Content(
          whole, bytes(), new byte[0], whole, new Seen(digests, Files.getLastModifiedTime(target)));
    } catch (IOException e) {
      throw new UnsealablePdf("the document cannot be written", e);
    }
  }

  /** Sealing in place would cut off the file that is being read. */
  static void requireDistinct(Path source, Path target) {
    if (source.toAbsolutePath().normalize().equals(target.toAbsolutePath().normalize())) {
      throw new IllegalArgumentException("source and target are one file: " + source);
    }
  }

  private static Sha256 name(RunningDigests digests) {
    return new Sha256(HexFormat.of().formatHex(digests.digest(ImprintAlgorithm.SHA_256)));
  }
}
