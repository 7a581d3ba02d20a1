package jp.musubi.journeys.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import jp.musubi.journeys.load.Course;
import jp.musubi.journeys.load.Crowd;
import jp.musubi.journeys.load.Durations;
import jp.musubi.journeys.reliability.Measurement;

/**
 * ノードの死. One node dies while counterparties agree, five and then fifty a second. Whoever was cut
 * off presses again; the other node takes the jobs over.
 */
final class NodeDeath implements Drill {
  private static final int USUAL = 30;

  /** Seven seconds of them, half before the death: with those above, as many as the desk lists. */
  private static final int TENFOLD = 350;

  /** A node that came back has served some people before it is left alone. */
  private static final int WARM = 120;

  private static final Duration REST = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Override
  public String title() {
    return "同意の受付の最中のノードの死";
  }

  @Override
  public List<Measurement.Row> run(Path root) throws Exception {
    var rows = new ArrayList<Measurement.Row>();
    var platform = Platform.start(root);
    try (platform) {
      var course =
          new Course(
              platform.address(),
              platform.home(),
              platform.folder(),
              _ -> Files.readAllBytes(platform.sample()));
      course.send(USUAL + WARM + TENFOLD);
      var calm = course.read(1, USUAL);
      var mayor = course.mayor();
      rows.addAll(agreeing(calm, 5, platform.a(), "毎秒5件", Duration.ofMillis(300)));
      rows.add(sealed(course.drain(mayor, USUAL)));
      platform.a().start();
      course.agree(course.read(1 + USUAL, WARM), 10);
      course.drain(mayor, USUAL + WARM);
      var rush = course.read(1 + USUAL + WARM, TENFOLD);
      // What was begun for those who read is over before those who agree are looked at.
      Thread.sleep(REST);
      rows.addAll(agreeing(rush, 50, platform.b(), "毎秒50件", Duration.ofSeconds(1)));
      rows.add(sealed(course.drain(mayor, USUAL + WARM + TENFOLD)));
      rows.add(Platforms.audited(platform));
    }
    platform.forget();
    return rows;
  }

  /** They agree, and in the middle of it the node dies; apart, those whom it cut off. */
  private static List<Measurement.Row> agreeing(
      List<Course.Reader> readers, int perSecond, Node victim, String words, Duration most)
      throws Exception {
    var cutOff = ConcurrentHashMap.<Integer>newKeySet();
    var deeds =
        readers.stream()
            .map(reader -> (Crowd.Deed<Duration>) () -> press(reader, cutOff::add))
            .toList();
    var middle = Duration.ofMillis(readers.size() * 500L / perSecond);
    var death =
        CompletableFuture.runAsync(() -> {
          try {
            // The half of them has come by then.
            Thread.sleep(middle);
            victim.child().kill();
          } catch (InterruptedException e) {
            throw new CompletionException(e);
          }
        });
    var waits = Crowd.come(deeds, perSecond);
    death.join();
    var all = new ArrayList<Duration>();
    var taken = new ArrayList<Duration>();
    var shown = new ArrayList<Duration>();
    var twice = new ArrayList<Duration>();
    for (var i = 0; i < waits.size(); i++) {
      var wait = waits.get(i).after();
      var answered = wait.minus(waits.get(i).made());
      all.add(answered);
      if (cutOff.contains(readers.get(i).number())) {
        twice.add(answered);
      } else {
        taken.add(answered);
        shown.add(wait);
      }
    }
    var answered = Durations.of(taken);
    var rows = new ArrayList<Measurement.Row>();
    rows.add(
        new Measurement.Row(
            "同意の受付（POSTへの答えまで）、%s、途中でノードの一つをkill -9".formatted(words),
            answered.words(),
            "p99 %s以下".formatted(Durations.words(most)),
            answered.percentile(99).compareTo(most) <= 0));
    rows.add(new Measurement.Row("そのうち、次の画面まで", Durations.of(shown).words(), "—", true));
    if (!twice.isEmpty()) {
      rows.add(
          new Measurement.Row(
              "ほかに、死んだノードが答えかけていて、押し直した人（はじめに押してから、0.2秒おきに押し直して）",
              Durations.of(twice).words(),
              "—",
              true));
      rows.add(new Measurement.Row("押し直した人も数えて、みんな", Durations.of(all).words(), "—", true));
    }
    return rows;
  }

  /**
   * Presses the button, and again if the answer did not come or said that it does not work.
   *
   * @return how long the next page took, once it was answered that the agreement is taken
   */
  private static Duration press(Course.Reader reader, Consumer<Integer> again)
      throws IOException, InterruptedException {
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      var words = "no answer";
      try {
        var page = reader.visitor().submit(reader.confirm().form("同意して署名する").tick("authority"));
        if (page.status() == 200) {
          return page.redirects();
        }
        words = page.status() + " " + page.text();
      } catch (IOException e) {
        words = String.valueOf(e);
      }
      if (System.nanoTime() > until) {
        throw new IllegalStateException("could not agree: " + words);
      }
      again.accept(reader.number());
      // As long as it takes to press again.
      Thread.sleep(200);
    }
  }

  private static Measurement.Row sealed(Duration drain) {
    return new Measurement.Row(
        "同意がすべて済んでから、死んだノードの仕事も含めて署名が付き終わるまで",
        Durations.words(drain),
        "5分以内",
        drain.compareTo(Duration.ofMinutes(5)) <= 0);
  }
}
