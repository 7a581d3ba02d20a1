package jp.musubi.seal.inspection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("バイト列の検査")
class RawScanTest {
  /** Streams of 1,000 bytes, 1,500 in all, nested three deep. */
  private static final InspectionLimits SMALL =
      new InspectionLimits(1 << 20, 9, 1_500, 1_000, 1 << 20, 3, 1000, 1000);

  private static Arguments of(String file, String... told) {
    return Arguments.of(file, List.of(told));
  }

  static Stream<Arguments> files() {
    return Stream.of(
        of("%PDF-1.7\n%%EOF"),
        of("%PDF-2.0\n%%EOF\r\n\n"),
        of("%PDF-1.0 x obj %%EOF"),
        of("", "not-pdf"),
        of("%PDF", "not-pdf"),
        of("x%PDF-1.7\n%%EOF", "header-not-first"),
        of(" ".repeat(4090) + "%PDF-1.7\n%%EOF", "header-not-first"),
        of(" ".repeat(5000) + "%PDF-1.7\n%%EOF", "not-pdf"),
        of("%PDF-1.8\n%%EOF", "unknown-version"),
        of("%PDF-3.0\n%%EOF", "unknown-version"),
        of("%PDF-", "unknown-version"),
        of("%PDF-1.7\n", "broken"),
        of("%PDF-1.7\n%%EOF\nx", "trailing-data"),
        of("%PDF-1.7\n%%EOF\n ", "trailing-data"),
        of("%PDF-1.7\n%%EOF\nPK\003\004", "polyglot"),
        of("%PDF-1.7\n%%EOF\n<HTML>", "polyglot"),
        of("%PDF-1.7\n%<script>\n1 0 obj %%EOF", "polyglot"),
        of("%PDF-1.7\n1 0 obj <script> %%EOF"),
        of("%PDF-1.7\n%PDF-1.4\n%%EOF", "second-header"),
        of("%PDF-1.7\n1 0 obj (%PDF-1.4) %%EOF"),
        of("%PDF-1.7\n1 0 obj [[[ ]]] %%EOF"),
        of("%PDF-1.7\n1 0 obj [[[[ ]]]] %%EOF", "too-deep"),
        of("%PDF-1.7\n1 0 obj <<<<<<<< >>>>>>>> %%EOF", "too-deep"),
        of("%PDF-1.7\n1 0 obj <<<< >><< >><< >><< >> >> %%EOF"),
        of("%PDF-1.7\n1 0 obj [ ][ ][ ][ ] %%EOF"),
        of("%PDF-1.7\n1 0 obj ]]]][[[ %%EOF"),
        of("%PDF-1.7\n1 0 obj >>>>[[[ %%EOF"),
        of("%PDF-1.7\n1 0 obj [[[ endobj [[[ endobj %%EOF"),
        of("%PDF-1.7\n1 0 obj ([[[[) %%EOF"),
        of("%PDF-1.7\n1 0 obj (\\([[[[) %%EOF"),
        of("%PDF-1.7\n1 0 obj (\\)[[[[) %%EOF"),
        of("%PDF-1.7\n1 0 obj (()[[[[) %%EOF"),
        of("%PDF-1.7\n1 0 obj () [[[[ %%EOF", "too-deep"),
        of("%PDF-1.7\n1 0 obj ( [[[[ %%EOF", "too-deep"),
        of("%PDF-1.7\n% [[[[\n %%EOF"),
        of("%PDF-1.7\n<41> <42> <43> <44> %%EOF"),
        of("%PDF-1.7\nstream\n[[[[\nendstream %%EOF"),
        of("%PDF-1.7\nstream\r\n[[[[\nendstream [[[[ %%EOF", "too-deep"),
        of("%PDF-1.7\nendstream [[[[ %%EOF", "too-deep"),
        of("%PDF-1.7\nstream%%EOF"),
        of("%PDF-1.7\nstream\r%%EOF"),
        of("%PDF-1.7\n[[[ ] [ %%EOF"),
        of("%PDF-1.7\n[[[ ] [[ %%EOF", "too-deep"),
        of("%PDF-1.7\n<<<<<< >> << %%EOF"),
        of("%PDF-1.7\n<<<<<< >> <<<< %%EOF", "too-deep"),
        of("%PDF-1.7\n<<<<<< > > << %%EOF", "too-deep"),
        of("%PDF-1.7\n< < << << << %%EOF"),
        of("%PDF-1.7\n[[[ endob [ %%EOF", "too-deep"),
        of("%PDF-1.7\n[[[ s] [ %%EOF"),
        of("%PDF-1.7\n% (\r[[[[ %%EOF", "too-deep"),
        of("%PDF-1.7\n(\\\\)[[[[ %%EOF", "too-deep"),
        of("%PDF-1.7\nstream\n[[[[\nendstream [[[ %%EOF"),
        of("%PDF-1.7\nx%%EOF"),
        of("%PDF-1.7\n[[[[%%EOF", "too-deep"),
        of("%PDF-2.1\n%%EOF", "unknown-version"),
        of("%PDF-1.\u0001\n%%EOF", "unknown-version"));
  }

  @ParameterizedTest
  @MethodSource("files")
  @DisplayName("始まり、終わり、深さを見る")
  void looksAtStartEndAndDepth(String file, List<String> told) {
    assertThat(told(file.getBytes(ISO_8859_1))).isEqualTo(told);
  }

  @Test
  @DisplayName("展開した大きさを、一つずつと合わせて数える")
  void countsWhatStreamsInflateTo() throws IOException {
    assertThat(told(file(1_000))).isEmpty();
    assertThat(told(file(1_001))).containsExactly("stream-too-large");
    assertThat(told(file(700, 800))).isEmpty();
    assertThat(told(file(700, 801))).containsExactly("inflates-too-large");
  }

  @Test
  @DisplayName("どこで見つけたか、何バイト余るかを言う")
  void tellsWhere() {
    assertThat(details("abc%PDF-1.7\n%%EOF")).containsExactly("%PDF- stands at byte 3");
    assertThat(details("%PDF-1.7\n%%EOF\nxyz")).containsExactly("4 bytes follow the last %%EOF");
    assertThat(details("%PDF-1.7\n%PDF-1.4\n%%EOF")).containsExactly("a second %PDF- at byte 9");
    assertThat(details("%PDF-1.\u0001\n%%EOF")).containsExactly("version 1.?");
  }

  private static List<String> details(String file) {
    var findings = new Findings();
    new RawScan(file.getBytes(ISO_8859_1), SMALL, findings).run();
    return findings.inOrder().stream().map(Finding::detail).toList();
  }

  @Test
  @DisplayName("圧縮されたデータの中のendstreamでは終わらない")
  void passesOverWholeStreams() throws IOException {
    var out = new ByteArrayOutputStream();
    out.writeBytes("%PDF-1.7\nstream\n".getBytes(ISO_8859_1));
    out.writeBytes(deflated(10));
    out.writeBytes("\nendstream [[[ ]]] endobj [[[[ %%EOF".getBytes(ISO_8859_1));
    assertThat(told(out.toByteArray())).containsExactly("too-deep");
  }

  @Test
  @DisplayName("後ろがZIPとして読めるファイルを断る")
  void refusesWhatEndsAsZip() {
    var end = "PK\005\006" + "\0".repeat(16) + "\012\0" + "%%EOF\n\n\n\n\n";
    assertThat(told(("%PDF-1.7\n1 0 obj " + end).getBytes(ISO_8859_1))).containsExactly("polyglot");
    var other = "PK\005\006" + "\0".repeat(16) + "\013\0" + "%%EOF\n\n\n\n\n";
    assertThat(told(("%PDF-1.7\n1 0 obj " + other).getBytes(ISO_8859_1))).isEmpty();
  }

  private static byte[] file(int... sizes) throws IOException {
    var out = new ByteArrayOutputStream();
    out.writeBytes("%PDF-1.7\n".getBytes(ISO_8859_1));
    for (var size : sizes) {
      out.writeBytes("stream\n".getBytes(ISO_8859_1));
      out.writeBytes(deflated(size));
      out.writeBytes("\nendstream\n".getBytes(ISO_8859_1));
    }
    out.writeBytes("%%EOF\n".getBytes(ISO_8859_1));
    return out.toByteArray();
  }

  private static byte[] deflated(int size) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var deflater = new DeflaterOutputStream(out)) {
      deflater.write(new byte[size]);
    }
    return out.toByteArray();
  }

  private static List<String> told(byte[] file) {
    var findings = new Findings();
    new RawScan(file, SMALL, findings).run();
    assertThat(findings.inOrder()).allMatch(finding -> !finding.detail().isEmpty());
    return findings.inOrder().stream().map(Finding::what).toList();
  }
}
