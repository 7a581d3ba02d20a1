package jp.musubi.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a body took away, checked where there is no service: the process ended, its home with
 * database and store deleted, the network shut. There are the ZIP, the trust anchors, the verifier.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("取り出したZIPは、サービスのない場所で検証でき")
class TakenAwayJourneyTest {
  private static final String TITLE = "市道1024号線 舗装修繕工事";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir static Path folder;
  private Path place;
  private Path zip;

  @BeforeAll
  void takesContractsAwayAndEndsTheService() throws Exception {
    place = Files.createDirectory(folder.resolve("elsewhere"));
    zip = place.resolve("契約書.zip");
    var home = folder.resolve("home");
    try (var service = ServiceProcess.start(Project.root(), home, 0)) {
      var pdf = folder.resolve("工事請負契約書.pdf");
      Files.write(pdf, new Visitor(service.address()).download("/trial/samples/1"));
      var walk = new Walk(service.address(), new Inbox(home.resolve("mail")), (_, _, _) -> {});
      var clerk = walk.signIn("hanako");
      var sent = walk.send(clerk, pdf, TITLE, "ichiro@kensetsu.example");
      walk.agree("ichiro@kensetsu.example", TITLE, sent.code());
      walk.sign(walk.signIn("taro"), sent.id(), PATIENCE);
      walk.awaitConclusion(clerk, sent.id(), PATIENCE);
      Files.write(zip, clerk.download("/contracts/download.zip"));
      Files.copy(home.resolve("trust.pem"), place.resolve("trust.pem"));
    }
    Files.copy(
        Project.root().resolve("verifier/target/verifier-exec.jar"), place.resolve("verifier.jar"));
    try (var all = Files.walk(home)) {
      for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
    assertThat(home).doesNotExist();
  }

  @Test
  @DisplayName("契約書も締結証明書も、目録のとおりで、署名が有効と言う")
  void isWholeAndValid() throws Exception {
    assertThat(files(zip).keySet())
        .anyMatch(name -> name.startsWith("契約書/"))
        .anyMatch(name -> name.startsWith("締結証明書/"))
        .contains("manifest.json", "SHA256SUMS");
    var outcome = verified(zip);
    assertThat(outcome.exit()).as(outcome.text()).isZero();
    assertThat(outcome.text()).contains("契約書/", "締結証明書/");
  }

  @Test
  @DisplayName("どのファイルの一バイトが変わっても、抜けても、足されても見つける")
  void findsWhatIsNoLongerAsItWas() throws Exception {
    var whole = files(zip);
    for (var name : whole.keySet()) {
      var changed = new LinkedHashMap<>(whole);
      var bytes = whole.get(name).clone();
      bytes[bytes.length / 2] ^= 1;
      changed.put(name, bytes);
      notPassed(changed, "changed " + name);
      if (!name.equals("SHA256SUMS") && !name.equals("manifest.json")) {
        var missing = new LinkedHashMap<>(whole);
        missing.remove(name);
        notPassed(missing, "without " + name);
      }
    }
    var added = new LinkedHashMap<String, byte[]>();
    added.put("契約書/もう一つ.pdf", whole.values().iterator().next());
    added.putAll(whole);
    notPassed(added, "with one more");
  }

  @Test
  @DisplayName("ZIPそのものの一バイトが壊れても、通らない")
  void findsADamagedZip() throws Exception {
    var bytes = Files.readAllBytes(zip);
    for (var at : List.of(bytes.length / 4, bytes.length / 2, bytes.length - 30)) {
      var damaged = bytes.clone();
      damaged[at] ^= 0x10;
      var outcome = verified(Files.write(place.resolve("壊れた" + at + ".zip"), damaged));
      assertThat(outcome.exit()).as("byte %d: %s", at, outcome.text()).isNotZero();
      assertThat(outcome.text()).as("byte %d", at).isNotBlank().doesNotContain("\tat ");
    }
    var torn = place.resolve("途中まで.zip");
    Files.write(torn, Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(verified(torn).exit()).isNotZero();
  }

  @Test
  @DisplayName("そこからはどこへも通信できない")
  void hasNoNetwork() throws Exception {
    if (!shut()) {
      return;
    }
    var probe =
        Files.writeString(
            place.resolve("Probe.java"),
            """
            void main() throws Exception {
              try (var socket = new %s("127.0.0.1", 80)) {
                IO.println("reached " + socket);
              } catch (java.net.SocketException e) {
                IO.println("shut: " + e.getMessage());
              }
            }
            """
                .formatted(Socket.class.getName()));
    var outcome = run(Project.java(), probe.toString());
    assertThat(outcome.text()).contains("shut: Network is unreachable");
  }

  private void notPassed(Map<String, byte[]> files, String what) throws Exception {
    var changed = place.resolve("変えたもの.zip");
    try (var out = new ZipOutputStream(Files.newOutputStream(changed), StandardCharsets.UTF_8)) {
      for (var file : files.entrySet()) {
        out.putNextEntry(new ZipEntry(file.getKey()));
        out.write(file.getValue());
        out.closeEntry();
      }
    }
    var outcome = verified(changed);
    assertThat(outcome.exit()).as("%s: %s", what, outcome.text()).isNotZero();
  }

  private Project.Outcome verified(Path file) throws IOException, InterruptedException {
    return run(
        Project.java(),
        "-jar",
        place.resolve("verifier.jar").toString(),
        "verify",
        "--trust",
        place.resolve("trust.pem").toString(),
        file.toString());
  }

  /** Whether this machine lets a process be put where there is no network. */
  private static boolean shut() throws IOException, InterruptedException {
    return Project.has("unshare") && Project.run(List.of("unshare", "-rn", "true")).exit() == 0;
  }

  /** Runs with nothing of this process's surroundings, and without a network where that can be. */
  private static Project.Outcome run(String... command) throws IOException, InterruptedException {
    var whole = new ArrayList<String>();
    if (shut()) {
      whole.addAll(List.of("unshare", "-rn"));
    }
    whole.addAll(List.of("env", "-i", "LANG=C.UTF-8"));
    whole.addAll(List.of(command));
    return Project.run(whole);
  }

  private static Map<String, byte[]> files(Path zip) throws IOException {
    var files = new LinkedHashMap<String, byte[]>();
    try (var in = new ZipInputStream(Files.newInputStream(zip), StandardCharsets.UTF_8)) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), in.readAllBytes());
      }
    }
    return files;
  }
}
