package jp.musubi.download;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A ZIP as it is written (UTF-8 names, ZIP64 where it is needed), with the digests of its files in
 * the form that {@code sha256sum -c} reads. What is said of the files lies in a file of its own
 * meanwhile: memory does not grow with them.
 */
final class Packing implements AutoCloseable {
  /** The file of digests, of which none is in it. */
  static final String SUMS = "SHA256SUMS";

  private final ZipOutputStream zip;
  private final Path sums;
  private final Writer sumsOut;

  Packing(OutputStream target) throws IOException {
    zip = new ZipOutputStream(target, StandardCharsets.UTF_8);
    sums = Files.createTempFile("musubi-sums-", null);
    sumsOut = Files.newBufferedWriter(sums);
  }

  /** Writes one file. */
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * A file of the ZIP.
   *
   * @param sha256 of what was written
   */
  record Packed(String name, String sha256, long bytes) {}

  Packed pack(String name, Content content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    var counted = new Counted(zip);
    var digest = new DigestOutputStream(counted, sha256());
    content.writeTo(digest);
    digest.flush();
    zip.closeEntry();
    var packed =
        new Packed(
            name, HexFormat.of().formatHex(digest.getMessageDigest().digest()), counted.bytes);
    sumsOut.write(packed.sha256() + "  " + name + "\n");
    return packed;
  }

  /** Writes the digests as the last file. */
  void finish() throws IOException {
    sumsOut.flush();
    zip.putNextEntry(new ZipEntry(SUMS));
    Files.copy(sums, zip);
    zip.closeEntry();
    zip.finish();
    zip.flush();
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

  /** Counts, and is not closed by whoever writes one file. */
  private static final class Counted extends FilterOutputStream {
    private long bytes;

    Counted(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int one) throws IOException {
      out.write(one);
      bytes++;
    }

    @Override
    public void write(byte[] some, int from, int length) throws IOException {
      out.write(some, from, length);
      bytes += length;
    }

    @Override
    public void close() {}
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
