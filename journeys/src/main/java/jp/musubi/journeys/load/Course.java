package jp.musubi.journeys.load;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import jp.musubi.journeys.Inbox;
import jp.musubi.journeys.Visitor;
import jp.musubi.journeys.Walk;

/**
 * 年度当初. What a body does on 1 April: contracts of one form are sent in bulk, their counterparties
 * read and agree, the mayor signs some one by one and the rest in one go.
 */
public final class Course {
  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final int AT_ONCE = 4;

  /** As many contracts does the list of 一括署名 show. */
  private static final int LISTED = 500;

  private final URI service;
  private final Path folder;
  private final Sample sample;
  private final Letters letters;
  private final Walk walk;
  private final Side side;

  /**
   * Whose course it is.
   *
   * @param body its code
   * @param holder the office holder's name, by whom an office is chosen
   * @param from the number of its first counterparty; no two courses of one service share one
   */
  public record Side(String body, String clerk, String mayor, String holder, int from) {
    private static final int MOST = 10_000;

    /** The body that the trial shows. */
    static Side first() {
      return new Side(Walk.BODY, "hanako", "taro", Walk.OFFICE_HOLDER, 1);
    }

    /** The same body once more, beside the other. */
    static Side noisy() {
      return new Side(Walk.BODY, "hanako", "taro", Walk.OFFICE_HOLDER, 1 + MOST);
    }

    /** The town beside it. */
    static Side quiet() {
      return new Side("109983", "midori", "goro", "例田 五郎", 1 + 2 * MOST);
    }
  }

  /** Where the contract's form comes from. */
  public interface Sample {
    /** The bytes of a PDF, as this clerk gets them. */
    byte[] bytes(Visitor clerk) throws IOException, InterruptedException;
  }

  Course(URI service, Path home, Path folder) {
    this(service, home, folder, Side.first());
  }

  Course(URI service, Path home, Path folder, Side side) {
    this(service, home, folder, clerk -> clerk.download("/trial/samples/1"), side);
  }

  /**
   * A course.
   *
   * @param home the folder of the trial's parts, where the letters arrive
   * @param folder for the files of the clerk
   */
  public Course(URI service, Path home, Path folder, Sample sample) {
    this(service, home, folder, sample, Side.first());
  }

  private Course(URI service, Path home, Path folder, Sample sample, Side side) {
    this.side = side;
    this.service = service;
    this.folder = folder;
    this.sample = sample;
    this.letters = new Letters(home.resolve("mail"), side.from(), side.from() + Side.MOST);
    this.walk =
        new Walk(
            service,
            new Inbox(home.resolve("mail")),
            (_, _, _) -> {
              // Nobody watches; only time counts.
            });
  }

  /** Somebody who has read everything and has one button left to press. */
  public record Reader(int number, Visitor visitor, Visitor.Page confirm) {}

  /** Sends so many contracts of one form; from the list's upload until all have their letters. */
  public Duration send(int count) throws Exception {
    var desk =
        new BulkDesk(walk.signIn(side.body(), side.clerk()), folder, sample, form(), side.holder());
    var list = desk.list(side.from(), count, BulkDesk::right);
    var began = System.nanoTime();
    var run = desk.made(desk.checked(list));
    desk.send(run);
    letters.await(letters.links(), count, PATIENCE);
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** What its form is called. */
  private String form() {
    return "単価契約（物品%d）".formatted(side.from());
  }

  /**
   * Counterparties open their letters, look at every page and stop before the last button.
   *
   * @param from 1 for the first of this course
   */
  public List<Reader> read(int from, int count) throws InterruptedException, ExecutionException {
    return Crowd.work(
        IntStream.range(from, from + count)
            .map(number -> number - 1 + side.from())
            .mapToObj(number -> (Crowd.Deed<Reader>) () -> read(number))
            .toList(),
        AT_ONCE);
  }

  private Reader read(int number) throws IOException, InterruptedException {
    var visitor = new Visitor(service);
    var page = visitor.get(Objects.requireNonNull(letters.links().get(number))).expect(200);
    page = visitor.submit(page.form("文書を確認する")).expect(200);
    for (var image : page.document().select("main img[src]")) {
      visitor.download(image.absUrl("src"));
    }
    page = visitor.submit(page.form("同意の確認へ進む")).expect(200);
    return new Reader(number, visitor, page);
  }

  /** They press it: from the press to the next page. */
  public Durations agree(List<Reader> readers, double perSecond)
      throws InterruptedException, ExecutionException {
    var deeds =
        readers.stream()
            .map(reader ->
                (Crowd.Deed<Visitor.Page>)
                    () ->
                        reader
                            .visitor()
                            .submit(reader.confirm().form("同意して署名する").tick("authority"))
                            .expect(200))
            .toList();
    return Durations.of(Crowd.come(deeds, perSecond).stream().map(Crowd.Waited::after).toList());
  }

  /**
   * The mayor's desk; how long it takes until nothing of what was agreed to waits for a seal.
   *
   * @param count how many stand on the desk then, of {@value #LISTED} at most
   */
  public Duration drain(Visitor mayor, int count) throws IOException, InterruptedException {
    if (count > LISTED) {
      throw new IllegalArgumentException("the desk lists %d, not %d".formatted(LISTED, count));
    }
    var began = System.nanoTime();
    while (ready(mayor) < count) {
      if (System.nanoTime() - began > PATIENCE.toNanos()) {
        throw new IllegalStateException("the seals were not made within " + PATIENCE);
      }
      // Nothing announces a seal; asking oftener would be load of its own.
      Thread.sleep(500);
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private static int ready(Visitor mayor) throws IOException, InterruptedException {
    return mayor.get("/signatures/all").expect(200).document().select("input[name=picked]").size();
  }

  /** The mayor, signed in. */
  public Visitor mayor() throws IOException, InterruptedException {
    return walk.signIn(side.body(), side.mayor());
  }

  /**
   * The mayor signs one after another, not faster than one in {@code apart}: from each signature
   * until the counterparty holds the letter that says 締結.
   */
  Durations signOne(Visitor mayor, int count, Duration apart)
      throws IOException, InterruptedException {
    var list = mayor.get("/signatures/all").expect(200).document();
    var waits = new ArrayList<Duration>();
    for (var row : list.select("tbody tr").stream().limit(count).toList()) {
      var contract = row.select("td a").attr("href").replaceFirst(".*/contracts/", "");
      var title = row.select("td a").text();
      var number = Integer.parseInt(title.replaceFirst(".*その", ""));
      walk.sign(mayor, contract, PATIENCE);
      // By the real clock: the letter's moment, which it is held against, is the file system's.
      var signed = Instant.now();
      while (!letters.concluded().containsKey(number)) {
        letters.await(letters.concluded(), letters.concluded().size() + 1, PATIENCE);
      }
      var wait = Duration.between(signed, letters.concluded().get(number));
      waits.add(wait.isNegative() ? Duration.ZERO : wait);
      var left = apart.minus(wait);
      if (left.isPositive()) {
        // One signature at a time, and none while another is still waited for by its measurement.
        Thread.sleep(left);
      }
    }
    return Durations.of(waits);
  }

  /**
   * All that is left, by one signature.
   *
   * @param count how many were signed
   * @param press from the press to the page that tells what came of each
   * @param letters from the press until each counterparty holds its letter
   */
  public record All(int count, Duration press, Durations letters) {
    /** How many were concluded a second. */
    public double perSecond() {
      return count / (letters.sorted().getLast().toMillis() / 1000.0);
    }
  }

  /** The mayor signs everything that is left in one go. */
  public All signAll(Visitor mayor) throws IOException, InterruptedException {
    var before = new ArrayList<>(letters.concluded().keySet());
    var page = mayor.get("/signatures/all").expect(200);
    var count = page.document().select("input[name=picked]").size();
    // By the real clock, as the letters' moments are the file system's.
    var began = Instant.now();
    mayor
        .submit(
            page.form("電子署名する").tickAll("picked").tick("confirmed").fill("password", Walk.PASSWORD))
        .expect(200);
    // From the same clock, so that the two figures can be subtracted.
    var press = Duration.between(began, Instant.now());
    letters.await(letters.concluded(), before.size() + count, PATIENCE);
    var waits =
        letters.concluded().entrySet().stream()
            .filter(each -> !before.contains(each.getKey()))
            .map(each -> Duration.between(began, each.getValue()))
            .toList();
    return new All(count, press, Durations.of(waits));
  }

  /** How many contracts were concluded so far, as the counterparties know. */
  public int concluded() {
    return letters.concluded().size();
  }
}
