package jp.musubi.seal.validation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import jp.musubi.seal.pdf.Cos;
import jp.musubi.seal.pdf.Magic;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSString;

/**
 * What a signature covers: {@code [0 a b c]} with nothing but its own /Contents in the gap and the
 * end of a revision at {@code b + c} (SWA, USF).
 */
final class SignedRange {
  private static final Set<String> SUB_FILTERS =
      Set.of("ETSI.CAdES.detached", "adbe.pkcs7.detached", "ETSI.RFC3161");
  private static final byte[] EOF = "%%EOF".getBytes(ISO_8859_1);

  private final int firstEnd;
  private final int secondStart;
  private final int end;
  private final byte[] der;

  private SignedRange(int firstEnd, int secondStart, int end, byte[] der) {
    this.firstEnd = firstEnd;
    this.secondStart = secondStart;
    this.end = end;
    this.der = der;
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

  static SignedRange of(SignatureScan.Found found, byte[] file, long objectOffset)
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
            && range[2] + range[3] <= file.length,
        "ByteRange " + Arrays.toString(range) + " of " + file.length + " bytes");
    var a = (int) range[1];
    var b = (int) range[2];
    var end = (int) (range[2] + range[3]);
    require(file[a] == '<' && file[b - 1] == '>', "the gap is not one hexadecimal string");
    byte[] contents;
    try {
      contents = HexFormat.of().parseHex(new String(file, a + 1, b - a - 2, ISO_8859_1));
    } catch (IllegalArgumentException notHex) {
      throw new Malformed("the gap holds more than hexadecimal digits");
    }
    require(
        Cos.get(dictionary, "Contents") instanceof COSString string
            && Arrays.equals(string.getBytes(), contents),
        "the gap is not the Contents of this signature");
    require(
        objectOffset > 0 && objectOffset < a && a - objectOffset < 100_000,
        "the gap is not within the signature's object");
    var head = new String(file, (int) objectOffset, a - (int) objectOffset, ISO_8859_1);
    require(
        head.startsWith(found.key().getNumber() + " " + found.key().getGeneration() + " obj")
            && !head.contains("endobj")
            && head.stripTrailing().endsWith("/Contents"),
        "the gap is not within the signature's object");
    return new SignedRange(a, b, end, unpadded(contents));
  }

  /** Whether the signed bytes end where a revision ends. */
  boolean coversRevision(byte[] file) {
    var at = end;
    if (at > 0 && file[at - 1] == '\n') {
      at--;
    }
    if (at > 0 && file[at - 1] == '\r') {
      at--;
    }
    return Magic.startsWith(file, EOF, at - EOF.length);
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
