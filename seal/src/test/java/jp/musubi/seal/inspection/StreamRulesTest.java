package jp.musubi.seal.inspection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import jp.musubi.seal.pdf.Cos;
import jp.musubi.seal.pdf.PageTree;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("展開した大きさと物の数の限り")
class StreamRulesTest {
  private static final int MANY = 1000;

  /** Streams of 1,000 bytes, 1,500 in all, pictures of 10,000 pixels, three levels. */
  private static InspectionLimits limits(int objects) {
    return new InspectionLimits(1 << 20, 9, 1_500, 1_000, 10_000, 3, objects, 1000);
  }

  private static Arguments of(String entries, byte[] data, boolean goesOn, String... told) {
    return Arguments.of(entries, data, goesOn, List.of(told));
  }

  private static Arguments picture(String entries, String... told) {
    return of("/Subtype /Image " + entries, new byte[2], true, told);
  }

  static Stream<Arguments> streams() {
    var large = "PDF-P15 REJECT stream-too-large";
    var image = "PDF-P15 REJECT image-too-large";
    return Stream.of(
        of("", new byte[2_000], true),
        of("/Filter /FlateDecode", deflated(1_000), true),
        of("/Filter /FlateDecode", deflated(1_001), false, large),
        of("/Filter /Fl", deflated(1_001), false, large),
        of("/Filter [/FlateDecode]", deflated(1_001), false, large),
        of("/Filter [/AHx /Fl]", hex(deflated(1_000)), true),
        of("/Filter [/AHx /Fl]", hex(deflated(1_001)), false, large),
        of("/Filter [/ASCIIHexDecode /Fl /Fl]", hex(deflated(deflated(1_001))), false, large),
        of("/Filter /ASCIIHexDecode", hex(new byte[1_001]), false, large),
        of("/Filter /RunLengthDecode", runs(1_000), true),
        of("/Filter /RunLengthDecode", runs(1_152), false, large),
        of("/Filter [/AHx /AHx /AHx /Fl]", hex(hex(hex(deflated(9)))), true),
        of(
            "/Filter [/AHx /AHx /AHx /AHx /AHx]",
            new byte[1],
            false,
            "PDF-P15 REJECT too-many-filters"),
        of("/Filter /FlateDecode", new byte[] {1, 2, 3}, true, "PDF-P01 WARN damaged-stream"),
        of("/Filter /Odd", new byte[] {1}, true, "PDF-P01 WARN damaged-stream"),
        of("/Filter [7]", new byte[] {1}, true, "PDF-P01 WARN damaged-stream"),
        of("/Filter 7", new byte[] {1}, true),
        of("/Filter /DCTDecode", deflated(9_999), true),
        of("/Filter [/AHx /DCT]", hex(new byte[9_999]), true),
        of("/Filter /JPXDecode", new byte[1], true),
        of("/Filter /CCF", new byte[1], true),
        of("/Filter /CCITTFaxDecode", new byte[1], true),
        of("/Filter [/Crypt /Fl]", deflated(2_000), true),
        of("/Filter /JBIG2Decode", page(100, 100), true),
        of("/Filter /JBIG2Decode", page(101, 100), true, image),
        of(parameters("/Columns 16777216"), deflated(1), true),
        of(parameters("/Columns 16777217"), deflated(1), false, large),
        of(parameters("/Columns 2097152 /Colors 8"), deflated(1), true),
        of(parameters("/Columns 2097153 /Colors 8"), deflated(1), false, large),
        of(parameters("/Columns 8388608 /BitsPerComponent 16"), deflated(1), true),
        of(parameters("/Columns 8388609 /BitsPerComponent 16"), deflated(1), false, large),
        of(parameters("/Columns -5 /Colors 200000000"), deflated(1), false, large),
        of("/DecodeParms [null << /Columns 16777217 >>]", new byte[1], false, large),
        picture("/Width 100 /Height 100"),
        picture("/Width 100 /Height 101", image),
        picture("/Width 10001 /Height 1", image),
        picture("/Width 0 /Height 99999"),
        picture("/Width -1 /Height 1", image),
        picture("/Width 1 /Height -1", image),
        of("/Subtype /Form /Width 100 /Height 101", new byte[2], true));
  }

  private static String parameters(String entries) {
    return "/Filter /FlateDecode /DecodeParms << /Predictor 12 %s >>".formatted(entries);
  }

  @ParameterizedTest
  @MethodSource("streams")
  @DisplayName("一つのストリームが求める大きさを、展開しながら数える")
  void countsWhatAStreamAsksFor(String entries, byte[] data, boolean goesOn, List<String> told)
      throws IOException {
    try (var document =
        Loader.loadPDF(BadPdfs.page("/X 9 0 R", "").stream(9, entries, data).bytes())) {
      var found =
          (COSStream)
              java.util.Objects.requireNonNull(
                  Cos.get(document.getDocumentCatalog().getCOSObject(), "X"));
      var findings = new Findings();
      var place = new Findings.Place(OptionalInt.of(7), Optional.of("9 0 R"));
      assertThat(new StreamRules(limits(MANY), findings).check(found, place)).isEqualTo(goesOn);
      assertThat(Objects.told(findings)).isEqualTo(told);
      assertThat(findings.inOrder())
          .allMatch(finding -> finding.page().equals(OptionalInt.of(7)))
          .allMatch(finding -> !finding.detail().isEmpty());
    }
  }

  static Stream<Arguments> graphs() {
    var deep = "PDF-P15 REJECT too-deep";
    return Stream.of(
        graph(page("/X [[[1]]]")),
        graph(page("/X [[[[1]]]]"), deep + " @"),
        graph(page("/X [[9 0 R]]").object(9, "[[[[1]]]]")),
        graph(page("/X [[9 0 R]]").object(9, "[[[[[1]]]]]"), deep + " @"),
        graph(page("/X << /Y << /Z << >> >> >>")),
        graph(page("/X << /Y << /Z << /Z << >> >> >> >>"), deep + " @"),
        graph(BadPdfs.page("", "/X << /S /Launch >>"), "PDF-P04 REJECT launch @1"),
        graph(page("/X << /S /Launch >>"), "PDF-P04 REJECT launch @ 1 0 R"),
        graph(
            BadPdfs.page("/X 9 0 R", "/X 9 0 R").object(9, "<< /S /Launch >>"),
            "PDF-P04 REJECT launch @1 9 0 R"),
        graph(page("/X 9 0 R").object(9, "<< /X 9 0 R >>")),
        graph(
            page("/X 9 0 R").stream(9, "/S /Launch", new byte[1]), "PDF-P04 REJECT launch @ 9 0 R"),
        graph(
            page("/X 9 0 R").stream(9, "/Y << /S /Launch >>", new byte[1]),
            "PDF-P04 REJECT launch @ 9 0 R"),
        graph(
            page("/X 9 0 R /Y 10 0 R").stream(9, "/Filter /Fl", deflated(800)).stream(
                10, "/Filter /Fl", deflated(701)),
            "PDF-P15 REJECT inflates-too-large @ 9 0 R"),
        graph(
            page("/X 9 0 R /Y 10 0 R").stream(9, "/Filter /Fl", deflated(800)).stream(
                10, "/Filter /Fl", deflated(700))));
  }

  private static BadPdfs page(String catalogEntries) {
    return BadPdfs.page(catalogEntries, "");
  }

  private static Arguments graph(BadPdfs pdf, String... told) {
    return Arguments.of(pdf.bytes(), List.of(told));
  }

  @ParameterizedTest
  @MethodSource("graphs")
  @DisplayName("文書が届くすべての物を、一度ずつ、決まった深さまで見る")
  void walksEverythingOnce(byte[] pdf, List<String> told) throws IOException {
    assertThat(walked(pdf, MANY)).isEqualTo(told);
  }

  @Test
  @DisplayName("物の数を、ちょうどまで数える")
  void countsObjects() throws IOException {
    var pdf = BadPdfs.page("", "").bytes();
    var enough = 0;
    while (!walked(pdf, enough).isEmpty()) {
      enough++;
    }
    // Page, its resources, media box and contents; trailer, catalog, page tree and its kids.
    assertThat(enough).isEqualTo(8);
    assertThat(walked(pdf, 1)).containsExactly("PDF-P15 REJECT too-many-objects @");
  }

  private static List<String> walked(byte[] pdf, int objects) throws IOException {
    try (var document = Loader.loadPDF(pdf)) {
      var pages = PageTree.of(document.getDocumentCatalog().getCOSObject(), 99).pages();
      var numbers = new IdentityHashMap<COSDictionary, Integer>();
      pages.forEach(each -> numbers.put(each.dictionary(), numbers.size() + 1));
      var findings = new Findings();
      new ObjectWalk(limits(objects), findings, numbers).run(document, pages);
      return findings.inOrder().stream()
          .map(each ->
              "%s %s %s @%s %s"
                  .formatted(
                      each.rule(),
                      each.action(),
                      each.what(),
                      each.page().isPresent() ? each.page().getAsInt() : "",
                      each.object().orElse(""))
                  .strip())
          .toList();
    }
  }

  private static byte[] page(int width, int height) {
    return HexFormat.of()
        .parseHex("0000000030000100000013%08x%08x".formatted(width, height) + "00".repeat(11));
  }

  private static byte[] deflated(int size) {
    return deflated(new byte[size]);
  }

  private static byte[] deflated(byte[] data) {
    var out = new ByteArrayOutputStream();
    try (var deflater = new DeflaterOutputStream(out)) {
      deflater.write(data);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] hex(byte[] data) {
    return (HexFormat.of().formatHex(data) + ">").getBytes(ISO_8859_1);
  }

  /** Run lengths of 128 zeros, as many as go into {@code size}, and one of the rest. */
  private static byte[] runs(int size) {
    var out = new byte[size / 128 * 2 + 3];
    for (var i = 0; i < size / 128; i++) {
      out[2 * i] = (byte) 129;
    }
    out[out.length - 3] = (byte) (257 - size % 128);
    out[out.length - 1] = (byte) 128;
    if (size % 128 == 0) {
      out[out.length - 3] = (byte) 128;
    }
    return out;
  }
}
