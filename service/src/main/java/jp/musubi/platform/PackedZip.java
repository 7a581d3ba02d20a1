package jp.musubi.platform;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A ZIP as it is written: names in UTF-8, ZIP64 where it is needed, the digest of each file. */
public final class PackedZip {
  /** What the list of digests is called, by which {@code sha256sum -c} checks the files. */
  public static final String SUMS = "SHA256SUMS";

  private final ZipOutputStream zip;

  /** Writes to a stream that stays open. */
  public PackedZip(OutputStream target) {
    zip = new ZipOutputStream(target, StandardCharsets.UTF_8);
  }

  /** Writes one file. */
  public interface Content {
    /** Writes it, and may close the stream, which ends the file and not the ZIP. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * A file of the ZIP.
   *
   * @param sha256 of what was written
   */
  public record Packed(String name, String sha256, long bytes) {
    /** Its line in the {@linkplain #SUMS list of digests}. */
    public String line() {
      return line(sha256, name);
    }

    /** The line of any file. */
    public static String line(String sha256, String name) {
      return sha256 + "  " + name + "\n";
    }
  }

  /** Writes a file behind the others. */
  public Packed pack(String name, Content content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    var counted = new Counted(zip);
    var digest = new DigestOutputStream(counted, sha256());
    content.writeTo(digest);
    digest.flush();
    zip.closeEntry();
    return new Packed(
        name, HexFormat.of().formatHex(digest.getMessageDigest().digest()), counted.bytes);
  }

  /** Writes the directory of the ZIP, after the last file. */
  public void finish() throws IOException {
    zip.finish();
    zip.flush();
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
