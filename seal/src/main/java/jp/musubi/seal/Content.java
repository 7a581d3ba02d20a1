package jp.musubi.seal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import jp.musubi.seal.pdf.AppendablePdf;
import jp.musubi.seal.pdf.Appendix;
import jp.musubi.seal.pdf.Revision;
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

  private Content(Sha256 file, long fileBytes, byte[] tail, Sha256 whole, @Nullable Seen seen) {
    this.file = file;
    this.fileBytes = fileBytes;
    this.tail = tail;
    this.whole = whole;
    this.seen = seen;
  }

  /** A file as it is found. */
  static Content found(Path path, Set<ImprintAlgorithm> algorithms) {
    return found(path, algorithms, Optional.empty());
  }

  /** As it is found, and on its way to where {@link #write} will put it. */
  static Content found(Path path, Set<ImprintAlgorithm> algorithms, Copy copy) {
    return found(path, algorithms, Optional.of(copy));
  }

  private static Content found(Path path, Set<ImprintAlgorithm> algorithms, Optional<Copy> copy) {
    try {
      var all = EnumSet.copyOf(NAME);
      all.addAll(algorithms);
      var seen = Seen.read(path, all, copy);
      var name = name(seen.digests());
      return new Content(name, seen.fileBytes(), new byte[0], name, seen);
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
      if (seen != null && seen.digests().keeps(algorithms) && seen.isStill(path)) {
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
      return new Content(file, fileBytes, tail, whole, found.seen.with(digests));
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
    return new Content(file, fileBytes, longer, name(digests), seen.with(digests));
  }

  /**
   * The same file with a revision more. What was parsed is kept for whoever opens it next, once.
   */
  Content plus(byte[] appended, Revision revision) {
    return isInMemory() ? plus(appended).parsed(revision.applied(appended.length)) : plus(appended);
  }

  /** As {@link #plus(byte[], Revision)}, with a signature's value in its room. */
  Content plus(Appendix appendix, byte[] value, Revision revision) {
    return plus(appendix.filled(value)).parsed(revision.applied(appendix, value));
  }

  private Content parsed(Optional<AppendablePdf> document) {
    if (seen != null) {
      seen.parsed().set(document.orElse(null));
    }
    return this;
  }

  /** Whether what is parsed of it may be kept: no open file hangs on it. */
  boolean isInMemory() {
    return seen != null && seen.bytes().isPresent();
  }

  AppendablePdf open(Path path) throws IOException {
    var parsed = seen == null ? null : seen.parsed().getAndSet(null);
    if (parsed != null) {
      return parsed;
    }
    return seen != null && seen.bytes().isPresent()
        ? AppendablePdf.open(seen.bytes().get().duplicate(), tail)
        : AppendablePdf.open(path, tail);
  }

  /**
   * Copies the file without looking at it again, appends the tail, and leaves nothing half-done.
   */
  Content write(Path path, Path target) {
    requireDistinct(path, target);
    var now = java.util.Objects.requireNonNull(read(path, NAME).seen);
    try (var copy =
        now.copy().filter(begun -> begun.isTo(target)).orElseGet(() -> Copy.to(target))) {
      if (!copy.isOpen()) {
        if (now.bytes().isPresent()) {
          copy.write(now.bytes().get().duplicate());
        } else {
          copy.write(path, fileBytes);
        }
      }
      copy.write(ByteBuffer.wrap(tail));
      copy.finish();
      var seen = Seen.written(target, now.digests());
      return new Content(whole, bytes(), new byte[0], whole, seen);
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
