package jp.musubi.seal.validation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes an incremental update by hand, rightly or with whatever wrong that a test wants. */
final class Appending {
  private final String base;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Map<Integer, Integer> offsets = new TreeMap<>();
  private final Map<Integer, Integer> generations = new TreeMap<>();

  private Appending(byte[] base) {
    this.base = new String(base, ISO_8859_1);
    out.writeBytes(base);
  }

  static Appending to(byte[] base) {
    return new Appending(base);
  }

  /** The number after the highest. */
  int next() {
    return Integer.parseInt(last("/Size (\\d+)"));
  }

  String root() {
    return last("/Root (\\d+ \\d+ R)");
  }

  int previous() {
    return Integer.parseInt(last("startxref\\s+(\\d+)\\s+%%EOF"));
  }

  /** What stands between {@code obj} and {@code endobj}, in the newest version of an object. */
  String body(int number) {
    var head = "\n%d 0 obj".formatted(number);
    var at = base.lastIndexOf(head);
    return base.substring(at + head.length(), base.indexOf("endobj", at)).strip();
  }

  Appending object(int number, String body) {
    return object(number, 0, body);
  }

  Appending object(int number, int generation, String body) {
    offsets.put(number, out.size());
    generations.put(number, generation);
    return raw("%d %d obj\n%s\nendobj\n".formatted(number, generation, body));
  }

  /**
   * An object as it stands, with one thing replaced, however it is spaced; fails when that is not
   * there.
   */
  Appending changed(int number, String what, String by) {
    var body = body(number);
    var pattern =
        Arrays.stream(what.split(" ", -1)).map(Pattern::quote).collect(Collectors.joining("\\s*"));
    var matcher = Pattern.compile(pattern).matcher(body);
    if (!matcher.find()) {
      throw new IllegalStateException("no '%s' in %s".formatted(what, body));
    }
    return object(number, body.substring(0, matcher.start()) + by + body.substring(matcher.end()));
  }

  /** An object's dictionary with further entries. */
  Appending with(int number, String entries) {
    var body = body(number);
    return object(number, body.substring(0, body.lastIndexOf(">>")) + entries + "\n>>");
  }

  Appending raw(String bytes) {
    out.writeBytes(bytes.getBytes(ISO_8859_1));
    return this;
  }

  /** An entry of the table for an object that is not written here. */
  Appending entry(int number, int offset) {
    offsets.put(number, offset);
    generations.put(number, 0);
    return this;
  }

  int offset(int number) {
    return base.lastIndexOf("\n%d 0 obj".formatted(number)) + 1;
  }

  /** With a table that names what was written, and a trailer that leads back. */
  byte[] done() {
    return done(root(), "/Prev %d".formatted(previous()));
  }

  byte[] done(String root, String more) {
    var here = out.size();
    raw("xref\n");
    offsets.forEach((number, offset) ->
        raw(
            "%d 1\n%010d %05d n\r\n"
                .formatted(number, offset, generations.getOrDefault(number, 0))));
    return trailer(root, more, here);
  }

  byte[] trailer(String root, String more, int startXref) {
    var size =
        Math.max(next(), offsets.keySet().stream().mapToInt(Integer::intValue).max().orElse(0) + 1);
    raw("trailer\n<< /Size %d /Root %s %s >>\n".formatted(size, root, more));
    raw("startxref\n%d\n%%%%EOF\n".formatted(startXref));
    return out.toByteArray();
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  int length() {
    return out.size();
  }

  private String last(String pattern) {
    var found =
        Pattern.compile(pattern).matcher(base).results().map(match -> match.group(1)).toList();
    return found.getLast();
  }
}
