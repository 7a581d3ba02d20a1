package jp.musubi.seal.validation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.TreeMap;

/** A PDF of a dozen objects, written by hand: what is under test is there and nothing else. */
final class SmallPdf {
  static final int CATALOG = 1;
  static final int PAGES = 2;
  static final int PAGE = 3;
  static final int CONTENTS = 4;
  static final int FORM = 5;
  static final int FIELD = 6;
  static final int FIELDS = 7;
  static final int ANNOTATIONS = 8;

  private final Map<Integer, String> objects = new TreeMap<>();
  private String trailer = "";

  /** One page with one empty signature field; form, fields and annotations are objects. */
  static SmallPdf contract() {
    return new SmallPdf()
        .with(CATALOG, "<< /Type /Catalog /Pages 2 0 R /AcroForm 5 0 R >>")
        .with(PAGES, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
        .with(
            PAGE,
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Annots 8 0 R >>")
        .with(CONTENTS, stream("0 0 1 1 re f"))
        .with(FORM, "<< /Fields 7 0 R /SigFlags 1 >>")
        .with(
            FIELD,
            "<< /Type /Annot /Subtype /Widget /FT /Sig /T (a) /P 3 0 R /Rect [0 0 0 0] /F 132 >>")
        .with(FIELDS, "[6 0 R]")
        .with(ANNOTATIONS, "[6 0 R]");
  }

  static String stream(String data) {
    return stream("", data);
  }

  static String stream(String entries, String data) {
    return "<< %s /Length %d >>\nstream\n%s\nendstream".formatted(entries, data.length(), data);
  }

  SmallPdf with(int number, String body) {
    objects.put(number, body);
    return this;
  }

  /** One thing in an object replaced, which has to be there. */
  SmallPdf replaced(int number, String what, String by) {
    var body = objects.getOrDefault(number, "");
    if (!body.contains(what)) {
      throw new IllegalArgumentException("no '%s' in %s".formatted(what, body));
    }
    return with(number, body.replace(what, by));
  }

  /** Further entries of the trailer. */
  SmallPdf trailer(String entries) {
    trailer = entries;
    return this;
  }

  byte[] bytes() {
    var out = new ByteArrayOutputStream();
    out.writeBytes("%PDF-2.0\n%\u00e2\u00e3\u00cf\u00d3\n".getBytes(ISO_8859_1));
    var table = new StringBuilder("xref\n0 1\n0000000000 65535 f\r\n");
    for (var each : objects.entrySet()) {
      table.append("%d 1\n%010d 00000 n\r\n".formatted(each.getKey(), out.size()));
      out.writeBytes(
          "%d 0 obj\n%s\nendobj\n".formatted(each.getKey(), each.getValue()).getBytes(ISO_8859_1));
    }
    var here = out.size();
    var size = objects.keySet().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
    out.writeBytes(
        "%strailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
            .formatted(table, size, trailer, here)
            .getBytes(ISO_8859_1));
    return out.toByteArray();
  }
}
