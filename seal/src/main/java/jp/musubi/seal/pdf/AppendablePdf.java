package jp.musubi.seal.pdf;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSDocument;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.apache.pdfbox.pdfparser.PDFParser;

/**
 * A PDF that a revision can be appended to: PDFBox reads its cross references and, as they are
 * asked for, single objects; nothing is repaired and page contents are never read. What a reader
 * would have to guess about is refused.
 */
public final class AppendablePdf implements Closeable {
  private static final int END = 1_024;
  private static final Pattern END_OF_FILE =
      Pattern.compile("startxref\\s+(\\d{1,10})\\s+%%EOF(\\r\\n|\\r|\\n)?$");

  private final COSDocument document;
  private final COSDictionary catalog;
  private final COSObjectKey catalogKey;
  private final long length;
  private final boolean endsItsLine;
  private final boolean xrefStream;
  private final long startXref;
  private final long firstFreeNumber;
  private boolean handedOver;

  private AppendablePdf(
      COSDocument document,
      COSDictionary catalog,
      COSObjectKey catalogKey,
      long length,
      boolean endsItsLine,
      boolean xrefStream,
      long startXref,
      long firstFreeNumber) {
    this.startXref = startXref;
    this.firstFreeNumber = firstFreeNumber;
    this.document = document;
    this.catalog = catalog;
    this.catalogKey = catalogKey;
    this.length = length;
    this.endsItsLine = endsItsLine;
    this.xrefStream = xrefStream;
  }

  /**
   * Opens a file.
   *
   * @param tail further bytes, taken to stand behind those of the file
   * @throws IOException when it is no PDF whose cross references lead where they say, does not end
   *     as one, or is encrypted
   */
  public static AppendablePdf open(Path file, byte[] tail) throws IOException {
    return open(access(new RandomAccessReadBufferedFile(file), tail));
  }

  /** As {@link #open(Path, byte[])}, with the file in memory. */
  public static AppendablePdf open(ByteBuffer file, byte[] tail) throws IOException {
    return open(access(new RandomAccessReadBuffer(file), tail));
  }

  private static AppendablePdf open(RandomAccessRead access) throws IOException {
    try {
      var length = access.length();
      requireHead(access);
      var end = end(access, length);
      var endsItsLine = isEndOfLine(access, length);
      var xrefStream = isXrefStream(access, end);
      access.seek(0);
      var document = new PDFParser(access, "").parse(false).getDocument();
      if (document.isEncrypted()) {
        throw new IOException("the document is encrypted");
      }
      if (document.getStartXref() != end) {
        throw new IOException("the document has two ends");
      }
      if (document.getTrailer().getItem(COSName.ROOT) instanceof COSObject root
          && root.getKey() != null
          && root.getObject() instanceof COSDictionary catalog) {
        return new AppendablePdf(
            document,
            catalog,
            root.getKey(),
            length,
            endsItsLine,
            xrefStream,
            end,
            firstFree(document));
      }
      throw new IOException("the document has no catalog");
    } catch (IOException | RuntimeException | StackOverflowError broken) {
      // PDFBox reports some malformed files by IllegalArgumentException and the like.
      access.close();
      throw broken instanceof IOException told ? told : new IOException("no readable PDF", broken);
    }
  }

  private static RandomAccessRead access(RandomAccessRead file, byte[] tail) throws IOException {
    if (file.length() == 0) {
      file.close();
      throw new IOException("the file is empty");
    }
    return tail.length == 0 ? file : new Joined(file, new RandomAccessReadBuffer(tail));
  }

  /** Bytes before the head would shift every offset for some readers and not for others. */
  private static void requireHead(RandomAccessRead access) throws IOException {
    var head = new byte[5];
    access.seek(0);
    access.readFully(head);
    if (!"%PDF-".equals(new String(head, ISO_8859_1))) {
      throw new IOException("the file does not begin as a PDF does");
    }
  }

  private static long end(RandomAccessRead access, long length) throws IOException {
    var bytes = new byte[(int) Math.min(END, length)];
    access.seek(length - bytes.length);
    access.readFully(bytes);
    var found = END_OF_FILE.matcher(new String(bytes, ISO_8859_1));
    if (!found.find()) {
      throw new IOException("the file does not end as a PDF does");
    }
    return Long.parseLong(found.group(1));
  }

  private static boolean isXrefStream(RandomAccessRead access, long at) throws IOException {
    var head = new byte[4];
    access.seek(at);
    access.readFully(head);
    return !"xref".equals(new String(head, ISO_8859_1));
  }

  private static boolean isEndOfLine(RandomAccessRead access, long length) throws IOException {
    access.seek(length - 1);
    var last = access.read();
    return last == '\n' || last == '\r';
  }

  /** The document catalog (ISO 32000-2, 7.7.2). */
  public COSDictionary catalog() {
    return catalog;
  }

  /** The catalog's object. */
  public COSObjectKey catalogKey() {
    return catalogKey;
  }

  /** Length in bytes, the tail included. */
  public long length() {
    return length;
  }

  boolean endsItsLine() {
    return endsItsLine;
  }

  COSDictionary trailer() {
    return document.getTrailer();
  }

  long startXref() {
    return startXref;
  }

  /** Whether the newest cross references are a stream; the next ones then must be one too. */
  boolean hasXrefStream() {
    return xrefStream;
  }

  /** The first object number that nothing uses. */
  long firstFreeNumber() {
    return firstFreeNumber;
  }

  private static long firstFree(COSDocument document) {
    var highest = 0L;
    for (var key : document.getXrefTable().keySet()) {
      highest = Math.max(highest, key.getNumber());
    }
    return Math.max(highest + 1, document.getTrailer().getLong(COSName.SIZE));
  }

  /** Whether what was parsed of an object is now what an update made of it. */
  boolean replaced(COSObjectKey key, COSBase object) {
    if (!document.getXrefTable().containsKey(key)) {
      return true; // It is new: nobody holds what it was before.
    }
    return switch (document.getObjectFromPool(key).getObject()) {
      case COSDictionary before when object instanceof COSDictionary after -> {
        before.clear();
        before.addAll(after);
        yield true;
      }
      case COSArray before when object instanceof COSArray after -> {
        before.clear();
        before.addAll(after);
        yield true;
      }
      case null, default -> false;
    };
  }

  /** Somebody else closes it. */
  void handOver() {
    handedOver = true;
  }

  /** The same document after an update. This one must not be used any more. */
  AppendablePdf advanced(int bytes, long newStart, long newFree) {
    handOver();
    return new AppendablePdf(
        document, catalog, catalogKey, length + bytes, true, xrefStream, newStart, newFree);
  }

  @Override
  public void close() throws IOException {
    if (!handedOver) {
      document.close();
    }
  }
}
