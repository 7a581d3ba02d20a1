package jp.musubi.seal.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Damages a PDF in the ways that parsers stumble over; the same generator gives the same damage.
 */
final class Mutator {
  private static final Pattern OBJECT =
      Pattern.compile("\\d+ 0 obj.{0,20000}?endobj", Pattern.DOTALL);
  private static final Pattern NUMBER = Pattern.compile("(?<![\\w.])-?\\d+(?:\\.\\d+)?(?![\\w.])");
  private static final Pattern NAME = Pattern.compile("/[A-Za-z]\\w*");
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-1",
          "1",
          "2147483647",
          "2147483648",
          "-2147483648",
          "99999999999999999999",
          "9223372036854775807",
          "0.0000001",
          "1e9",
          "65536",
          "NaN",
          "-0");
  private static final List<String> TOKENS =
      List.of(
          "<<",
          ">>",
          "[",
          "]",
          "(",
          ")",
          "<",
          ">",
          "null",
          "true",
          "R",
          "obj",
          "endobj",
          "stream",
          "endstream",
          "xref",
          "trailer",
          "startxref",
          "BT",
          "ET",
          "q",
          "Q",
          "Do",
          "Tj",
          "3 Tr",
          "/Parent 3 0 R",
          "/Kids [2 0 R]",
          "/Length 0",
          "/Length 99999999",
          "/Filter /FlateDecode",
          "/Filter [/ASCIIHexDecode /LZWDecode /RunLengthDecode]",
          "/DecodeParms << /Predictor 12 >>");

  private final RandomGenerator random;

  Mutator(RandomGenerator random) {
    this.random = random;
  }

  /** One to four damages in a row. */
  byte[] mutate(byte[] pdf, byte[] other) {
    var damaged = pdf;
    for (var times = random.nextInt(1, 5); times > 0 && damaged.length > 16; times--) {
      damaged = once(damaged, other);
    }
    return damaged;
  }

  private byte[] once(byte[] pdf, byte[] other) {
    return switch (random.nextInt(8)) {
      case 0 -> flipped(pdf);
      case 1 -> Arrays.copyOf(pdf, random.nextInt(16, pdf.length));
      case 2 -> replaced(pdf, NUMBER, pick(NUMBERS));
      case 3 -> replaced(pdf, NAME, anotherName(pdf));
      case 4 -> twice(pdf);
      case 5 -> spliced(pdf, other);
      case 6 -> inserted(pdf, " " + pick(TOKENS) + " ");
      default -> without(pdf);
    };
  }

  private byte[] flipped(byte[] pdf) {
    var copy = pdf.clone();
    for (var bytes = random.nextInt(1, 9); bytes > 0; bytes--) {
      copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return copy;
  }

  private byte[] replaced(byte[] pdf, Pattern what, String by) {
    var text = new String(pdf, ISO_8859_1);
    var matcher = what.matcher(text);
    if (!matcher.find(random.nextInt(text.length())) && !matcher.find(0)) {
      return pdf;
    }
    return (text.substring(0, matcher.start()) + by + text.substring(matcher.end()))
        .getBytes(ISO_8859_1);
  }

  private String anotherName(byte[] pdf) {
    var matcher = NAME.matcher(new String(pdf, ISO_8859_1));
    return matcher.find(random.nextInt(pdf.length)) ? matcher.group() : "/Nothing";
  }

  /** An object stands twice; readers disagree on which counts. */
  private byte[] twice(byte[] pdf) {
    var text = new String(pdf, ISO_8859_1);
    var matcher = OBJECT.matcher(text);
    if (!matcher.find(random.nextInt(text.length())) && !matcher.find(0)) {
      return pdf;
    }
    return (text.substring(0, matcher.end())
            + "\n"
            + matcher.group()
            + text.substring(matcher.end()))
        .getBytes(ISO_8859_1);
  }

  private byte[] spliced(byte[] pdf, byte[] other) {
    var out = new ByteArrayOutputStream();
    out.write(pdf, 0, random.nextInt(16, pdf.length));
    var from = random.nextInt(other.length);
    out.write(other, from, other.length - from);
    return out.toByteArray();
  }

  private byte[] inserted(byte[] pdf, String what) {
    var at = random.nextInt(pdf.length);
    var out = new ByteArrayOutputStream();
    out.write(pdf, 0, at);
    out.writeBytes(what.getBytes(ISO_8859_1));
    out.write(pdf, at, pdf.length - at);
    return out.toByteArray();
  }

  private byte[] without(byte[] pdf) {
    var from = random.nextInt(pdf.length);
    var length = Math.min(pdf.length - from, random.nextInt(1, 64));
    var out = new ByteArrayOutputStream();
    out.write(pdf, 0, from);
    out.write(pdf, from + length, pdf.length - from - length);
    return out.toByteArray();
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
