package jp.musubi.seal.inspection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;

/** Writes small PDFs by hand, so that tests can make what no honest writer would. */
public final class BadPdfs {
  private final Map<Integer, byte[]> objects = new TreeMap<>();

  private BadPdfs() {}

  /** One A4 page, one line of text, and whatever the caller says to catalog and page. */
  public static BadPdfs page(String catalogEntries, String pageEntries) {
    var pdf = new BadPdfs();
    pdf.object(1, "<< /Type /Catalog /Pages 2 0 R " + catalogEntries + " >>");
    pdf.object(2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
    pdf.object(
        3,
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            + (pageEntries.contains("/Resources") ? "" : "/Resources << >> ")
            + pageEntries
            + " >>");
    pdf.stream(4, "", "0 0 1 rg 100 100 50 50 re f".getBytes(ISO_8859_1));
    return pdf;
  }

  /** One A4 page with this content and Helvetica as F1. */
  public static BadPdfs text(String content) {
    return page("", "/Resources << /Font << /F1 8 0 R >> >>")
        .object(
            8, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
        .stream(4, "", content.getBytes(ISO_8859_1));
  }

  /** The page as given, below a node that has box and font to inherit; another node has others. */
  static byte[] inheriting(String page) {
    return page("", "")
        .object(
            2,
            "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842]"
                + " /Resources << /Font << /F1 8 0 R >> >> >>")
        .object(3, page)
        .object(5, "<< /Type /Pages /Kids [] /Count 0 /MediaBox [0 0 595 842] >>")
        .object(
            8, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
        .bytes();
  }

  /**
   * A picture that no decoder gets to the end of: the dictionary of its one symbol says twenty
   * times that zero symbols follow (T.88, 6.5.10), and its arithmetic code goes on saying so behind
   * the end of its bytes.
   */
  public static byte[] endless() {
    var page = "00000000 30 00 01 00000013 00000008 00000008 0000000000000000 000000";
    var dictionary =
        "00000001 00 01 01 00000018 0000 03fffdff02fefefe 00000001 00000001 94a8ba7fffac";
    var text =
        "00000002 07 20 01 01 00000019 00000008 00000008 0000000000000000 00 0000 00000001 ffac";
    return page("", "/Resources << /XObject << /I1 9 0 R >> >>").stream(
            4, "", "200 0 0 200 100 100 cm /I1 Do".getBytes(ISO_8859_1))
        .stream(
            9,
            "/Type /XObject /Subtype /Image /Width 8 /Height 8 /BitsPerComponent 1"
                + " /ColorSpace /DeviceGray /Filter /JBIG2Decode",
            HexFormat.of().parseHex((page + dictionary + text).replace(" ", "")))
        .bytes();
  }

  public BadPdfs object(int number, String body) {
    objects.put(number, body.getBytes(ISO_8859_1));
    return this;
  }

  public BadPdfs stream(int number, String entries, byte[] data) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(
        ("<< " + entries + " /Length " + data.length + " >>\nstream\n").getBytes(ISO_8859_1));
    out.writeBytes(data);
    out.writeBytes("\nendstream".getBytes(ISO_8859_1));
    objects.put(number, out.toByteArray());
    return this;
  }

  public byte[] bytes() {
    var out = new ByteArrayOutputStream();
    out.writeBytes("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n".getBytes(ISO_8859_1));
    var offsets = new TreeMap<Integer, Integer>();
    for (var entry : objects.entrySet()) {
      offsets.put(entry.getKey(), out.size());
      out.writeBytes((entry.getKey() + " 0 obj\n").getBytes(ISO_8859_1));
      out.writeBytes(entry.getValue());
      out.writeBytes("\nendobj\n".getBytes(ISO_8859_1));
    }
    var table = out.size();
    out.writeBytes("xref\n0 1\n0000000000 65535 f \n".getBytes(ISO_8859_1));
    offsets.forEach((number, offset) ->
        out.writeBytes("%d 1\n%010d 00000 n \n".formatted(number, offset).getBytes(ISO_8859_1)));
    out.writeBytes(
        "trailer\n<< /Root 1 0 R /Size 99 >>\nstartxref\n%d\n%%%%EOF\n"
            .formatted(table)
            .getBytes(ISO_8859_1));
    return out.toByteArray();
  }

  /** {@code megabytes} of zeros, deflated. */
  public static byte[] bomb(int megabytes) throws IOException {
    try (var deflater = new Deflater(Deflater.BEST_COMPRESSION)) {
      var out = new ByteArrayOutputStream();
      var buffer = new byte[1 << 16];
      var zeros = new byte[1 << 20];
      for (var i = 0; i < megabytes; i++) {
        deflater.setInput(zeros);
        while (!deflater.needsInput()) {
          out.write(buffer, 0, deflater.deflate(buffer));
        }
      }
      deflater.finish();
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    }
  }
}
