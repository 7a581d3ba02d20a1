package jp.musubi.download;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import jp.musubi.platform.PackedZip;
import jp.musubi.platform.PackedZip.Packed;

/**
 * A ZIP with the digests of its files in the form that {@code sha256sum -c} reads. They lie in a
 * file of their own meanwhile: memory does not grow with them.
 */
final class Packing implements AutoCloseable {
  private final PackedZip zip;
  private final Path sums;
  private final Writer sumsOut;

  Packing(OutputStream target) throws IOException {
    zip = new PackedZip(target);
    sums = Files.createTempFile("musubi-sums-", null);
    sumsOut = Files.newBufferedWriter(sums);
  }

  Packed pack(String name, PackedZip.Content content) throws IOException {
    var packed = zip.pack(name, content);
    sumsOut.write(packed.line());
    return packed;
  }

  /** Writes the digests as the last file. */
  void finish() throws IOException {
    sumsOut.flush();
    zip.pack(PackedZip.SUMS, out -> Files.copy(sums, out));
    zip.finish();
  }

  @Override
  public void close() {
    try {
      sumsOut.close();
      Files.deleteIfExists(sums);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
