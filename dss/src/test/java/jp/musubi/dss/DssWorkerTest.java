package jp.musubi.dss;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("第二の検証器は")
class DssWorkerTest {

  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path directory;
  private Path trust;

  @BeforeEach
  void writeTrust() throws Exception {
    trust = Files.writeString(directory.resolve("trust.pem"), anyRootOfTheJdk());
  }

  @Test
  @DisplayName("署名のないPDFに署名がないと答える")
  void findsNoSignatureInAPlainPdf() throws Exception {
    var answer = serve(request("a-1", plain())).getFirst();

    assertThat(answer.get("id").asString()).isEqualTo("a-1");
    assertThat(answer.get("ok").asBoolean()).isTrue();
    assertThat(answer.get("passed").asBoolean()).isFalse();
    assertThat(answer.get("signatures").isEmpty()).isTrue();
    assertThat(answer.get("timestamps").isEmpty()).isTrue();
  }

  @Test
  @DisplayName("自分の見本を有効と判定してから仕事を始め、そのときは何も答えない")
  void warmsUpOnItsOwnSample() throws Exception {
    var out = new ByteArrayOutputStream();
    new DssWorker(Clock.systemUTC(), new PrintStream(out, true, StandardCharsets.UTF_8)).warmUp();

    assertThat(out.size()).isZero();
  }

  @Test
  @DisplayName("一行に一つ、頼まれた順に答える")
  void answersEachLineInOrder() throws Exception {
    var answers =
        serve(request("1", plain()), "", request("2", directory.resolve("none.pdf")), "{");

    assertThat(answers).hasSize(3);
    assertThat(answers.get(0).get("ok").asBoolean()).isTrue();
    assertThat(answers.get(1).get("id").asString()).isEqualTo("2");
    assertThat(answers.get(1).get("error").asString()).isEqualTo("missing-file");
    assertThat(answers.get(2).get("id").isNull()).isTrue();
    assertThat(answers.get(2).get("error").asString()).isEqualTo("malformed-request");
  }

  @Test
  @DisplayName("PDFでないもの、壊れたもの、暗号化されたものを判定しない")
  void refusesWhatItCannotRead() throws Exception {
    var text = Files.writeString(directory.resolve("text.pdf"), "契約書");
    var broken = Files.writeString(directory.resolve("broken.pdf"), "%PDF-1.7\nnothing else");

    assertThat(errorOf(request("x", text))).isEqualTo("not-a-pdf");
    assertThat(errorOf(request("x", broken))).isEqualTo("unreadable-pdf");
    assertThat(errorOf(request("x", encrypted()))).isEqualTo("unreadable-pdf");
  }

  @Test
  @DisplayName("信頼点がないか読めないときは判定しない")
  void refusesWithoutATrustAnchor() throws Exception {
    var empty = Files.writeString(directory.resolve("empty.pem"), "");
    var pdf = plain();

    assertThat(errorOf(request("x", pdf, List.of(), null))).isEqualTo("unreadable-trust");
    assertThat(errorOf(request("x", pdf, List.of(empty), null))).isEqualTo("unreadable-trust");
    assertThat(errorOf(request("x", pdf, List.of(directory.resolve("no.pem")), null)))
        .isEqualTo("missing-file");
  }

  @Test
  @DisplayName("足りない依頼や読めない時刻を、依頼の番号とともに断る")
  void refusesMalformedRequestsByTheirId() throws Exception {
    var answer = serve("{\"id\":\"7\",\"pdf\":\"x.pdf\"}").getFirst();
    var late = serve(request("8", plain(), List.of(trust), "tomorrow")).getFirst();

    assertThat(answer.get("id").asString()).isEqualTo("7");
    assertThat(answer.get("error").asString()).isEqualTo("malformed-request");
    assertThat(late.get("id").asString()).isEqualTo("8");
    assertThat(late.get("error").asString()).isEqualTo("malformed-request");
  }

  @Test
  @DisplayName("コマンドとしても働き、終了コードで答える")
  void judgesFilesFromTheCommandLine() throws Exception {
    var out = new ByteArrayOutputStream();
    var worker = worker(out);
    var pdf = plain().toString();

    assertThat(worker.judge(List.of(pdf))).isEqualTo(2);
    assertThat(worker.judge(List.of("--trust"))).isEqualTo(2);
    assertThat(worker.judge(List.of("--trust", trust.toString(), "--at", "x", pdf))).isEqualTo(2);
    assertThat(out.size()).isZero();
    assertThat(worker.judge(List.of("--trust", trust.toString(), pdf))).isEqualTo(1);
    assertThat(lines(out)).hasSize(1);
  }

  @Test
  @DisplayName("別のプロセスとして、標準出力に答えだけを書く")
  void writesNothingButAnswersAsAProcess() throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var log = directory.resolve("log.txt").toFile();
    var process =
        new ProcessBuilder(
                java,
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                DssWorker.class.getName())
            .redirectError(log)
            .start();
    try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
      in.write(request("一", plain()) + "\n");
      in.write(request("二", encrypted()) + "\n");
    }
    var out = new ByteArrayOutputStream();
    process.getInputStream().transferTo(out);

    assertThat(process.waitFor()).isZero();
    assertThat(lines(out))
        .extracting(answer -> answer.get("id").asString())
        .containsExactly("一", "二");
  }

  private String errorOf(String request) throws IOException {
    return serve(request).getFirst().get("error").asString();
  }

  private static List<JsonNode> serve(String... lines) throws IOException {
    var out = new ByteArrayOutputStream();
    worker(out).serve(new BufferedReader(new StringReader(String.join("\n", lines))));
    return lines(out);
  }

  private static DssWorker worker(ByteArrayOutputStream out) {
    return new DssWorker(Clock.systemUTC(), new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  private static List<JsonNode> lines(ByteArrayOutputStream out) {
    return out.toString(StandardCharsets.UTF_8).lines().map(JSON::readTree).toList();
  }

  private String request(String id, Path pdf) {
    return request(id, pdf, List.of(trust), null);
  }

  private static String request(String id, Path pdf, List<Path> trust, @Nullable String at) {
    var paths = trust.stream().map(Path::toString).toList();
    var request = new HashMap<String, Object>();
    request.putAll(Map.of("id", id, "pdf", pdf.toString(), "trust", paths));
    if (at != null) {
      request.put("at", at);
    }
    return JSON.writeValueAsString(request);
  }

  private Path plain() throws IOException {
    var file = directory.resolve("plain.pdf");
    try (var document = new PDDocument()) {
      document.addPage(new PDPage());
      document.save(file.toFile());
    }
    return file;
  }

  private Path encrypted() throws IOException {
    var file = directory.resolve("encrypted.pdf");
    try (var document = new PDDocument()) {
      document.addPage(new PDPage());
      document.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
      document.save(file.toFile());
    }
    return file;
  }

  private static String anyRootOfTheJdk() throws Exception {
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init((KeyStore) null);
    var roots = new ArrayList<X509Certificate>();
    for (var manager : managers.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        roots.addAll(List.of(x509.getAcceptedIssuers()));
      }
    }
    if (roots.isEmpty()) {
      throw new KeyStoreException("This JDK trusts nobody");
    }
    var encoded = Base64.getMimeEncoder().encodeToString(roots.getFirst().getEncoded());
    return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n".formatted(encoded);
  }
}
