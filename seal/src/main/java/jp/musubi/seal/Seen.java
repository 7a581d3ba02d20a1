package jp.musubi.seal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import jp.musubi.seal.pdf.AppendablePdf;
import org.jspecify.annotations.Nullable;

/**
 * What this process knows of a file and what is appended to it.
 *
 * @param digests of file and tail
 * @param fileBytes the file's length when it was read
 * @param modified when the file was changed last, when it was read
 * @param bytes the file itself, when it is small
 * @param copy where a copy of it was begun
 * @param parsed the document with its tail, for whoever opens it next, once
 */
record Seen(
    RunningDigests digests,
    long fileBytes,
    FileTime modified,
    Optional<ByteBuffer> bytes,
    Optional<Copy> copy,
    AtomicReference<@Nullable AppendablePdf> parsed) {

  /** A file up to this size is kept in memory from one step to the next. */
  private static final long SMALL = 256L << 10;

  private Seen(
      RunningDigests digests,
      BasicFileAttributes state,
      Optional<ByteBuffer> bytes,
      Optional<Copy> copy) {
    this(digests, state.size(), state.lastModifiedTime(), bytes, copy, new AtomicReference<>());
  }

  /** Reads a file once; a large one is written to {@code copy} on the way, a small one kept. */
  static Seen read(Path path, Set<ImprintAlgorithm> algorithms, Optional<Copy> copy)
      throws IOException {
    var state = state(path);
    if (state.size() <= SMALL) {
      var whole = new byte[(int) state.size()];
      var digests = RunningDigests.keeping(whole, path, algorithms);
      return new Seen(digests, state, Optional.of(ByteBuffer.wrap(whole).asReadOnlyBuffer()), copy);
    }
    var digests =
        copy.isPresent()
            ? RunningDigests.copying(path, copy.get(), algorithms)
            : RunningDigests.of(path, algorithms);
    return new Seen(digests, state, Optional.empty(), copy);
  }

  /** A file that this process wrote just now. */
  static Seen written(Path path, RunningDigests digests) throws IOException {
    return new Seen(digests, state(path), Optional.empty(), Optional.empty());
  }

  /** The same file with a longer tail. */
  Seen with(RunningDigests longer) {
    return new Seen(longer, fileBytes, modified, bytes, copy, new AtomicReference<>());
  }

  /** Whether the file was not touched since. */
  boolean isStill(Path path) throws IOException {
    var state = state(path);
    return state.size() == fileBytes && state.lastModifiedTime().equals(modified);
  }

  private static BasicFileAttributes state(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class);
  }
}
