package jp.musubi.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service is killed in the middle of work, several times. Whatever it had answered with success
 * must be there afterwards, and every contract that everybody agreed to must become 締結済.
 */
@Tag("slow")
class PowerCutTest {
  private static final int ROUNDS = 3;
  private static final int PEOPLE = 3;

  /** What the service has acknowledged: the answer was read before the power went. */
  private record Acknowledged(Queue<Walk.Sent> sent, Queue<String> agreed, Queue<String> signed) {}

  @TempDir Path folder;

  @Test
  @DisplayName("いつ落とされても、受け付けたと答えたことは失われない")
  void losesNothingThatWasAcknowledged() throws Exception {
    var seed =
        Optional.ofNullable(System.getenv("MUSUBI_SEED"))
            .map(Long::parseLong)
            .orElseGet(System::nanoTime);
    var random = new Random(seed);
    var home = folder.resolve("home");
    var port = freePort();
    var pdf = folder.resolve("contract.pdf");
    var done =
        new Acknowledged(
            new ConcurrentLinkedQueue<>(),
            new ConcurrentLinkedQueue<>(),
            new ConcurrentLinkedQueue<>());
    for (var round = 0; round < ROUNDS; round++) {
      var service = ServiceProcess.start(Project.root(), home, port);
      if (!Files.exists(pdf)) {
        Files.write(pdf, new Visitor(service.address()).download("/trial/samples/2"));
      }
      workUntilTheLightsGoOut(service, pdf, done, Duration.ofMillis(8_000 + random.nextInt(8_000)));
    }
    try (var service = ServiceProcess.start(Project.root(), home, port)) {
      var walk = new Walk(service.address(), new Inbox(home.resolve("mail")), (_, _, _) -> {});
      var clerk = walk.signIn("hanako");
      for (var contract : done.signed()) {
        walk.awaitConclusion(clerk, contract, Duration.ofMinutes(2));
      }
      for (var sent : done.sent()) {
        assertThat(clerk.get("/contracts/" + sent.id()).status())
            .as("seed %d", seed)
            .isEqualTo(200);
      }
      var audit = Project.audit(home);
      assertThat(audit.exit()).as("seed %d: %s", seed, audit.text()).isZero();
      System.out.printf(
          "power cuts: %d, acknowledged: %d sent, %d agreed, %d signed; seed %d%n",
          ROUNDS, done.sent().size(), done.agreed().size(), done.signed().size(), seed);
      assertThat(done.sent()).as("the load did something before each cut").isNotEmpty();
    }
  }

  private static void workUntilTheLightsGoOut(
      ServiceProcess service, Path pdf, Acknowledged done, Duration after) throws Exception {
    var counter = new AtomicInteger();
    var before = done.sent().size();
    try (var people = Executors.newFixedThreadPool(PEOPLE)) {
      for (var i = 0; i < PEOPLE; i++) {
        people.execute(() -> {
          var inbox = new Inbox(service.home().resolve("mail"));
          var walk = new Walk(service.address(), inbox, (_, _, _) -> {});
          try {
            var clerk = walk.signIn("hanako");
            var mayor = walk.signIn("taro");
            while (!Thread.currentThread().isInterrupted()) {
              var mail =
                  "c%d-%d@mihon.example".formatted(System.nanoTime(), counter.incrementAndGet());
              var title = "庁舎清掃業務委託";
              var sent = walk.send(clerk, pdf, title, mail);
              done.sent().add(sent);
              walk.agree(mail, title, sent.code());
              done.agreed().add(sent.id());
              walk.sign(mayor, sent.id(), Duration.ofSeconds(30));
              done.signed().add(sent.id());
            }
          } catch (java.io.IOException | IllegalStateException e) {
            // The lights went out; what was in the air was not acknowledged.
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
      }
      TimeUnit.MILLISECONDS.sleep(after.toMillis());
      // A slow machine may not have come so far: a cut before anything is acknowledged proves
      // little.
      for (var i = 0; i < 600 && done.sent().size() == before; i++) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
      service.kill();
      people.shutdownNow();
    }
  }

  private static int freePort() throws java.io.IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
