package jp.musubi.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import jp.musubi.seal.Preparation;
import jp.musubi.seal.SealEngine;
import jp.musubi.seal.SealRequest;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.SignatureField;
import jp.musubi.seal.key.KeyStoreSealKey;
import jp.musubi.seal.remote.HttpRevocationSource;
import jp.musubi.seal.remote.HttpTimestampAuthority;
import jp.musubi.seal.renewal.EvidenceBatch;
import jp.musubi.seal.renewal.HashAlgorithm;
import jp.musubi.seal.renewal.HashTree;
import jp.musubi.seal.renewal.ValidationData;
import jp.musubi.testkit.KeyKind;
import jp.musubi.testkit.PkiServer;
import jp.musubi.testkit.TestPki;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("検証ツール")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerifierMainTest {
  private static final Clock CLOCK = Clock.systemUTC();

  private Path folder;
  private Path plain;
  private Path sealedFile;
  private Path trust;
  private Path ours;
  private Path others;

  /** What a run printed and how it ended. */
  private record Run(int exit, String out, String err) {
    JsonNode json() {
      return JsonMapper.builder().build().readTree(out);
    }
  }

  @BeforeAll
  void seal(@TempDir Path folder) throws Exception {
    this.folder = folder;
    plain = folder.resolve("plain.pdf");
    try (var document = new PDDocument()) {
      document.addPage(new PDPage());
      document.save(plain.toFile());
    }
    try (var server = PkiServer.open(folder.resolve("pki"), CLOCK, KeyKind.P_256)) {
      var pki = server.pki();
      var password = "trial".toCharArray();
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, password);
      store.setKeyEntry(
          "seal", pki.sealKey(), password, pki.sealPath().toArray(Certificate[]::new));
      var deadline = Duration.ofSeconds(5);
      var engine =
          new SealEngine(
              KeyStoreSealKey.of(store, "seal", password),
              new HttpTimestampAuthority(
                  pki.tsaUrl(), List.of(PkiServer.TSA_POLICY), pki.trustAnchors(), CLOCK, deadline),
              new HttpRevocationSource(Set.of("127.0.0.1"), CLOCK, deadline),
              pki.sealPath());
      var prepared = folder.resolve("prepared.pdf");
      Preparation.prepare(plain, prepared, List.of(new SignatureField("musubi-1")));
      var once = folder.resolve("once.pdf");
      engine.seal(
          prepared,
          once,
          new SealRequest(
              "musubi-1",
              "上毛市 市長 見本 花子",
              "契約",
              "日本",
              "https://keiyaku.example",
              CLOCK.instant().truncatedTo(ChronoUnit.SECONDS),
              true));
      sealedFile = folder.resolve("sealed.pdf");
      engine.archive(once, sealedFile);
      trust = Files.writeString(folder.resolve("root.pem"), pki.rootPem());
      ours = Files.writeString(folder.resolve("ours.pem"), TestPki.pem(pki.sealChain().getLast()));
      others =
          Files.writeString(
              folder.resolve("others.pem"), TestPki.pem(pki.timestamp().certificate()));
      stamp(pki, deadline);
    }
  }

  @Test
  @DisplayName("有効なら0で終わり、決められた名前のJSONを書く")
  void endsWithZeroForValid() throws IOException {
    var run = run("verify", sealedFile.toString(), "--trust", trust.toString(), "--json");
    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).isZero();
    var json = run.json();
    assertThat(json.propertyNames())
        .containsExactly(
            "file",
            "sha256",
            "verdict",
            "reasons",
            "signatures",
            "documentTimestamps",
            "modificationsAfterSigning");
    assertThat(json.get("verdict").asString()).isEqualTo("valid");
    assertThat(json.get("signatures").get(0).propertyNames())
        .containsExactly(
            "field",
            "name",
            "reason",
            "signingTime",
            "timestamp",
            "level",
            "indication",
            "subIndication",
            "byteRangeCoversRevision",
            "external",
            "certificate");
    assertThat(json.get("signatures").get(0).get("level").asString())
        .isEqualTo("PAdES-BASELINE-LTA");
    assertThat(json.get("signatures").get(0).get("certificate").asString()).startsWith("CN=");
  }

  /** One batch over the sealed file with another beside it, and over that other one alone. */
  private void stamp(TestPki pki, Duration deadline) throws IOException {
    var algorithm = HashAlgorithm.SHA_512;
    var tree = new HashTree.Builder(algorithm);
    tree.add(algorithm.digest(sealedFile));
    tree.add(List.of(algorithm.digest(sealedFile), algorithm.digest(plain)));
    var batch =
        EvidenceBatch.stamp(
            tree.build(),
            new HttpTimestampAuthority(
                pki.tsaUrl(), List.of(), pki.trustAnchors(), CLOCK, deadline));
    var data =
        ValidationData.gather(
            batch.token().path(),
            batch.token().time(),
            new HttpRevocationSource(Set.of("127.0.0.1"), CLOCK, deadline));
    Files.write(folder.resolve("single.ers"), batch.complete(0, data));
    Files.write(folder.resolve("pair.ers"), batch.compact(1));
    Files.write(folder.resolve("data.p7c"), data.der());
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  @DisplayName("証拠記録を、ファイルの判定の次の行に書く")
  void judgesAnEvidenceRecordOnALineOfItsOwn() {
    var run =
        run(
            "verify",
            at("sealed.pdf"),
            "--trust",
            at("root.pem"),
            "--evidence",
            at("single.ers"),
            "--json");
    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).isZero();
    var lines = run.out().lines().toList();
    assertThat(lines).hasSize(2);
    var json = JsonMapper.builder().build().readTree(lines.get(1));
    assertThat(json.propertyNames())
        .containsExactly("evidence", "verdict", "reasons", "provenSince", "timestamps");
    assertThat(json.get("verdict").asString()).isEqualTo("valid");
    assertThat(json.get("timestamps").get(0).propertyNames())
        .containsExactly("time", "tsa", "chain", "algorithm");
    assertThat(
            run(
                    "verify",
                    at("sealed.pdf"),
                    "--trust",
                    at("root.pem"),
                    "--evidence",
                    at("single.ers"))
                .out())
        .contains("証拠記録", "存在の証明");
  }

  @Test
  @DisplayName("証拠記録が別のファイルのものなら1、判定できなければ3、読めなければ2で終わる")
  void endsWithTheAgreedCodesForEvidenceToo() {
    var trusted = List.of("--trust", at("root.pem"), "--json");
    var pair = List.of("verify", at("sealed.pdf"), at("plain.pdf"), "--evidence", at("pair.ers"));
    var beside = List.of("--evidence-data", at("data.p7c"));
    // The plain file has no signature and by itself cannot be judged; the record over both is
    // valid.
    var both = run(join(List.of(pair, beside, trusted)));
    assertThat(both.exit()).isEqualTo(3);
    assertThat(both.out().lines().toList().getLast()).contains("\"verdict\":\"valid\"");
    assertThat(run(join(List.of(pair, trusted))).out().lines().toList().getLast())
        .doesNotContain("\"verdict\":\"valid\"");
    var other = List.of("verify", at("sealed.pdf"), "--evidence", at("pair.ers"));
    assertThat(run(join(List.of(other, beside, trusted))).exit()).isEqualTo(1);
    var none = List.of("verify", at("sealed.pdf"), "--evidence", at("root.pem"));
    assertThat(run(join(List.of(none, trusted))).exit()).isEqualTo(2);
    assertThat(run(join(List.of(none, trusted))).err()).contains("証拠記録として読み取れません");
    assertThat(run(join(List.of(List.of("verify", at("sealed.pdf")), beside))).exit()).isEqualTo(2);
  }

  private static String[] join(List<List<String>> words) {
    return words.stream().flatMap(List::stream).toArray(String[]::new);
  }

  @Test
  @DisplayName("人には日本語で伝える")
  void speaksJapanese() {
    var run = run("verify", sealedFile.toString(), "--trust", trust.toString());
    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("判定", "有効", "上毛市 市長 見本 花子", "保存タイムスタンプ");
  }

  @Test
  @DisplayName("無効なら1、判定できなければ3、読めなければ2で終わる")
  void endsWithTheAgreedCodes() throws IOException {
    var bytes = Files.readAllBytes(sealedFile);
    bytes[200] ^= 1;
    var broken = Files.write(folder.resolve("broken.pdf"), bytes);
    assertThat(run("verify", broken.toString(), "--trust", trust.toString()).exit()).isEqualTo(1);
    assertThat(run("verify", sealedFile.toString()).exit()).isEqualTo(3);
    assertThat(run("verify", sealedFile.toString()).out()).contains("判定できません（信頼する認証局");
    assertThat(run("verify", folder.resolve("none.pdf").toString()).exit()).isEqualTo(2);
  }

  @Test
  @DisplayName("このサービスのものでない署名は外部署名と言い、判定しない")
  void tellsExternalSignaturesApart() {
    assertThat(verifiedAs(ours).exit()).isZero();
    var external = verifiedAs(others);
    assertThat(external.exit()).isEqualTo(3);
    assertThat(external.out()).contains("判定できません（外部署名", "このサービスの署名ではありません");
  }

  @Test
  @DisplayName("署名のないPDFは署名なしと言う")
  void tellsWhenThereIsNoSignature() {
    assertThat(run("verify", plain.toString(), "--json").json().get("verdict").asString())
        .isEqualTo("no-signature");
  }

  @Test
  @DisplayName("隣のtrust.pemを使う")
  void findsTrustBesideTheFile() throws IOException {
    var other = Files.createDirectories(folder.resolve("other"));
    Files.copy(trust, other.resolve("trust.pem"));
    Files.copy(sealedFile, other.resolve("a.pdf"));
    assertThat(run("verify", other.resolve("a.pdf").toString()).exit()).isZero();
  }

  @Test
  @DisplayName("使い方の誤りは一文で伝え、2で終わる")
  void tellsWrongUsageInOneSentence() {
    for (var wrong :
        List.of(
            new String[] {},
            new String[] {"sign"},
            new String[] {"verify"},
            new String[] {"verify", "a.pdf", "--at", "yesterday"},
            new String[] {"verify", "a.pdf", "--trust"},
            new String[] {"inspect", "a.pdf", "b.pdf"},
            new String[] {"verify", "a.pdf", "--loud"})) {
      var run = run(wrong);
      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.out()).isEmpty();
      assertThat(run.err().lines()).hasSize(1);
    }
  }

  @Test
  @DisplayName("検査は受け付けるなら0、断るなら1で終わる")
  void inspects() {
    assertThat(run("inspect", plain.toString()).exit()).isZero();
    var run = run("inspect", sealedFile.toString(), "--json");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.json().get("findings").get(0).get("rule").asString()).isEqualTo("PDF-P03");
    assertThat(run.json().get("findings").get(0).get("action").asString()).isEqualTo("reject");
    assertThat(run("inspect", trust.toString()).exit()).isEqualTo(2);
  }

  private Run verifiedAs(Path ours) {
    return run(
        "verify", sealedFile.toString(), "--trust", trust.toString(), "--ours", ours.toString());
  }

  private static Run run(String... words) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var exit =
        VerifierMain.run(
            words,
            CLOCK.instant().plusSeconds(5),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8));
    return new Run(exit, out.toString(UTF_8), err.toString(UTF_8));
  }

  @Test
  @DisplayName("まとめて取り出したZIPも展開したフォルダも、そのまま確かめる")
  void verifiesWhatWasTakenAwayTogether() throws IOException {
    for (var path : List.of(zip("whole.zip", bundle()), unpacked("whole", bundle()))) {
      var run = run("verify", path.toString(), "--trust", trust.toString());
      assertThat(run.err()).isEmpty();
      assertThat(run.exit()).isZero();
      assertThat(run.out()).contains("契約書/土木課-工事.pdf", "すべてそろっていて、変わっていません（3個）");
    }
  }

  @Test
  @DisplayName("変わったもの、失われたもの、目録にないものを、一つずつ示す")
  void tellsWhatIsNotAsItWas() throws IOException {
    var changed = bundle();
    changed.put("一覧.csv", "別の一覧".getBytes(UTF_8));
    var missing = bundle();
    missing.remove("契約書/土木課-工事.pdf");
    var added = bundle();
    added.put("契約書/あとから.pdf", Files.readAllBytes(plain));
    for (var zipped : List.of(true, false)) {
      var one = taken("changed", changed, zipped);
      assertThat(one.exit()).isEqualTo(1);
      assertThat(one.out().lines().toList().getLast()).contains("\"changed\":[\"一覧.csv\"]");
      var two = taken("missing", missing, zipped);
      assertThat(two.exit()).isEqualTo(1);
      assertThat(two.out()).contains("\"missing\":[\"契約書/土木課-工事.pdf\"]");
      var three = taken("added", added, zipped);
      assertThat(three.exit()).isEqualTo(3);
      assertThat(three.out()).contains("\"unlisted\":[\"契約書/あとから.pdf\"]");
    }
  }

  @Test
  @DisplayName("壊れたZIPを読みかけて終わっても、取り出しかけたファイルを残さない")
  void leavesNothingOfADamagedZip() throws IOException {
    var path = zip("damaged.zip", bundle());
    var bytes = Files.readAllBytes(path);
    for (var at = bytes.length / 8; at < bytes.length / 2; at++) {
      bytes[at] ^= 0x55;
    }
    Files.write(path, bytes);
    var before = copies();

    assertThat(run("verify", path.toString(), "--trust", trust.toString(), "--json").exit())
        .isNotZero();

    assertThat(copies()).isEqualTo(before);
  }

  private static Set<Path> copies() throws IOException {
    try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("musubi-verify-"))
          .collect(Collectors.toSet());
    }
  }

  @Test
  @DisplayName("目録のないもの、外を指す目録は、確かめたことにしない")
  void takesNothingForWholeWithoutItsList() throws IOException {
    var none = bundle();
    none.remove("SHA256SUMS");
    assertThat(taken("none", none, true).exit()).isEqualTo(2);
    var outside = bundle();
    outside.put("SHA256SUMS", (sum(trust) + "  ../root.pem\n").getBytes(UTF_8));
    assertThat(taken("outside", outside, false).out()).contains("\"missing\":[\"../root.pem\"]");
  }

  private Run taken(String name, Map<String, byte[]> files, boolean zipped) throws IOException {
    var path = zipped ? zip(name + ".zip", files) : unpacked(name, files);
    return run("verify", path.toString(), "--trust", trust.toString(), "--json");
  }

  private Map<String, byte[]> bundle() throws IOException {
    var files = new LinkedHashMap<String, byte[]>();
    var list = Files.writeString(folder.resolve("list.csv"), "文書番号,件名");
    files.put("契約書/土木課-工事.pdf", Files.readAllBytes(sealedFile));
    files.put("一覧.csv", Files.readAllBytes(list));
    // What a contract refers to is signed by nobody.
    files.put("参照する書類/土木課-工事_001_図面.pdf", Files.readAllBytes(plain));
    files.put(
        "SHA256SUMS",
        "%s  契約書/土木課-工事.pdf\n%s  一覧.csv\n%s  参照する書類/土木課-工事_001_図面.pdf\n"
            .formatted(sum(sealedFile), sum(list), sum(plain))
            .getBytes(UTF_8));
    return files;
  }

  private static String sum(Path file) {
    return Sha256.of(file).hex();
  }

  private Path zip(String name, Map<String, byte[]> files) throws IOException {
    var path = folder.resolve(name);
    try (var zip = new ZipOutputStream(Files.newOutputStream(path), UTF_8)) {
      for (var file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    }
    return path;
  }

  private Path unpacked(String name, Map<String, byte[]> files) throws IOException {
    var path = folder.resolve(name);
    for (var file : files.entrySet()) {
      var at = path.resolve(file.getKey());
      Files.createDirectories(at.getParent());
      Files.write(at, file.getValue());
    }
    return path;
  }
}
