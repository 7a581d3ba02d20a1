package jp.musubi.bench.parts;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * 計測用の契約書 — A scanned contract of a wanted size: pages with a line of text and an image of noise,
 * and empty signature fields, as prepared files have them. The same arguments give the same bytes.
 * It is written as a stream, so that half a gigabyte needs no heap.
 */
public final class SamplePdf implements AutoCloseable {
  private static final int SMALLEST_PAGES = 4;
  private static final int MOST_PAGES = 100;
  private static final int USUAL_PAGE = 100_000;
  private static final int WIDTH = 200;
  private static final int BYTES_A_PIXEL = 3;
  private static final int OTHER_THAN_IMAGE = 600;
  private static final int FIXED_OBJECTS = 3;
  private static final int OBJECTS_A_PAGE = 3;
  private static final long SEED = 20_260_401;

  private final OutputStream out;
  private final List<Long> offsets = new ArrayList<>();
  private long written;

  private SamplePdf(OutputStream out) {
    this.out = out;
  }

  /** The name of the {@code n}-th field, from 1. */
  public static String field(int n) {
    return "musubi-" + n;
  }

  /**
   * Writes a document of about {@code bytes} bytes, at least some thousand, within a few percent.
   *
   * @param fields how many empty signature fields it has
   */
  public static void write(Path target, long bytes, int fields) throws IOException {
    try (var pdf = new SamplePdf(new BufferedOutputStream(Files.newOutputStream(target)))) {
      pdf.write(bytes, fields);
    }
  }

  private void write(long bytes, int fields) throws IOException {
    var pages = Math.clamp(bytes / USUAL_PAGE, SMALLEST_PAGES, MOST_PAGES);
    var room = Math.max(bytes / pages - OTHER_THAN_IMAGE, WIDTH * BYTES_A_PIXEL);
    var height = (int) (room / (WIDTH * BYTES_A_PIXEL));
    var firstField = FIXED_OBJECTS + OBJECTS_A_PAGE * pages + 1;
    var fieldList = references(IntStream.range(firstField, firstField + fields));
    // The four bytes above 127 tell transfer programs that the file is binary (ISO 32000-2, 7.5.2).
    put("%PDF-1.7\n%".getBytes(US_ASCII));
    put(new byte[] {(byte) 0xE3, (byte) 0x81, (byte) 0x82, (byte) 0xE3, '\n'});
    object(
        "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [%s] /SigFlags 3 >> >>"
            .formatted(fieldList));
    object(
        "<< /Type /Pages /Count %d /Kids [%s] >>"
            .formatted(
                pages,
                references(
                    IntStream.range(0, pages).map(n -> FIXED_OBJECTS + 1 + n * OBJECTS_A_PAGE))));
    object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
    var noise = new SplittableRandom(SEED);
    for (var page = 0; page < pages; page++) {
      page(page, height, page == 0 ? fieldList : "", noise);
    }
    for (var n = 1; n <= fields; n++) {
      object(
          "<< /Type /Annot /Subtype /Widget /FT /Sig /T (%s) /Rect [0.0 0.0 0.0 0.0] /F 132 /P %d 0 R >>"
              .formatted(field(n), FIXED_OBJECTS + 1));
    }
    trailer();
  }

  private void page(int page, int height, String annotations, SplittableRandom noise)
      throws IOException {
    var own = FIXED_OBJECTS + 1 + page * OBJECTS_A_PAGE;
    object(
        """
        << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Annots [%s]
           /Resources << /Font << /F1 3 0 R >> /XObject << /I1 %d 0 R >> >> >>\
        """
            .formatted(own + 1, annotations, own + 2));
    var content =
        "BT /F1 11 Tf 60 800 Td (Contract, page %d) Tj ET q 475 0 0 700 60 60 cm /I1 Do Q\n"
            .formatted(page + 1)
            .getBytes(US_ASCII);
    stream("<< /Length %d >>".formatted(content.length), content);
    var pixels = new byte[height * WIDTH * BYTES_A_PIXEL];
    noise.nextBytes(pixels);
    var image = stored(pixels);
    stream(
        ("<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB"
                + " /BitsPerComponent 8 /Filter /FlateDecode /Length %d >>")
            .formatted(WIDTH, height, image.length),
        image);
  }

  /** Noise does not get smaller, so no time goes into trying. */
  private static byte[] stored(byte[] bytes) throws IOException {
    var stored = new ByteArrayOutputStream(bytes.length + bytes.length / 1000 + 64);
    var deflater = new Deflater(Deflater.NO_COMPRESSION);
    try (var zlib = new DeflaterOutputStream(stored, deflater, 1 << 16)) {
      zlib.write(bytes);
    } finally {
      deflater.end();
    }
    return stored.toByteArray();
  }

  private void trailer() throws IOException {
    var start = written;
    var table = new StringBuilder("xref\n0 %d\n0000000000 65535 f \n".formatted(count() + 1));
    for (var offset : offsets) {
      table.append("%010d 00000 n \n".formatted(offset));
    }
    table.append(
        """
        trailer
        << /Size %d /Root 1 0 R /ID [<%032x> <%032x>] >>
        startxref
        %d
        %%%%EOF
        """
            .formatted(count() + 1, start, start, start));
    put(table.toString().getBytes(US_ASCII));
  }

  private int count() {
    return offsets.size();
  }

  private void object(String text) throws IOException {
    offsets.add(written);
    put("%d 0 obj\n%s\nendobj\n".formatted(count(), text).getBytes(US_ASCII));
  }

  private void stream(String dictionary, byte[] bytes) throws IOException {
    offsets.add(written);
    put("%d 0 obj\n%s\nstream\n".formatted(count(), dictionary).getBytes(US_ASCII));
    put(bytes);
    put("\nendstream\nendobj\n".getBytes(US_ASCII));
  }

  private void put(byte[] bytes) throws IOException {
    out.write(bytes);
    written += bytes.length;
  }

  private static String references(IntStream objects) {
    return objects.mapToObj("%d 0 R"::formatted).collect(Collectors.joining(" "));
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
