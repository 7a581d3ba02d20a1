package jp.musubi.journeys.drill;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import jp.musubi.journeys.Visitor;
import jp.musubi.journeys.Walk;

/** A clerk's work that goes on and on: pages are read and drafts are made, each answer counted. */
final class Load implements AutoCloseable {
  private static final Pattern DRAFT = Pattern.compile("/contracts/([0-9a-f-]{36})");

  private final URI service;
  private final Ledger ledger = new Ledger();
  private final AtomicInteger requests = new AtomicInteger();
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();
  private final Queue<String> pages = new ConcurrentLinkedQueue<>();
  private final List<Thread> workers = new ArrayList<>();
  private volatile boolean over;

  /** A load that has yet to begin. */
  Load(URI service) {
    this.service = service;
  }

  /** What it does: a share of a hundred of pages read, the rest drafts made. */
  record Mix(int workers, int reads, Duration pause) {}

  /** Makes one draft to copy from, and begins. */
  Load begin(Walk walk, Path pdf, Mix mix) throws IOException, InterruptedException {
    var clerk = walk.signIn("hanako");
    var page = clerk.get("/contracts/new").expect(200);
    page = clerk.submit(page.form("検査して次へ").choose("file", pdf)).expect(200);
    var id = DRAFT.matcher(page.address().getPath());
    if (!id.find()) {
      throw new IllegalStateException("no draft: " + page.address());
    }
    var draft = id.group(1);
    var form = clerk.get("/contracts/%s/copy".formatted(draft)).expect(200).document();
    var csrf = form.select("input[name=_csrf]").val();
    var http = client(clerk);
    for (var i = 0; i < mix.workers(); i++) {
      var number = i;
      workers.add(Thread.ofVirtual().start(() -> work(http, number, draft, csrf, mix)));
    }
    return this;
  }

  private static HttpClient client(Visitor clerk) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .cookieHandler(clerk.cookies())
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(Duration.ofSeconds(5))
        .build();
  }

  private void work(HttpClient http, int number, String draft, String csrf, Mix mix) {
    var paths =
        List.of("/contracts", "/contracts/" + draft, "/help", "/verify", "/register", "/signin");
    for (var i = number; !over; i++) {
      try {
        if (i % 100 < mix.reads()) {
          read(http, paths.get(i % paths.size()));
        } else {
          write(http, draft, csrf);
        }
        // A steady stream, not a flood: the machine is shared.
        Thread.sleep(mix.pause());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void read(HttpClient http, String path) throws InterruptedException {
    requests.incrementAndGet();
    try {
      var answer = http.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 400) {
        failed("GET %s %d".formatted(path, answer.statusCode()), answer.body());
      }
    } catch (IOException e) {
      failed("GET " + e, "");
    }
  }

  private void write(HttpClient http, String draft, String csrf) throws InterruptedException {
    requests.incrementAndGet();
    try {
      var answer =
          http.send(
              request("/contracts/%s/copy".formatted(draft))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "_csrf=%s&idempotencyKey=%s"
                              .formatted(
                                  URLEncoder.encode(csrf, StandardCharsets.UTF_8),
                                  UUID.randomUUID())))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      var made = DRAFT.matcher(answer.headers().firstValue("Location").orElse(""));
      if (answer.statusCode() == 302 && made.find()) {
        ledger.acknowledge(UUID.fromString(made.group(1)));
      } else {
        failed("POST %d".formatted(answer.statusCode()), answer.body());
        // Whoever sees a page that says it does not work waits before trying again.
        Thread.sleep(500);
      }
    } catch (IOException e) {
      failed("POST " + e, "");
      Thread.sleep(500);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(service.resolve(path)).timeout(Duration.ofSeconds(60));
  }

  private void failed(String how, String page) {
    failures.merge(how, 1, Integer::sum);
    if (pages.size() < 200) {
      pages.add(page);
    }
  }

  Ledger ledger() {
    return ledger;
  }

  int requests() {
    return requests.get();
  }

  int failed() {
    return failures.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How requests failed, and how often. */
  Map<String, Integer> failures() {
    return Map.copyOf(failures);
  }

  /** Tells whoever ran the drill why requests failed; the figures only say how many. */
  void tell() {
    System.err.println(failures());
  }

  /** The pages that said that something does not work, at most two hundred. */
  List<String> pages() {
    return pages.stream().filter(page -> !page.isBlank()).toList();
  }

  /** Lets everybody finish what they are doing. */
  @Override
  public void close() {
    over = true;
    for (var worker : workers) {
      try {
        worker.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
