package jp.musubi.seal.pdf;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSBoolean;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSFloat;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNull;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.COSString;

/** Writes PDF objects (ISO 32000-2, 7.3) in their shortest plain form; references stay as such. */
final class CosText {
  /**
   * A literal string may hold what a reader that scans for objects takes for one. Only the plainest
   * are written as such.
   */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9:+' .-]*");

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private CosText() {}

  static void write(COSBase base, ByteArrayOutputStream out) throws IOException {
    switch (base) {
      case COSObject reference -> reference(reference, out);
      case COSStream _ -> throw new IOException("a stream stands within another object");
      case COSDictionary dictionary -> dictionary(dictionary, out);
      case COSArray array -> array(array, out);
      case COSName name -> name.writePDF(out);
      case COSString string -> string(string, out);
      case COSInteger number -> number.writePDF(out);
      case COSFloat number -> number.writePDF(out);
      case COSBoolean truth -> truth.writePDF(out);
      case COSNull nothing -> nothing.writePDF(out);
      default -> throw new IOException("no PDF object: " + base.getClass().getSimpleName());
    }
  }

  private static void reference(COSObject reference, ByteArrayOutputStream out) throws IOException {
    var key = reference.getKey();
    if (key == null) {
      throw new IOException("a reference leads nowhere");
    }
    ascii(key.getNumber() + " " + key.getGeneration() + " R", out);
  }

  private static void dictionary(COSDictionary dictionary, ByteArrayOutputStream out)
      throws IOException {
    ascii("<<", out);
    entries(dictionary, out);
    ascii(">>", out);
  }

  /** What stands between {@code <<} and {@code >>}. */
  static void entries(COSDictionary dictionary, ByteArrayOutputStream out) throws IOException {
    for (var entry : dictionary.entrySet()) {
      entry.getKey().writePDF(out);
      if (needsSpace(entry.getValue())) {
        out.write(' ');
      }
      write(entry.getValue(), out);
    }
  }

  private static void array(COSArray array, ByteArrayOutputStream out) throws IOException {
    out.write('[');
    for (var i = 0; i < array.size(); i++) {
      var element = array.get(i);
      if (i > 0 && needsSpace(element)) {
        out.write(' ');
      }
      write(element == null ? COSNull.NULL : element, out);
    }
    out.write(']');
  }

  private static boolean needsSpace(COSBase base) {
    return !(base instanceof COSDictionary
        || base instanceof COSArray
        || base instanceof COSName
        || base instanceof COSString);
  }

  private static void string(COSString string, ByteArrayOutputStream out) {
    var text = new String(string.getBytes(), ISO_8859_1);
    if (PLAIN.matcher(text).matches() && !text.contains("obj") && !text.contains("stream")) {
      ascii("(" + text + ")", out);
    } else {
      ascii("<" + HEX.formatHex(string.getBytes()) + ">", out);
    }
  }

  static void ascii(String text, ByteArrayOutputStream out) {
    out.writeBytes(text.getBytes(ISO_8859_1));
  }
}
