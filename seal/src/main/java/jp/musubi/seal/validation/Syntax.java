package jp.musubi.seal.validation;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.pdfbox.cos.COSObjectKey;
import org.jspecify.annotations.Nullable;

/**
 * Reads indirect objects strictly (ISO 32000-2, 7.2 and 7.3): what PDF readers forgive, and each in
 * its own way, is an error here. A second opinion beside the PDF library's parser; it keeps no
 * values but the spans of a dictionary's entries.
 */
final class Syntax {
  private static final int DEEPEST = 64;
  private static final String DELIMITERS = "()<>[]{}/%";

  private final Content content;
  private final int end;
  private int at;

  /** What a span of bytes holds, from its first byte to behind its last. */
  record Span(int from, int to) {}

  /**
   * An indirect object.
   *
   * @param span from the object's number to the end of {@code endobj}
   * @param entries of the object's own dictionary, by name; empty when it is none
   * @param data the stream's data as they are written, null when it has none
   */
  record Indirect(COSObjectKey key, Span span, Map<String, Span> entries, @Nullable Span data) {}

  /** The bytes are not what the standard says. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message);
    }
  }

  Syntax(Content content, int from, int to) {
    this.content = content;
    this.at = from;
    this.end = Math.min(to, content.length());
  }

  int position() {
    return at;
  }

  boolean atEnd() {
    return at >= end;
  }

  void skipWhitespace() {
    while (at < end && isWhitespace(content.at(at))) {
      at++;
    }
  }

  boolean holds(String word) {
    return at + word.length() <= end && content.holds(word, at);
  }

  void expect(String word) throws Unreadable {
    if (!holds(word)) {
      throw unreadable("'%s' is expected".formatted(word));
    }
    at += word.length();
  }

  /** One end of line: LF, CR LF or CR. */
  void expectEndOfLine() throws Unreadable {
    if (at < end && content.at(at) == '\r') {
      at++;
      if (at < end && content.at(at) == '\n') {
        at++;
      }
    } else {
      expect("\n");
    }
  }

  /** A whole number without sign. */
  long number(int digits) throws Unreadable {
    var from = at;
    var value = 0L;
    while (at < end && content.at(at) >= '0' && content.at(at) <= '9') {
      value = value * 10 + content.at(at) - '0';
      at++;
      if (at - from > digits) {
        throw unreadable("a number is too long");
      }
    }
    if (at == from) {
      throw unreadable("a number is expected");
    }
    return value;
  }

  /** A dictionary that is no object of its own, as a trailer. */
  Map<String, Span> dictionary() throws Unreadable {
    return dictionary(0);
  }

  /** The object that begins here. */
  Indirect indirect() throws Unreadable {
    var from = at;
    var number = number(10);
    space();
    var generation = number(5);
    space();
    expect("obj");
    skipWhitespace();
    var entries = Map.<String, Span>of();
    Span data = null;
    if (holds("<<")) {
      entries = dictionary(0);
      skipWhitespace();
      if (holds("stream")) {
        data = stream(entries);
      }
    } else {
      value(0);
    }
    skipWhitespace();
    expect("endobj");
    return new Indirect(
        new COSObjectKey(number, (int) generation), new Span(from, at), entries, data);
  }

  private Span stream(Map<String, Span> entries) throws Unreadable {
    expect("stream");
    if (holds("\r\n")) {
      at += 2;
    } else {
      expect("\n");
    }
    var length = entries.get("Length");
    var said = length == null ? "" : content.text(length.from(), length.to());
    if (!said.matches("\\d{1,9}") || Integer.parseInt(said) > end - at) {
      throw unreadable("a stream's /Length is no number or too large");
    }
    var data = new Span(at, at + Integer.parseInt(said));
    at = data.to();
    if (!holds("endstream")) {
      expectEndOfLine();
    }
    expect("endstream");
    return data;
  }

  private void space() throws Unreadable {
    var from = at;
    skipWhitespace();
    if (at == from) {
      throw unreadable("a space is expected");
    }
  }

  private Map<String, Span> dictionary(int depth) throws Unreadable {
    expect("<<");
    var entries = new LinkedHashMap<String, Span>();
    var names = new HashSet<String>();
    skipWhitespace();
    while (!holds(">>")) {
      var key = name();
      skipWhitespace();
      var from = at;
      value(depth + 1);
      if (!names.add(key)) {
        throw unreadable("the key /%s stands twice".formatted(key));
      }
      entries.put(key, new Span(from, at));
      skipWhitespace();
    }
    at += 2;
    return entries;
  }

  private void value(int depth) throws Unreadable {
    if (depth > DEEPEST) {
      throw unreadable("objects are nested deeper than %d".formatted(DEEPEST));
    }
    if (at >= end) {
      throw unreadable("the bytes end within an object");
    }
    switch (content.at(at)) {
      case '/' -> name();
      case '(' -> literal();
      case '[' -> array(depth);
      case '<' -> {
        if (holds("<<")) {
          dictionary(depth);
        } else {
          hexadecimal();
        }
      }
      default -> word();
    }
  }

  private void array(int depth) throws Unreadable {
    at++;
    skipWhitespace();
    while (!holds("]")) {
      value(depth + 1);
      skipWhitespace();
    }
    at++;
  }

  /** Numbers, references, true, false and null. */
  private void word() throws Unreadable {
    var text = regular();
    switch (text) {
      case "true", "false", "null" -> {}
      default -> {
        if (!text.matches("[+-]?(\\d{1,19}(\\.\\d{0,19})?|\\.\\d{1,19})")) {
          throw unreadable("'%.20s' is no object".formatted(text));
        }
        if (text.matches("\\d{1,10}")) {
          reference();
        }
      }
    }
  }

  /** Goes on behind the rest of a reference, if this is one. */
  private void reference() {
    var before = at;
    skipWhitespace();
    var generation = regular();
    skipWhitespace();
    var letter = regular();
    if (!generation.matches("\\d{1,5}") || !letter.equals("R")) {
      at = before;
    }
  }

  private String regular() {
    var from = at;
    while (at < end && isRegular(content.at(at)) && at - from < 64) {
      at++;
    }
    return content.text(from, at);
  }

  private String name() throws Unreadable {
    expect("/");
    var from = at;
    while (at < end && isRegular(content.at(at))) {
      at++;
      if (at - from > 512) {
        throw unreadable("a name is too long");
      }
    }
    return decoded(content.text(from, at));
  }

  /** With {@code #xx} replaced, so that no key can stand twice under two spellings. */
  private String decoded(String name) throws Unreadable {
    if (name.indexOf('#') < 0) {
      return name;
    }
    var text = new StringBuilder();
    for (var i = 0; i < name.length(); i++) {
      if (name.charAt(i) == '#') {
        var hex = name.substring(i + 1, Math.min(name.length(), i + 3));
        if (!hex.matches("[0-9A-Fa-f]{2}")) {
          throw unreadable("a name holds a lonely #");
        }
        text.append((char) Integer.parseInt(hex, 16));
        i += 2;
      } else {
        text.append(name.charAt(i));
      }
    }
    return text.toString();
  }

  private void literal() throws Unreadable {
    var open = 0;
    do {
      if (at >= end) {
        throw unreadable("a string does not end");
      }
      switch (content.at(at++)) {
        case '\\' -> at++;
        case '(' -> open++;
        case ')' -> open--;
        default -> {}
      }
    } while (open > 0);
  }

  private void hexadecimal() throws Unreadable {
    at++;
    while (at < end && content.at(at) != '>') {
      if (!isHexadecimal(content.at(at)) && !isWhitespace(content.at(at))) {
        throw unreadable("a string holds more than hexadecimal digits");
      }
      at++;
    }
    expect(">");
  }

  private static boolean isHexadecimal(byte b) {
    return (b >= '0' && b <= '9') || (b >= 'a' && b <= 'f') || (b >= 'A' && b <= 'F');
  }

  private static boolean isWhitespace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t' || b == '\f' || b == 0;
  }

  private static boolean isRegular(byte b) {
    return !isWhitespace(b) && DELIMITERS.indexOf(b) < 0;
  }

  private Unreadable unreadable(String what) {
    return new Unreadable("%s at byte %d".formatted(what, at));
  }
}
