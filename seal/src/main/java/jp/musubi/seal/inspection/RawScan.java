package jp.musubi.seal.inspection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import jp.musubi.seal.pdf.Magic;

/**
 * Looks at the bytes of the file before any parser does: where it starts and ends, whether it is
 * also a file of another kind, how deep it nests and how large its streams inflate (PDF-P01, P15).
 */
final class RawScan {
  private static final byte[] HEADER = bytes("%PDF-");
  private static final int HEAD = 1024;
  private static final byte[] EOF = bytes("%%EOF");
  private static final byte[] STREAM = bytes("stream");
  private static final byte[] ENDSTREAM = bytes("endstream");
  private static final byte[] ENDOBJ = bytes("endobj");

  private final byte[] file;
  private final InspectionLimits limits;
  private final Findings findings;
  private long inflated;

  RawScan(byte[] file, InspectionLimits limits, Findings findings) {
    this.file = file;
    this.limits = limits;
    this.findings = findings;
  }

  void run() {
    if (!headerIsRight()) {
      return;
    }
    tail();
    body();
  }

  private boolean headerIsRight() {
    if (!startsWith(HEADER, 0)) {
      var later = indexOf(HEADER, 0, Math.min(file.length, 4096));
      if (later > 0) {
        findings.reject("PDF-P01", "header-not-first", "%PDF- stands at byte " + later);
      } else {
        findings.reject("PDF-P01", "not-pdf", "no %PDF- at the start");
      }
      return false;
    }
    var firstObject = indexOf(bytes(" obj"), 0, Math.min(file.length, HEAD));
    if (Magic.markup(file, 0, firstObject < 0 ? Math.min(file.length, HEAD) : firstObject)) {
      findings.reject("PDF-P01", "polyglot", "markup before the first object");
      return false;
    }
    var version = new String(file, 5, Math.min(3, file.length - 5), ISO_8859_1);
    if (!version.matches("1\\.[0-7]|2\\.0")) {
      findings.reject("PDF-P01", "unknown-version", "version " + printable(version));
      return false;
    }
    return true;
  }

  private void tail() {
    var last = lastIndexOf(EOF);
    if (last < 0) {
      findings.reject("PDF-P01", "broken", "no %%EOF: the file is cut off");
      return;
    }
    var end = last + EOF.length;
    var rest = end;
    while (rest < file.length && isEol(file[rest])) {
      rest++;
    }
    if (rest == file.length) {
      if (Magic.endsAsZip(file)) {
        findings.reject("PDF-P01", "polyglot", "the file is also a ZIP archive");
      }
      return;
    }
    if (Magic.within(file, rest)) {
      findings.reject("PDF-P01", "polyglot", "another file follows the last %%EOF");
    } else {
      findings.reject(
          "PDF-P01", "trailing-data", (file.length - end) + " bytes follow the last %%EOF");
    }
  }

  /** Everything outside streams is tokenised; every stream is inflated once and counted. */
  private void body() {
    var depth = 0;
    var at = HEADER.length;
    while (at < file.length) {
      switch (file[at]) {
        case '%' -> {
          if (startsWith(HEADER, at)) {
            findings.reject("PDF-P01", "second-header", "a second %PDF- at byte " + at);
          }
          at = endOfLine(at);
        }
        case '(' -> at = endOfString(at);
        case '[' -> {
          depth++;
          at++;
        }
        case ']' -> {
          depth = Math.max(0, depth - 1);
          at++;
        }
        case '<' -> {
          if (at + 1 < file.length && file[at + 1] == '<') {
            depth++;
            at += 2;
          } else {
            at++;
          }
        }
        case '>' -> {
          if (at + 1 < file.length && file[at + 1] == '>') {
            depth = Math.max(0, depth - 1);
            at += 2;
          } else {
            at++;
          }
        }
        case 'e' -> {
          if (startsWith(ENDOBJ, at)) {
            depth = 0;
            at += ENDOBJ.length;
          } else {
            at++;
          }
        }
        case 's' -> at = startsWith(STREAM, at) ? endOfStream(at) : at + 1;
        default -> at++;
      }
      if (depth > limits.maxNesting()) {
        findings.reject("PDF-P15", "too-deep", "nested deeper than " + limits.maxNesting());
        return;
      }
      if (inflated > limits.maxInflatedBytes()) {
        return;
      }
    }
  }

  private int endOfStream(int keyword) {
    var data = keyword + STREAM.length;
    if (startsWith(ENDSTREAM, keyword - 3) || data >= file.length) {
      return data;
    }
    if (file[data] == '\r') {
      data++;
    }
    if (data < file.length && file[data] == '\n') {
      data++;
    }
    var consumed = inflate(data);
    var end = indexOf(ENDSTREAM, data + consumed, file.length);
    if (consumed > 0 && end < 0) {
      end = indexOf(ENDSTREAM, data, file.length);
    }
    return end < 0 ? file.length : end + ENDSTREAM.length;
  }

  /** Inflates and counts; tells how many bytes of the file it took, 0 when it is not deflated. */
  private int inflate(int data) {
    if (data + 2 > file.length
        || (file[data] & 0x0f) != 8
        || (((file[data] & 0xff) << 8) | (file[data + 1] & 0xff)) % 31 != 0) {
      return 0;
    }
    try (var inflater = new Inflater()) {
      inflater.setInput(file, data, file.length - data);
      var buffer = new byte[1 << 16];
      var total = 0L;
      while (!inflater.finished()) {
        var n = inflater.inflate(buffer);
        if (n == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          break;
        }
        total += n;
        inflated += n;
        if (total > limits.maxStreamBytes()) {
          findings.reject(
              "PDF-P15", "stream-too-large", "one stream exceeds " + limits.maxStreamBytes());
          inflated = Long.MAX_VALUE;
          return 0;
        }
        if (inflated > limits.maxInflatedBytes()) {
          findings.reject(
              "PDF-P15", "inflates-too-large", "all streams exceed " + limits.maxInflatedBytes());
          return 0;
        }
      }
      return Math.toIntExact(inflater.getBytesRead());
    } catch (DataFormatException notDeflated) {
      return 0;
    }
  }

  private int endOfString(int open) {
    var depth = 0;
    for (var i = open; i < file.length; i++) {
      switch (file[i]) {
        case '\\' -> i++;
        case '(' -> depth++;
        case ')' -> {
          if (--depth == 0) {
            return i + 1;
          }
        }
        default -> {}
      }
    }
    return open + 1;
  }

  private int endOfLine(int from) {
    var i = from;
    while (i < file.length && !isEol(file[i])) {
      i++;
    }
    return i;
  }

  private boolean startsWith(byte[] what, int at) {
    return Magic.startsWith(file, what, at);
  }

  private int indexOf(byte[] what, int from, int to) {
    for (var i = from; i <= to - what.length; i++) {
      if (file[i] == what[0] && startsWith(what, i)) {
        return i;
      }
    }
    return -1;
  }

  private int lastIndexOf(byte[] what) {
    for (var i = file.length - what.length; i >= 0; i--) {
      if (startsWith(what, i)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isEol(byte b) {
    return b == '\r' || b == '\n';
  }

  private static String printable(String text) {
    return text.replaceAll("[^\\x20-\\x7e]", "?");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
