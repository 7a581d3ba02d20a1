package jp.musubi.seal.validation;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import jp.musubi.seal.pdf.Cos;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSString;

/**
 * What a signature covers: {@code [0 a b c]} with nothing but its own /Contents in the gap and the
 * end of a revision at {@code b + c} (SWA, USF).
 */
final class SignedRange {
  private static final Set<String> SUB_FILTERS =
      Set.of("ETSI.CAdES.detached", "adbe.pkcs7.detached", "ETSI.RFC3161");

  private final Syntax.Span object;
  private final int firstEnd;
  private final int secondStart;
  private final int end;
  private final byte[] der;

  private SignedRange(Syntax.Span object, int firstEnd, int secondStart, int end, byte[] der) {
    this.object = object;
    this.firstEnd = firstEnd;
    this.secondStart = secondStart;
    this.end = end;
    this.der = der;
  }

  /** Where the signature dictionary stands. */
  Syntax.Span object() {
    return object;
  }

  /** Where the gap begins. */
  int firstEnd() {
    return firstEnd;
  }

  /** Where the gap ends. */
  int secondStart() {
    return secondStart;
  }

  /** Where the signed bytes end. */
  int end() {
    return end;
  }

  /** The CMS in the gap, without its padding. */
  byte[] der() {
    return der.clone();
  }

  /** Says what is wrong with a signature dictionary. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  static SignedRange of(SignatureScan.Found found, Content file, long objectOffset)
      throws Malformed {
    var dictionary = found.dictionary();
    var subFilter = Cos.name(dictionary, "SubFilter");
    require(SUB_FILTERS.contains(subFilter), "SubFilter " + subFilter);
    require(
        found.isTimestamp() == "ETSI.RFC3161".equals(subFilter),
        "Type and SubFilter contradict each other");
    var numbers = Cos.array(dictionary, "ByteRange");
    require(numbers != null && numbers.size() == 4, "ByteRange is missing or not of four");
    var range = new long[4];
    for (var i = 0; i < 4; i++) {
      range[i] =
          numbers != null && numbers.get(i) instanceof COSInteger whole ? whole.longValue() : -1;
    }
    require(range[0] == 0, "ByteRange does not start at 0");
    require(
        range[1] > 0
            && range[2] > range[1] + 2
            && range[3] > 0
            && range[2] + range[3] <= file.length(),
        "ByteRange " + Arrays.toString(range) + " of " + file.length() + " bytes");
    var a = (int) range[1];
    var b = (int) range[2];
    var end = (int) (range[2] + range[3]);
    require(file.at(a) == '<' && file.at(b - 1) == '>', "the gap is not one hexadecimal string");
    byte[] contents;
    try {
      contents = HexFormat.of().parseHex(file.text(a + 1, b - 1));
    } catch (IllegalArgumentException notHex) {
      throw new Malformed("the gap holds more than hexadecimal digits");
    }
    require(
        Cos.get(dictionary, "Contents") instanceof COSString string
            && Arrays.equals(string.getBytes(), contents),
        "the gap is not the Contents of this signature");
    var object = object(file, objectOffset);
    var gap = object.entries().get("Contents");
    require(
        object.key().equals(found.key()) && gap != null && gap.equals(new Syntax.Span(a, b)),
        "the gap is not within the signature's object");
    require(end >= object.span().to(), "the signature's object is not covered to its end");
    return new SignedRange(object.span(), a, b, end, unpadded(contents));
  }

  /** Read strictly: two readers must find the same dictionary (no key twice, nothing forgiven). */
  private static Syntax.Indirect object(Content file, long offset) throws Malformed {
    require(offset > 0 && offset < file.length(), "the signature's object stands nowhere");
    try {
      return new Syntax(file, (int) offset, file.length()).indirect();
    } catch (Syntax.Unreadable unreadable) {
      throw new Malformed("the signature's object: " + unreadable.getMessage());
    }
  }

  /** Whether the signed bytes end where a revision ends. */
  boolean coversRevision(Content file) {
    var at = end;
    if (at > 0 && file.at(at - 1) == '\n') {
      at--;
    }
    if (at > 0 && file.at(at - 1) == '\r') {
      at--;
    }
    return file.holds("%%EOF", at - "%%EOF".length());
  }

  private static byte[] unpadded(byte[] contents) throws Malformed {
    require(contents.length > 4 && contents[0] == 0x30, "Contents is no DER sequence");
    var first = contents[1] & 0xff;
    int length;
    if (first < 0x80) {
      length = 2 + first;
    } else {
      var digits = first & 0x7f;
      require(digits >= 1 && digits <= 3, "Contents is no DER sequence");
      var value = 0;
      for (var i = 0; i < digits; i++) {
        value = (value << 8) | (contents[2 + i] & 0xff);
      }
      length = 2 + digits + value;
    }
    require(length <= contents.length, "Contents is cut off");
    for (var i = length; i < contents.length; i++) {
      require(contents[i] == 0, "Contents holds more than the signature");
    }
    return Arrays.copyOf(contents, length);
  }

  private static void require(boolean holds, String otherwise) throws Malformed {
    if (!holds) {
      throw new Malformed(otherwise);
    }
  }
}
