package jp.musubi.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The packaged service ends itself at a fault point, with nothing said or tidied up; the next start
 * recovers, and ends at the next point. Which points there are, a first contract tells.
 */
@Tag("slow")
class HaltedProcessTest {
  private static final String TITLE = "庁舎清掃業務委託";
  private static final int SAMPLE = 4;

  /** A process answers no more for a while before it is gone. */
  private static final Duration AFTERGLOW = Duration.ofSeconds(5);

  @TempDir Path folder;

  private record Acknowledged(List<String> sent, List<String> signed) {}

  @Test
  @DisplayName("故障点でプロセスが終わっても、次の起動が続きをし、受け付けたことは失われない")
  void losesNothingWhereverItEnds() throws Exception {
    var home = folder.resolve("home");
    var port = freePort();
    var pdf = folder.resolve("contract.pdf");
    var done = new Acknowledged(new ArrayList<>(), new ArrayList<>());
    var points = chosen(points(home, port, pdf, done));
    assertThat(points).hasSizeGreaterThanOrEqualTo(SAMPLE);
    var halted = new LinkedHashMap<String, Boolean>();
    for (var point : points) {
      halted.put(point, isHaltedAt(point, home, port, pdf, done));
    }
    try (var service = ServiceProcess.start(Project.root(), home, port)) {
      var walk = walk(service);
      var clerk = walk.signIn("hanako");
      for (var contract : done.signed()) {
        walk.awaitConclusion(clerk, contract, Duration.ofMinutes(2));
      }
      for (var contract : done.sent()) {
        assertThat(clerk.get("/contracts/" + contract).status()).isEqualTo(200);
      }
    }
    var audit = Project.audit(home);
    write(halted, done, audit.exit() == 0);
    assertThat(audit.exit()).as(audit.text()).isZero();
    assertThat(halted).allSatisfy((point, ended) -> assertThat(ended).as(point).isTrue());
  }

  /** Each point that the way of one contract passes, where it passes it the first time. */
  private List<String> points(Path home, int port, Path pdf, Acknowledged done) throws Exception {
    var record = folder.resolve("points");
    try (var service =
        ServiceProcess.start(Project.root(), home, port, "--musubi.fault.record=" + record)) {
      Files.write(pdf, new Visitor(service.address()).download("/trial/samples/2"));
      var before = Files.readAllLines(record).size();
      conclude(service, pdf, done);
      var first = new LinkedHashMap<String, String>();
      for (var line :
          Files.readAllLines(record).subList(before, Files.readAllLines(record).size())) {
        first.putIfAbsent(line.substring(0, line.indexOf('#')), line);
      }
      return List.copyOf(first.values());
    }
  }

  /** All with {@code -Dmusubi.halt.points=all}; else some, from the whole length of the way. */
  private static List<String> chosen(List<String> points) {
    if ("all".equals(System.getProperty("musubi.halt.points"))) {
      return points;
    }
    var some = new ArrayList<String>();
    for (var i = 0; i < SAMPLE; i++) {
      some.add(points.get(i * (points.size() - 1) / (SAMPLE - 1)));
    }
    return some;
  }

  /** Works until the service is gone; whether it went by itself. */
  private static boolean isHaltedAt(String point, Path home, int port, Path pdf, Acknowledged done)
      throws Exception {
    ServiceProcess service;
    try {
      service = ServiceProcess.start(Project.root(), home, port, "--musubi.fault.halt-at=" + point);
    } catch (IllegalStateException e) {
      // It ended over what the one before had left, before it said that it was ready.
      return true;
    }
    var ended = false;
    for (var tries = 0; tries < 3 && !ended; tries++) {
      try {
        conclude(service, pdf, done);
      } catch (IOException | IllegalStateException e) {
        // The lights went out; what was in the air was not acknowledged.
        ended = service.endsWithin(AFTERGLOW);
      }
    }
    ended = ended || service.endsWithin(AFTERGLOW);
    service.kill();
    return ended;
  }

  private static void conclude(ServiceProcess service, Path pdf, Acknowledged done)
      throws Exception {
    var walk = walk(service);
    var clerk = walk.signIn("hanako");
    var mail = "c%d@mihon.example".formatted(System.nanoTime());
    var sent = walk.send(clerk, pdf, TITLE, mail);
    done.sent().add(sent.id());
    walk.agree(mail, TITLE, sent.code());
    walk.sign(walk.signIn("taro"), sent.id(), Duration.ofSeconds(30));
    done.signed().add(sent.id());
    walk.awaitConclusion(clerk, sent.id(), Duration.ofSeconds(60));
  }

  private static Walk walk(ServiceProcess service) {
    return new Walk(service.address(), new Inbox(service.home().resolve("mail")), (_, _, _) -> {});
  }

  private static void write(Map<String, Boolean> halted, Acknowledged done, boolean clean)
      throws IOException {
    var folder = System.getProperty("musubi.reliability.out");
    if (folder == null) {
      return;
    }
    var ended = halted.values().stream().filter(each -> each).count();
    var table = new LinkedHashMap<String, Object>();
    table.put("name", "halted-process");
    table.put("title", "プロセスの死");
    // When it was measured, by no clock of the service.
    table.put("measuredAt", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    table.put("machine", Runtime.getRuntime().availableProcessors() + " cores");
    table.put("command", "./musubi drill halt");
    table.put(
        "rows",
        List.of(
            row(
                "プロセスが終わった故障点",
                "%d点中%d点".formatted(halted.size(), ended),
                "すべて",
                ended == halted.size()),
            row(
                "受け付けて失われたもの",
                "0（送信%d件、締結%d件）".formatted(done.sent().size(), done.signed().size()),
                "0",
                true),
            row("監査の異常", clean ? "なし" : "あり", "なし", clean)));
    Files.writeString(
        Files.createDirectories(Path.of(folder)).resolve("halted-process.json"),
        JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(table)
            + "\n",
        StandardCharsets.UTF_8);
  }

  private static Map<String, Object> row(String what, String value, String goal, boolean met) {
    var row = new LinkedHashMap<String, Object>();
    row.put("what", what);
    row.put("value", value);
    row.put("goal", goal);
    row.put("met", met);
    return row;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
