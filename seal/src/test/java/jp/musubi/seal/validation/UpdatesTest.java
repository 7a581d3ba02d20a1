package jp.musubi.seal.validation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import org.apache.pdfbox.cos.COSName;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("署名の後ろの追記を、バイトの並びとして読む")
class UpdatesTest {
  private static final String UNREADABLE = "what follows the signature is no update: ";

  /** What is written behind a file, and all that is to be said of it. */
  record Case(String name, Function<Appending, byte[]> update, List<String> said) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case said(String name, Function<Appending, byte[]> update, String... said) {
    return new Case(name, update, List.of(said));
  }

  private static Case unreadable(String name, String why, Function<Appending, byte[]> update) {
    return said(name, update, UNREADABLE + why);
  }

  private static Case table(String name, String rows, String... said) {
    return said(name, a -> written(a, rows, rest(a)), said);
  }

  static Stream<Case> tables() {
    return Stream.of(
        said("nothing", Appending::bytes),
        said("an object", a -> a.object(9, "null").done()),
        said("blank lines before", a -> a.raw("\n \n").object(9, "null").done()),
        said("an object anew", a -> a.object(4, SmallPdf.stream("")).done()),
        said("two updates", a -> Appending.to(a.object(9, "null").done()).object(10, "1").done()),
        said("kept entries", a -> a.object(9, "null").done("1 0 R", "/Kept 1 " + back(a))),
        said("an id", a -> a.object(9, "null").done("1 0 R", "/ID [<00> <00>] " + back(a))),
        said(
            "what belongs to streams only",
            a -> a.object(9, "null").done("1 0 R", "/Type /XRef /W [1 1 1] " + back(a))),
        table(
            "a section of two",
            section("9 2", "%010d 00000 n\r\n%<010d 00000 n\r\n"),
            "object 10 is said to stand at #9 and does not",
            "object 10 is read from elsewhere"),
        table("the list's head", "0 1\n0000000000 65535 f\r\n" + section("9 1", ROW)),
        table("LF endings", section("9 1", "%010d 00000 n \n")),
        table("CR endings", section("9 1", "%010d 00000 n \r")),
        said(
            "a row more than announced",
            a -> written(a, section("9 1", ROW + ROW), rest(a)),
            UNREADABLE + "a number is expected"),
        said(
            "an object in no table",
            a -> a.object(10, "null").entry(9, 0).done("1 0 R", back(a)),
            "object 9 is said to stand at 0 and does not"),
        said(
            "a hidden object",
            a -> {
              var raw = a.object(9, "null").raw("10 0 obj\n1\nendobj\n");
              return raw.done("1 0 R", back(a));
            },
            "object 10 stands in the file but in no table",
            "the trailer's /Size does not hold the update's objects"),
        said(
            "an object twice",
            a -> a.object(9, "1").object(9, "2").done(),
            "object 9 stands twice in one update"),
        said(
            "an unknown entry",
            a -> a.object(9, "null").done("1 0 R", "/Other 1 " + back(a)),
            "the update's trailer holds /Other"),
        said(
            "another catalog",
            a -> a.object(9, "<< /Type /Catalog /Pages 2 0 R >>").done("9 0 R", back(a)),
            "the trailer's /Root changed"),
        said("no catalog", a -> a.object(9, "null").done("1 0 R ", back(a)).clone()),
        unreadable("a remark", "'xref' is expected", a -> a.raw("% hello\n").bytes()),
        unreadable(
            "no end",
            "'startxref' is expected",
            a -> a.raw("xref\ntrailer\n<< /Size 9 /Root 1 0 R " + back(a) + ">>\n").bytes()),
        unreadable(
            "a wrong end",
            "'%%EOF' is expected",
            a -> {
              var here = a.length();
              return a.raw("xref\ntrailer\n<< /Size 9 /Root 1 0 R " + back(a) + ">>\n")
                  .raw("startxref\n" + here + "\n%EOF\n")
                  .bytes();
            }),
        unreadable(
            "a free object",
            "object 4 is given free",
            a -> written(a, "4 1\n0000000000 65535 f\r\n" + section("9 1", ROW), rest(a))),
        unreadable(
            "a head of another generation",
            "object 0 is given free",
            a -> written(a, "0 1\n0000000000 00001 f\r\n" + section("9 1", ROW), rest(a))),
        unreadable(
            "a row twice",
            "object 9 stands twice in the table",
            a -> written(a, section("9 1", ROW) + section("9 1", ROW), rest(a))),
        unreadable(
            "no end of row",
            "an entry of the table has no proper end of line",
            a -> written(a, section("9 1", "%010d 00000 n\n "), rest(a))),
        unreadable(
            "a longer row",
            "an entry of the table is not of twenty bytes",
            a -> written(a, section("9 2", "%010d 00000 n\r\n\n%<010d 00000 n\r\n"), rest(a))),
        unreadable(
            "a shorter number",
            "an entry of the table is not of twenty bytes",
            a -> written(a, section("9 2", "%d 00000 n\r\n%<010d 00000 n\r\n"), rest(a))));
  }

  private static final String ROW = "%010d 00000 n\r\n";

  private static String section(String head, String rows) {
    return head + "\n" + rows;
  }

  private static String back(Appending a) {
    return "/Prev " + a.previous();
  }

  private static String rest(Appending a) {
    return "/Root 1 0 R " + back(a);
  }

  /** Object 9, a table of these rows with its offset filled in, and a trailer. */
  private static byte[] written(Appending a, String rows, String rest) {
    var offset = a.length();
    var here = a.raw("9 0 obj\nnull\nendobj\n").length();
    return a.raw("xref\n" + rows.replace("%<", "%1$").formatted(offset, offset))
        .raw("trailer\n<< /Size 11 %s >>\nstartxref\n%d\n%%%%EOF\n".formatted(rest, here))
        .bytes();
  }

  @ParameterizedTest
  @MethodSource("tables")
  @DisplayName("表のある追記は、表と物が過不足なく合う")
  void readsUpdatesWithTables(Case each) throws IOException {
    assertSaid(SmallPdf.contract().trailer("/Kept 1").bytes(), each);
  }

  static Stream<Case> trailers() {
    return Stream.of(
        said(
            "/Prev to nowhere",
            a -> ended(a, "/Size 10 /Root 1 0 R /Prev 1", 0),
            "the update does not lead to the one before it"),
        said(
            "no /Prev",
            a -> ended(a, "/Size 10 /Root 1 0 R", 0),
            "the update does not lead to the one before it"),
        said("no /Root", a -> ended(a, "/Size 10 " + back(a), 0), "the trailer's /Root changed"),
        said(
            "the catalog's other generation",
            a -> ended(a, "/Size 10 /Root 1 1 R " + back(a), 0),
            "the trailer's /Root changed"),
        said(
            "another catalog",
            a -> ended(a, "/Size 10 /Root 2 0 R " + back(a), 0),
            "the trailer's /Root changed"),
        said("/Root spaced otherwise", a -> ended(a, "/Size 10 /Root 1\n0  R " + back(a), 0)),
        said("/Size just enough", a -> ended(a, "/Size 10 /Root 1 0 R " + back(a), 0)),
        said(
            "/Size too small",
            a -> ended(a, "/Size 9 /Root 1 0 R " + back(a), 0),
            "the trailer's /Size does not hold the update's objects"),
        said(
            "no /Size",
            a -> ended(a, "/Root 1 0 R " + back(a), 0),
            "the trailer's /Size does not hold the update's objects"),
        said(
            "a table beside the table",
            a -> ended(a, "/Size 10 /Root 1 0 R /XRefStm 9 " + back(a), 0),
            "the update's trailer holds /XRefStm"),
        said(
            "startxref elsewhere",
            a -> ended(a, "/Size 10 /Root 1 0 R " + back(a), 1),
            "startxref does not lead to the update's own cross-reference section"));
  }

  private static byte[] ended(Appending a, String trailer, int beside) {
    var offset = a.length();
    var here = a.raw("9 0 obj\nnull\nendobj\n").length();
    return a.raw("xref\n9 1\n" + ROW.formatted(offset))
        .raw("trailer\n<< %s >>\nstartxref\n%d\n%%%%EOF\n".formatted(trailer, here + beside))
        .bytes();
  }

  /** Without asking another reader, which would give up on most of these. */
  @ParameterizedTest
  @MethodSource("trailers")
  @DisplayName("トレーラーは、前の版へ導き、文書の根を変えない")
  void readsTrailers(Case each) throws IOException {
    var base = SmallPdf.contract().bytes();
    var whole = each.update().apply(Appending.to(base));
    var right =
        ended(Appending.to(base), "/Size 10 /Root 1 0 R /Prev " + Appending.to(base).previous(), 0);
    try (var before = Validator.parse(Content.of(base), base.length);
        var after = Validator.parse(Content.of(right), right.length)) {
      before.getDocument().getTrailer().setInt(COSName.XREF_STM, 5);
      assertThat(said(whole, base.length, before, after)).isEqualTo(each.said());
    }
  }

  private static List<String> said(
      byte[] whole,
      int from,
      org.apache.pdfbox.pdmodel.PDDocument before,
      org.apache.pdfbox.pdmodel.PDDocument after) {
    return Updates.check(Content.of(whole), from, whole.length, before, after).stream()
        .map(each -> each.replaceAll(" at byte \\d+$", ""))
        .toList();
  }

  private static void assertSaid(byte[] base, Case each) throws IOException {
    var whole = each.update().apply(Appending.to(base));
    var offset = new String(whole, ISO_8859_1).indexOf("9 0 obj", base.length);
    try (var before = Validator.parse(Content.of(base), base.length);
        var after = parsed(whole, base)) {
      assertThat(said(whole, base.length, before, after))
          .containsExactlyElementsOf(
              each.said().stream()
                  .map(s -> s.replace("#9", "" + offset).replace("#8", "" + (offset - 1)))
                  .toList());
    }
  }

  /** What cannot be read at all is compared with the file before. */
  private static org.apache.pdfbox.pdmodel.PDDocument parsed(byte[] whole, byte[] base)
      throws IOException {
    try {
      return Validator.parse(Content.of(whole), whole.length);
    } catch (IOException unreadable) {
      return Validator.parse(Content.of(base), base.length);
    }
  }

  static Stream<Case> streams() {
    var w = "/W [1 4 1]";
    return Stream.of(
        said("rows as they are", a -> referenced(a, w, a2 -> rows(1, a2, 0))),
        said("compressed", a -> compressed(a, "", rows(1, a.length(), 0), false)),
        said(
            "no predictor",
            a -> compressed(a, "/DecodeParms << /Predictor 1 >>", rows(1, a.length(), 0), false)),
        said(
            "predicted",
            a ->
                compressed(
                    a,
                    "/DecodeParms << /Predictor 12 /Columns 6 >>",
                    rows(1, a.length(), 0),
                    true)),
        said(
            "predicted, by another reader not",
            a ->
                new String(
                        compressed(
                            a,
                            "/DecodeParms << /Predictor 12 /Columns 6 >>",
                            rows(1, a.length(), 0),
                            true),
                        ISO_8859_1)
                    .replace("/Filter /FlateDecode", "/Filter[/FlateDecode]")
                    .getBytes(ISO_8859_1),
            "object 9 is found elsewhere by another reader",
            "object 9 is read from elsewhere"),
        said(
            "two lines, the second by the first",
            a ->
                packed(
                    a,
                    " /Index [0 1 9 1]/DecodeParms << /Predictor 15 /Columns 6 >>",
                    joined(
                        new byte[] {0},
                        rows(0, 7, 3),
                        new byte[] {2},
                        minus(rows(1, a.length(), 0), rows(0, 7, 3))))),
        said(
            "a line after an unpredicted one",
            a ->
                packed(
                    a,
                    " /Index [0 1 9 1]/DecodeParms << /Predictor 10 /Columns 6 >>",
                    joined(new byte[] {2}, rows(0, 7, 3), new byte[] {0}, rows(1, a.length(), 0)))),
        unreadable(
            "another prediction",
            "the cross-reference stream's prediction",
            a ->
                packed(
                    a,
                    "/DecodeParms << /Predictor 15 /Columns 6 >>",
                    joined(new byte[] {1}, rows(1, a.length(), 0)))),
        unreadable(
            "the head within the list",
            "object 9 is free or within another",
            a -> referenced(a, w + " /Index [9 1]", at -> rows(0, 0, 0))),
        said(
            "eight bytes of offset",
            a ->
                referenced(
                    a,
                    "/W [1 8 1]",
                    at ->
                        joined(
                            new byte[] {1, 0, 0, 0, 0},
                            java.util.Arrays.copyOfRange(rows(1, at, 0), 1, 6)))),
        said(
            "no kinds",
            a ->
                referenced(
                    a, "/W [0 4 1]", at -> java.util.Arrays.copyOfRange(rows(1, at, 0), 1, 6))),
        said(
            "another object's place",
            a -> referenced(a, w, at -> rows(1, at - 1, 0)),
            "object 9 is said to stand at #8 and does not",
            "object 9 is found elsewhere by another reader",
            "object 9 is read from elsewhere"),
        unreadable(
            "predicted as a picture",
            "the cross-reference stream's prediction",
            a ->
                compressed(
                    a, "/DecodeParms << /Predictor 2 /Columns 6 >>", rows(1, a.length(), 0), true)),
        unreadable(
            "other columns",
            "the cross-reference stream's prediction",
            a ->
                compressed(
                    a,
                    "/DecodeParms << /Predictor 12 /Columns 5 >>",
                    rows(1, a.length(), 0),
                    true)),
        unreadable(
            "no columns",
            "the cross-reference stream's prediction",
            a -> compressed(a, "/DecodeParms << /Predictor 12 >>", rows(1, a.length(), 0), true)),
        unreadable(
            "uneven lines",
            "the cross-reference stream's prediction",
            a ->
                compressed(
                    a,
                    "/DecodeParms << /Predictor 12 /Columns 6 >>",
                    rows(1, a.length(), 0),
                    false)),
        unreadable(
            "another filter",
            "the cross-reference stream's /Filter /LZWDecode",
            a -> referenced(a, w + " /Filter /LZWDecode", at -> rows(1, at, 0))),
        unreadable(
            "an object within another",
            "object 9 is free or within another",
            a -> referenced(a, w, at -> rows(2, at, 0))),
        unreadable(
            "a free object",
            "object 9 is free or within another",
            a -> referenced(a, w, at -> rows(0, at, 0))),
        unreadable(
            "two widths",
            "the cross-reference stream's /W",
            a -> referenced(a, "/W [1 4]", at -> rows(1, at, 0))),
        unreadable(
            "a wide width",
            "the cross-reference stream's /W",
            a -> referenced(a, "/W [1 9 1]", at -> rows(1, at, 0))),
        unreadable(
            "no width at all",
            "the cross-reference stream is too short",
            a -> referenced(a, "/W [0 0 0]", at -> new byte[0])),
        unreadable(
            "too few rows",
            "the cross-reference stream is too short",
            a -> referenced(a, w, at -> java.util.Arrays.copyOf(rows(1, at, 0), 5))),
        unreadable(
            "too many rows",
            "the cross-reference stream is too long",
            a -> referenced(a, w, at -> java.util.Arrays.copyOf(rows(1, at, 0), 12))),
        unreadable(
            "no data",
            "'xref' is expected",
            a -> a.object(9, "<< /Type /XRef >>").raw("startxref\n0\n%%EOF\n").bytes()),
        unreadable(
            "objects behind it",
            "objects follow the cross-reference stream",
            a -> {
              referenced(a, w, at -> rows(1, at, 0));
              var all = new String(a.bytes(), ISO_8859_1);
              var cut = all.substring(0, all.lastIndexOf("startxref"));
              return (cut + "12 0 obj\n1\nendobj\nstartxref\n0\n%%EOF\n").getBytes(ISO_8859_1);
            }));
  }

  private static byte[] rows(int kind, int offset, int generation) {
    return new byte[] {
      (byte) kind,
      (byte) (offset >> 24),
      (byte) (offset >> 16),
      (byte) (offset >> 8),
      (byte) offset,
      (byte) generation
    };
  }

  private static byte[] joined(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (var part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] minus(byte[] a, byte[] b) {
    var difference = new byte[a.length];
    for (var i = 0; i < a.length; i++) {
      difference[i] = (byte) (a[i] - b[i]);
    }
    return difference;
  }

  private static byte[] compressed(Appending a, String parameters, byte[] rows, boolean predicted) {
    return packed(a, parameters, predicted ? joined(new byte[] {2}, rows) : rows);
  }

  private static byte[] packed(Appending a, String parameters, byte[] lines) {
    var packed = new ByteArrayOutputStream();
    try (var out = new DeflaterOutputStream(packed)) {
      out.write(lines);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return referenced(
        a, "/W [1 4 1] /Filter /FlateDecode " + parameters, at -> packed.toByteArray());
  }

  private static byte[] referenced(Appending a, String entries, Function<Integer, byte[]> data) {
    var offset = a.length();
    a.raw("9 0 obj\nnull\nendobj\n");
    var here = a.length();
    return a.raw(
            "10 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n"
                .formatted(
                    SmallPdf.stream(
                        "/Type /XRef /Size 11 /Root 1 0 R /Prev %d %s %s"
                            .formatted(
                                a.previous(),
                                entries.contains("/Index") ? "" : "/Index [9 1]",
                                entries),
                        new String(data.apply(offset), ISO_8859_1)),
                    here))
        .bytes();
  }

  @ParameterizedTest
  @MethodSource("streams")
  @DisplayName("相互参照ストリームの追記も、同じ厳しさで読む")
  void readsUpdatesWithStreams(Case each) throws IOException {
    assertSaid(streamed(), each);
  }

  /** The small contract as a file that began with a cross-reference stream. */
  private static byte[] streamed() {
    var plain = new String(SmallPdf.contract().bytes(), ISO_8859_1);
    var body = plain.substring(0, plain.lastIndexOf("xref\n0 1"));
    var rows = new ByteArrayOutputStream();
    rows.writeBytes(rows(0, 0, 255));
    for (var i = 1; i <= 8; i++) {
      rows.writeBytes(rows(1, body.indexOf("\n%d 0 obj".formatted(i)) + 1, 0));
    }
    rows.writeBytes(rows(1, body.length(), 0));
    return (body
            + "9 0 obj\n"
            + SmallPdf.stream(
                "/Type /XRef /Size 10 /Root 1 0 R /W [1 4 1]", rows.toString(ISO_8859_1))
            + "\nendobj\nstartxref\n%d\n%%%%EOF\n".formatted(body.length()))
        .getBytes(ISO_8859_1);
  }

  @Test
  @DisplayName("表で始まった文書にストリームを、ストリームで始まった文書に表を足すことはできない")
  void refusesMixedKinds() throws IOException {
    var mixed = "the kinds of cross-reference sections are mixed";
    assertSaid(
        SmallPdf.contract().bytes(),
        said("a stream", a -> referenced(a, "/W [1 4 1]", at -> rows(1, at, 0)), mixed));
    assertSaid(streamed(), said("a table", a -> a.object(9, "null").done(), mixed));
  }

  @Test
  @DisplayName("前の版が終わっていなければ、その先は読まない")
  void needsAnEndBefore() throws IOException {
    var base = SmallPdf.contract().bytes();
    try (var before = Validator.parse(Content.of(base), base.length)) {
      assertThat(Updates.check(Content.of(base), 40, base.length, before, before))
          .containsExactly(UNREADABLE + "the revision before it has no startxref");
    }
  }
}
