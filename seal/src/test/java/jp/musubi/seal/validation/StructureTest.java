package jp.musubi.seal.validation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("署名の置かれ方")
class StructureTest {
  private static final String SEAL = HandSigned.seal("");
  private static final byte[] NOTHING = HandSigned.NOTHING;

  /** A file, how many sound signatures it has, and the details of all that is wrong. */
  record Case(String name, Supplier<byte[]> file, int sound, List<String> said) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case said(String name, int sound, Supplier<byte[]> file, String... said) {
    return new Case(name, file, sound, List.of(said));
  }

  /** One thing replaced in the signed contract by something as long. */
  private static Case bent(String name, String what, String by, String... said) {
    return said(
        name,
        said.length == 0 || name.equals("all but the last byte") ? 1 : 0,
        () -> {
          var text = new String(signed(), ISO_8859_1);
          var at = text.indexOf(what);
          if (at < 0) {
            throw new IllegalArgumentException(what);
          }
          return (text.substring(0, at)
                  + by
                  + " ".repeat(Math.max(0, what.length() - by.length()))
                  + text.substring(at + what.length()))
              .getBytes(ISO_8859_1);
        },
        said);
  }

  private static byte[] signed() {
    return HandSigned.filled(HandSigned.contract(SEAL).bytes());
  }

  private static byte[] trailing(String end) {
    var text = new String(HandSigned.contract(SEAL).bytes(), ISO_8859_1).stripTrailing();
    return (text + end).getBytes(ISO_8859_1);
  }

  private static byte[] of(SmallPdf pdf, byte... contents) {
    return HandSigned.filled(pdf.bytes(), covered -> contents);
  }

  private static Case contents(String name, int sound, byte[] contents, String... said) {
    return said(name, sound, () -> of(HandSigned.contract(SEAL), contents), said);
  }

  static Stream<Case> ranges() {
    var length = signed().length;
    var text = new String(signed(), ISO_8859_1);
    var gap = text.indexOf("<3003");
    var behind = text.indexOf('>', gap) + 1;
    var range = "/ByteRange [0 %-10d %-10d %-10d]".formatted(gap, behind, length - behind);
    return Stream.of(
        said("a signature", 1, StructureTest::signed),
        bent("another form", "/ETSI.CAdES.detached", "/adbe.pkcs7.detached"),
        bent("an unknown form", "/ETSI.CAdES.detached", "/adbe.x509", "SubFilter adbe.x509"),
        bent("no range", range, "/ByteRange 1", "ByteRange is missing or not of four"),
        bent(
            "a range of three", range, "/ByteRange [0 1 2]", "ByteRange is missing or not of four"),
        bent(
            "a range of five",
            range,
            "/ByteRange [0 1 2 3 4]",
            "ByteRange is missing or not of four"),
        bent(
            "a range from one",
            range,
            "/ByteRange [1 %d %d %d]".formatted(gap, behind, length - behind),
            "ByteRange does not start at 0"),
        bent(
            "a range of words",
            range,
            "/ByteRange [0 /A /B /C]",
            "ByteRange [0, -1, -1, -1] of " + length + " bytes"),
        bent(
            "nothing before",
            range,
            "/ByteRange [0 0 %d %d]".formatted(behind, length - behind),
            "ByteRange [0, 0, " + behind + ", " + (length - behind) + "] of " + length + " bytes"),
        bent(
            "nothing behind",
            range,
            "/ByteRange [0 %d %d 0]".formatted(gap, length),
            "ByteRange [0, " + gap + ", " + length + ", 0] of " + length + " bytes"),
        bent(
            "no gap",
            range,
            "/ByteRange [0 %d %d %d]".formatted(gap, gap + 2, 9),
            "ByteRange [0, " + gap + ", " + (gap + 2) + ", 9] of " + length + " bytes"),
        bent(
            "beyond the end",
            range,
            "/ByteRange [0 %d %d %d]".formatted(gap, behind, length - behind + 1),
            "ByteRange [0, "
                + gap
                + ", "
                + behind
                + ", "
                + (length - behind + 1)
                + "] of "
                + length
                + " bytes"),
        bent(
            "a gap too early",
            range,
            "/ByteRange [0 %d %d %d]".formatted(gap - 1, behind, length - behind),
            "the gap is not one hexadecimal string"),
        bent(
            "a gap too long",
            range,
            "/ByteRange [0 %d %d %d]".formatted(gap, behind + 1, length - behind - 1),
            "the gap is not one hexadecimal string"),
        bent(
            "another gap",
            range,
            "/ByteRange [0 %d %d %d]"
                .formatted(text.indexOf("<< /Type /Pages") + 1, behind, length - behind),
            "the gap holds more than hexadecimal digits"),
        bent("a gap with a blank", "<3003", "<30 3", "the gap holds more than hexadecimal digits"),
        bent(
            "not to the end",
            range,
            "/ByteRange [0 %d %d %d]".formatted(gap, behind, 3),
            "the signature's object is not covered to its end"),
        bent(
            "all but the last byte",
            range,
            "/ByteRange [0 %d %d %d]".formatted(gap, behind, length - behind - 1),
            "what follows the signature is no update: 'xref' is expected"),
        said("an end in CR LF", 1, () -> HandSigned.filled(trailing("\r\n"))),
        said("an end in CR", 1, () -> HandSigned.filled(trailing("\r"))),
        said("an end without end of line", 1, () -> HandSigned.filled(trailing(""))),
        said(
            "more behind the end",
            1,
            () -> HandSigned.filled(trailing("\n% more\n")),
            "a signature ends within a revision"),
        said(
            "blank lines behind the end",
            1,
            () -> HandSigned.filled(trailing("\n\n\n")),
            "a signature ends within a revision"));
  }

  static Stream<Case> values() {
    var long1 = new byte[2 + 128 + 1];
    long1[0] = 0x30;
    long1[1] = (byte) 0x81;
    long1[2] = (byte) 128;
    var long2 = new byte[4 + 256];
    long2[0] = 0x30;
    long2[1] = (byte) 0x82;
    long2[2] = 1;
    var odd = long1.clone();
    odd[2] = 127;
    odd[long1.length - 1] = 9;
    return Stream.of(
        contents("a short sequence", 1, NOTHING),
        contents("a sequence of 128 bytes", 1, long1),
        contents("a sequence of 256 bytes", 1, long2),
        contents("a byte behind it", 0, odd, "Contents holds more than the signature"),
        contents(
            "a byte too many",
            0,
            new byte[] {0x30, 1, 2, 1},
            "Contents holds more than the signature"),
        contents("no sequence", 0, new byte[] {0x31, 3, 2, 1, 0}, "Contents is no DER sequence"),
        contents(
            "no end", 0, new byte[] {0x30, (byte) 0x80, 2, 1, 0}, "Contents is no DER sequence"),
        contents(
            "a length of four digits",
            0,
            new byte[] {0x30, (byte) 0x84, 0, 0, 0, 0},
            "Contents is no DER sequence"),
        contents("a length of three digits", 1, new byte[] {0x30, (byte) 0x83, 0, 0, 1, 0}),
        contents(
            "cut off",
            0,
            new byte[] {0x30, (byte) 0x82, (byte) 0xff, (byte) 0xff},
            "Contents is cut off"),
        said(
            "a whole of four bytes",
            0,
            () ->
                HandSigned.filled(
                    HandSigned.contract(
                            HandSigned.waiting("/Type /Sig /SubFilter /ETSI.CAdES.detached", 4))
                        .bytes(),
                    c -> new byte[] {0x30, 2, 5, 0}),
            "Contents is no DER sequence"),
        said(
            "a whole of five bytes",
            1,
            () ->
                HandSigned.filled(
                    HandSigned.contract(
                            HandSigned.waiting("/Type /Sig /SubFilter /ETSI.CAdES.detached", 5))
                        .bytes(),
                    c -> NOTHING)),
        said("a timestamp", 1, () -> of(HandSigned.contract(HandSigned.timestamp("")), NOTHING)),
        said(
            "a timestamp's type alone",
            0,
            () ->
                of(
                    HandSigned.contract(
                        HandSigned.waiting("/Type /DocTimeStamp /SubFilter /ETSI.CAdES.detached")),
                    NOTHING),
            "Type and SubFilter contradict each other"),
        said(
            "a key twice",
            0,
            () -> of(HandSigned.contract(HandSigned.seal("/Reason (a) /Reason (b)")), NOTHING),
            "the signature's object: the key /Reason stands twice"));
  }

  private static byte[] twice() {
    return HandSigned.stamped(signed(), 40, covered -> NOTHING);
  }

  static Stream<Case> fields() {
    var other = "<< /FT /Sig /T (b) /V 20 0 R >>";
    return Stream.of(
        said("a signature and a timestamp", 2, StructureTest::twice),
        said("and another", 3, () -> HandSigned.stamped(twice(), 50, covered -> NOTHING)),
        said("nothing", 0, () -> SmallPdf.contract().bytes()),
        said(
            "two fields for one",
            1,
            () ->
                of(
                    HandSigned.contract(SEAL)
                        .with(21, other)
                        .replaced(7, "[6 0 R", "[6 0 R 21 0 R"),
                    NOTHING),
            "two fields share one signature: b"),
        said(
            "a field twice",
            1,
            () -> of(HandSigned.contract(SEAL).replaced(7, "[6 0 R", "[6 0 R 6 0 R"), NOTHING),
            "a field stands twice in the form"),
        said(
            "a value that is none",
            0,
            () -> SmallPdf.contract().replaced(6, "/F 132", "/V (x)").bytes(),
            "the value of a is no dictionary"),
        said(
            "a value within the field",
            0,
            () -> of(SmallPdf.contract().replaced(6, "/F 132", "/V " + SEAL), NOTHING),
            "the signature of a is no object of its own",
            "a signature within another object",
            "the bytes hold signatures the form does not"),
        said(
            "outside of any field",
            0,
            () -> of(HandSigned.contract(SEAL).replaced(6, "/V 20 0 R", ""), NOTHING),
            "a signature outside of any field: 20 0 R",
            "the bytes hold signatures the form does not"),
        said(
            "a timestamp outside of any field",
            0,
            () -> SmallPdf.contract().with(20, "<< /Type /DocTimeStamp >>").bytes(),
            "a signature outside of any field: 20 0 R"),
        said(
            "within another object",
            1,
            () -> of(HandSigned.contract(SEAL).with(21, "[[<< /ByteRange [0 1 2 3] >>]]"), NOTHING),
            "a signature within another object",
            "the bytes hold signatures the form does not"),
        said(
            "in a text",
            1,
            () -> of(HandSigned.contract(SEAL).with(21, "(/ByteRange [0 1 2 3])"), NOTHING),
            "the bytes hold signatures the form does not"),
        said(
            "in a text that means none",
            1,
            () -> of(HandSigned.contract(SEAL).with(21, "(/ByteRange of mine)"), NOTHING)),
        said(
            "in the signature itself",
            1,
            () -> of(HandSigned.contract(HandSigned.seal("/Reason (/ByteRange [0 1])")), NOTHING)),
        said(
            "a file that does not begin as one",
            1,
            () -> of(new SmallPdf[] {HandSigned.contract(SEAL)}[0], NOTHING)),
        said(
            "a text field's dictionary",
            0,
            () -> of(HandSigned.contract(SEAL).replaced(6, "/FT /Sig", "/FT /Tx"), NOTHING),
            "a signature outside of any field: 20 0 R",
            "the bytes hold signatures the form does not"),
        said(
            "a field of fields",
            1,
            () ->
                of(
                    HandSigned.contract(SEAL)
                        .with(21, "<< /FT /Sig /T (up) /Kids [6 0 R] >>")
                        .replaced(6, "/FT /Sig", "")
                        .replaced(7, "[6 0 R", "[21 0 R"),
                    NOTHING)),
        said(
            "an empty field of filled fields",
            1,
            () ->
                of(
                    HandSigned.contract(SEAL)
                        .with(21, "<< /FT /Sig /T (up) /V 20 0 R /Kids [6 0 R] >>")
                        .replaced(7, "[6 0 R", "[21 0 R"),
                    NOTHING)),
        said(
            "no form",
            0,
            () -> of(HandSigned.contract(SEAL).replaced(1, "/AcroForm 5 0 R", ""), NOTHING),
            "a signature outside of any field: 20 0 R",
            "the bytes hold signatures the form does not"),
        said(
            "bytes behind",
            1,
            () -> (new String(signed(), ISO_8859_1) + "x").getBytes(ISO_8859_1),
            "what follows the signature is no update: 'xref' is expected"),
        said(
            "a change behind",
            1,
            () -> Appending.to(signed()).object(4, SmallPdf.stream("")).done(),
            "object 4 changed"));
  }

  private static final String DOC_MDP = "/Reference [<< /TransformMethod /DocMDP %s >>]";

  private static Case certified(
      String name, String parameters, String permissions, String... said) {
    return said(
        name,
        1,
        () ->
            of(
                HandSigned.contract(HandSigned.seal(DOC_MDP.formatted(parameters)))
                    .replaced(1, "/AcroForm", permissions + " /AcroForm"),
                NOTHING),
        said);
  }

  static Stream<Case> certifications() {
    var named = "/Perms << /DocMDP 20 0 R >>";
    return Stream.of(
        certified("two", "/TransformParams << /P 2 >>", named),
        certified("one", "/TransformParams << /P 1 >>", named),
        certified("none said", "", named),
        certified("three", "/TransformParams << /P 3 >>", named, "the certification permits 3"),
        certified("zero", "/TransformParams << /P 0 >>", named, "the certification permits 0"),
        certified(
            "not named", "", "", "the catalog's /Perms does not name the certifying signature"),
        certified(
            "another named",
            "",
            "/Perms << /DocMDP 6 0 R >>",
            "the catalog's /Perms does not name the certifying signature"),
        said(
            "named and no certification",
            1,
            () ->
                of(
                    HandSigned.contract(SEAL).replaced(1, "/AcroForm", named + " /AcroForm"),
                    NOTHING)),
        said(
            "nothing named",
            1,
            () ->
                of(
                    HandSigned.contract(SEAL)
                        .replaced(1, "/AcroForm", "/Perms << /DocMDP 6 0 R >> /AcroForm"),
                    NOTHING),
            "the catalog's /Perms names no signature"),
        said(
            "another transformation",
            1,
            () ->
                of(
                    HandSigned.contract(
                        HandSigned.seal("/Reference [<< /TransformMethod /FieldMDP >>]")),
                    NOTHING)),
        said(
            "one, then a timestamp",
            2,
            () ->
                HandSigned.stamped(
                    of(
                        HandSigned.contract(
                                HandSigned.seal(DOC_MDP.formatted("/TransformParams << /P 1 >>")))
                            .replaced(1, "/AcroForm", named + " /AcroForm"),
                        NOTHING),
                    40,
                    c -> NOTHING)),
        said(
            "one, then a signature",
            2,
            () ->
                second(
                    of(
                        HandSigned.contract(
                                HandSigned.seal(DOC_MDP.formatted("/TransformParams << /P 1 >>")))
                            .with(30, "<< /FT /Sig /T (c) >>")
                            .replaced(7, "[6 0 R", "[6 0 R 30 0 R")
                            .replaced(1, "/AcroForm", named + " /AcroForm"),
                        NOTHING),
                    ""),
            "a signature follows one that permits none"),
        said(
            "the second certifies",
            2,
            () ->
                second(
                    of(
                        HandSigned.contract(SEAL)
                            .with(30, "<< /FT /Sig /T (c) >>")
                            .replaced(7, "[6 0 R", "[6 0 R 30 0 R")
                            .replaced(1, "/AcroForm", named + " /AcroForm"),
                        NOTHING),
                    DOC_MDP.formatted("")),
            "a later signature certifies"));
  }

  private static byte[] second(byte[] base, String more) {
    return HandSigned.filled(
        Appending.to(base).object(40, HandSigned.seal(more)).with(30, "/V 40 0 R").done(),
        c -> NOTHING);
  }

  @ParameterizedTest
  @MethodSource({"ranges", "values", "fields", "certifications"})
  @DisplayName("署名でないもの、範囲の合わないものを、理由とともに言う")
  void tellsWhatIsWrong(Case each) throws IOException {
    var content = Content.of(each.file().get());
    try (var document = Validator.parse(content, content.length())) {
      var structure = new Structure(content, document);
      assertThat(structure.judgement().reasons())
          .extracting(reason -> reason.detail().replaceAll(" at byte \\d+", ""))
          .containsAll(each.said());
      assertThat(structure.placed()).hasSize(each.sound());
      if (each.said().isEmpty()) {
        assertThat(structure.judgement().reasons()).isEmpty();
      }
    }
  }

  @Test
  @DisplayName("署名のない文書は、署名を名乗らない")
  void tellsWhetherAnythingClaims() throws IOException {
    assertThat(structure(SmallPdf.contract().bytes()).isClaimed()).isFalse();
    assertThat(structure(signed()).isClaimed()).isTrue();
    assertThat(structure(SmallPdf.contract().with(21, "(/ByteRange [0 1])").bytes()).isClaimed())
        .isTrue();
  }

  private static Structure structure(byte[] pdf) throws IOException {
    var content = Content.of(pdf);
    try (var document = Validator.parse(content, content.length())) {
      return new Structure(content, document);
    }
  }
}
