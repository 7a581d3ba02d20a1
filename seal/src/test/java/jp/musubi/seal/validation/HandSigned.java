package jp.musubi.seal.validation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.function.Function;

/** Signatures put into PDFs by hand, rightly or with whatever wrong that a test wants. */
final class HandSigned {
  /** A DER sequence that is no signature at all: enough where only the structure counts. */
  static final byte[] NOTHING = {0x30, 3, 2, 1, 0};

  private static final String RANGE = "/ByteRange [0 1000000001 1000000002 1000000003]";
  private static final int ROOM = 6000;

  private HandSigned() {}

  /** A signature dictionary that waits for its value. */
  static String waiting(String entries) {
    return waiting(entries, ROOM);
  }

  static String waiting(String entries, int room) {
    return "<< %s %s /Contents <%s> >>".formatted(entries, RANGE, "00".repeat(room));
  }

  static String seal(String more) {
    return waiting("/Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached " + more);
  }

  static String timestamp(String more) {
    return waiting("/Type /DocTimeStamp /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161 " + more);
  }

  /** Fills the one signature that waits; the value is made of the bytes it covers. */
  static byte[] filled(byte[] pdf, Function<byte[], byte[]> value) {
    var text = new String(pdf, ISO_8859_1);
    var from = text.indexOf('<', text.indexOf("/Contents", text.indexOf(RANGE)));
    var to = text.indexOf('>', from) + 1;
    var range = "/ByteRange [0 %-10d %-10d %-10d]".formatted(from, to, pdf.length - to);
    var whole = text.replace(RANGE, range);
    var covered = new ByteArrayOutputStream();
    covered.writeBytes(whole.substring(0, from).getBytes(ISO_8859_1));
    covered.writeBytes(whole.substring(to).getBytes(ISO_8859_1));
    var hex = HexFormat.of().formatHex(value.apply(covered.toByteArray()));
    return (whole.substring(0, from + 1) + hex + whole.substring(from + 1 + hex.length()))
        .getBytes(ISO_8859_1);
  }

  /** A file whose signature is none, but stands where it should. */
  static byte[] filled(byte[] pdf) {
    return filled(pdf, covered -> NOTHING);
  }

  /** The small contract with its field filled by this dictionary, in the first revision. */
  static SmallPdf contract(String dictionary) {
    return SmallPdf.contract().with(20, dictionary).replaced(6, "/F 132", "/F 132 /V 20 0 R");
  }

  /** A revision more, with one timestamp more, in objects {@code number} and the one after it. */
  static byte[] stamped(byte[] pdf, int number, Function<byte[], byte[]> value) {
    var appending = Appending.to(pdf);
    var field = number + 1;
    return filled(
        appending
            .object(number, timestamp(""))
            .object(field, "<< /FT /Sig /T (t%d) /V %d 0 R >>".formatted(number, number))
            .object(
                SmallPdf.FIELDS,
                appending.body(SmallPdf.FIELDS).replace("]", " " + field + " 0 R]"))
            .done(),
        value);
  }
}
