package jp.musubi.seal.isolation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.zip.DeflaterOutputStream;
import jp.musubi.seal.Sealery;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.inspection.Action;
import jp.musubi.seal.inspection.BadPdfs;
import jp.musubi.seal.inspection.Finding;
import jp.musubi.seal.inspection.FindingMessages;
import jp.musubi.seal.inspection.Inspection;
import jp.musubi.seal.inspection.Rebuilt;
import jp.musubi.seal.validation.ValidationPolicy;
import jp.musubi.seal.validation.Validator;
import jp.musubi.seal.validation.Verdict;
import jp.musubi.testkit.ClassPathJar;
import jp.musubi.testkit.KeyKind;
import jp.musubi.testkit.Suspended;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("隔離した検査")
class WorkersTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final byte[] ORDINARY = BadPdfs.page("", "").bytes();

  private static Path jar = Path.of("");

  @TempDir Path folder;

  @BeforeAll
  static void runsFromTheClassPath() throws IOException {
    jar = ClassPathJar.running(WorkerMain.class.getName());
  }

  @Test
  @DisplayName("検査、再構成、ページの画像と文字を、別のプロセスで作る")
  void workInProcessesOfTheirOwn() throws Exception {
    var source = write(ORDINARY);
    var target = folder.resolve("out.pdf");
    try (var workers = new Workers(jar, WorkerLimits.standard(), 1)) {
      workers.warmUp();
      assertThat(workers.pids()).hasSize(1);
      assertThat(workers.inspect(source).acceptable()).isTrue();
      var rebuilt = workers.rebuild(source, target);
      assertThat(rebuilt)
          .isEqualTo(new Rebuilt.Written(Sha256.of(target), 1, workers.inspect(source)));
      assertThat(workers.image(target, 1, 300)).startsWith(0x89, 'P', 'N', 'G');
      assertThat(workers.text(target, 1)).isBlank();
      assertThatThrownBy(() -> workers.image(target, 2, 300))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> workers.text(folder.resolve("nothing.pdf"), 1))
          .isInstanceOf(IOException.class);
      assertThat(workers.rebuild(write(bytes("これはPDFではない")), folder.resolve("no.pdf")))
          .isInstanceOf(Rebuilt.Refused.class);
      assertThat(folder.resolve("no.pdf")).doesNotExist();
    }
  }

  @Test
  @DisplayName("署名の判定も、別のプロセスで、同じ答えになる")
  void judgeInAProcessOfItsOwn() throws Exception {
    try (var sealery = Sealery.open(folder, KeyKind.P_256);
        var workers = new Workers(jar, WorkerLimits.standard(), 1)) {
      var sealed = sealery.sealedThrice(sealery.engine()).getLast();
      var policy =
          new ValidationPolicy(
                  Set.copyOf(sealery.server().pki().trustAnchors()), Sealery.now().plusSeconds(5))
              .withOurs(Set.of(sealery.server().pki().sealPath().getFirst()));
      assertThat(workers.validate(sealed, policy)).isEqualTo(Validator.validate(sealed, policy));
      assertThat(workers.validate(sealed, policy).signatures()).hasSize(3);
      assertThat(workers.validate(write(ORDINARY), policy).verdict())
          .isEqualTo(Verdict.NO_SIGNATURE);
      assertThatThrownBy(() -> workers.validate(write(bytes("これはPDFではない")), policy))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  @DisplayName("返事をしないプロセスは終わらせ、次のファイルには新しいプロセスを使う")
  void replaceOneThatHangs() throws Exception {
    var limits = new WorkerLimits(128, LONG, Duration.ofMillis(700), LONG);
    try (var workers = new Workers(jar, limits, 1)) {
      workers.warmUp();
      var hanging = workers.pids()[0];
      Suspended.suspend(hanging);
      assertNotFinished(workers.inspect(write(ORDINARY)), "no answer within");
      // A process that was killed is there until it is waited for.
      ProcessHandle.of(hanging)
          .ifPresent(killed -> assertThat(killed.onExit()).succeedsWithin(Duration.ofSeconds(10)));
    }
  }

  @Test
  @DisplayName("プロセスが倒れても、指摘として答え、次のファイルを検査できる")
  void answerForOneThatDied() throws Exception {
    try (var workers = new Workers(jar, WorkerLimits.standard(), 1)) {
      workers.warmUp();
      var dying = workers.pids()[0];
      ProcessHandle.of(dying).orElseThrow().destroyForcibly();
      ProcessHandle.of(dying).ifPresent(handle -> handle.onExit().join());
      assertThat(workers.inspect(write(ORDINARY)).acceptable()).isTrue();
    }
  }

  @Test
  @DisplayName("演算時間の上限を超えるファイルは、途中で終わらせる")
  void killWhatEatsTheProcessor() throws Exception {
    var limits = new WorkerLimits(256, Duration.ofMillis(300), LONG, LONG);
    try (var workers = new Workers(jar, limits, 1)) {
      workers.warmUp();
      assertNotFinished(workers.inspect(write(busy())), "of processor time");
      assertThat(workers.inspect(write(bytes("not a PDF"))).findings())
          .extracting(Finding::what)
          .containsExactly("not-pdf");
    }
  }

  @Test
  @DisplayName("表示が終わらないページは理由を示して断り、描き続けるプロセスは使わない")
  void giveUpAPageThatIsNeverDrawn() throws Exception {
    try (var workers = new Workers(jar, WorkerLimits.standard(), 1)) {
      workers.warmUp();
      var drawing = workers.pids()[0];
      var target = folder.resolve("out.pdf");
      var rebuilt = workers.rebuild(write(BadPdfs.endless()), target);
      assertThat(rebuilt.inspection().acceptable()).isFalse();
      assertThat(rebuilt.inspection().findings())
          .filteredOn(finding -> finding.action() == Action.REJECT)
          .extracting(Finding::rule, Finding::what, Finding::page)
          .containsExactly(tuple("PDF-P15", "endless-drawing", OptionalInt.of(1)));
      assertThat(FindingMessages.of(rebuilt.inspection().findings().getFirst(), Locale.JAPAN))
          .contains("時間がかかりすぎるページ");
      assertThat(target).doesNotExist();
      assertThat(ProcessHandle.of(drawing).filter(ProcessHandle::isAlive)).isEmpty();
      assertThat(workers.rebuild(write(ORDINARY), target)).isInstanceOf(Rebuilt.Written.class);
    }
  }

  @Test
  @DisplayName("メモリを使い尽くすファイルは、プロセスとともに終わる")
  void surviveOneThatEatsTheMemory() throws Exception {
    var limits = new WorkerLimits(24, LONG, LONG, LONG);
    try (var workers = new Workers(jar, limits, 1)) {
      workers.warmUp();
      assertNotFinished(workers.inspect(write(large())), "more memory than it has");
      var target = folder.resolve("out.pdf");
      var rebuilt = workers.rebuild(write(large()), target);
      assertNotFinished(rebuilt.inspection(), "more memory than it has");
      assertThat(target).doesNotExist();
      assertThat(workers.inspect(write(ORDINARY)).acceptable()).isTrue();
    }
  }

  @Test
  @DisplayName("プロセスを起動できないことは、ファイルのせいにしない")
  void blameNoFileWhenNothingStarts() throws Exception {
    var pdf = write(ORDINARY);
    try (var workers = new Workers(folder.resolve("no.jar"), WorkerLimits.standard(), 1)) {
      assertThatThrownBy(() -> workers.inspect(pdf)).isInstanceOf(WorkersUnavailable.class);
    }
    try (var workers = new Workers(pdf, WorkerLimits.standard(), 1)) {
      assertThatThrownBy(() -> workers.inspect(pdf)).isInstanceOf(WorkersUnavailable.class);
    }
  }

  @Test
  @DisplayName("プロセスには、サービスの秘密も置き忘れたファイルも渡らない")
  void leaveNothingBehind() throws Exception {
    ProcessHandle process;
    try (var workers = new Workers(jar, WorkerLimits.standard(), 1)) {
      workers.warmUp();
      process = ProcessHandle.of(workers.pids()[0]).orElseThrow();
      var environment =
          Files.readString(Path.of("/proc/" + process.pid() + "/environ"), ISO_8859_1);
      assertThat(environment.split("\0", -1))
          .allMatch(entry -> entry.isEmpty() || entry.matches("(?s)(PATH|LANG|LC_ALL|TZ)=.*"));
    }
    assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(10));
  }

  private static void assertNotFinished(Inspection inspection, String why) {
    assertThat(inspection.acceptable()).isFalse();
    var finding = inspection.findings().getFirst();
    assertThat(finding.rule()).isEqualTo("PDF-P15");
    assertThat(finding.what()).isEqualTo("not-finished");
    assertThat(finding.action()).isEqualTo(Action.REJECT);
    assertThat(finding.detail()).contains(why);
  }

  /** Within every limit, and work for seconds: a quarter of a gigabyte in many streams. */
  private static byte[] busy() throws IOException {
    var pdf = BadPdfs.page("", "");
    var deflated = deflated(8_000_000);
    for (var i = 10; i < 40; i++) {
      pdf.stream(i, "/Filter /FlateDecode", deflated);
    }
    return pdf.bytes();
  }

  private static byte[] deflated(int size) throws IOException {
    var noise = new byte[size];
    new Random(1).nextBytes(noise);
    for (var i = 0; i < size; i++) {
      noise[i] &= 0x01;
    }
    var out = new java.io.ByteArrayOutputStream();
    try (var deflater = new DeflaterOutputStream(out)) {
      deflater.write(noise);
    }
    return out.toByteArray();
  }

  private static byte[] large() {
    return BadPdfs.page("", "").stream(9, "", new byte[30_000_000]).bytes();
  }

  private Path write(byte[] pdf) throws IOException {
    return Files.write(Files.createTempFile(folder, "in", ".pdf"), pdf);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
