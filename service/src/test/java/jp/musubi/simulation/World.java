package jp.musubi.simulation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * 模擬の世界. Everything outside of the code, from one seed: the time, the order in which nodes and
 * people get on, what calls answer, and when a node dies. One world at a time.
 */
final class World {
  /**
   * Every world begins here: later than today, which the queue's library takes for a revived job.
   */
  static final Instant BEGINNING = Instant.parse("2047-03-31T15:00:00Z");

  private static final int MOST_STEPS = 200_000;
  private static final Duration LONGEST = Duration.ofDays(60);
  private static volatile @Nullable World current;
  private static volatile Instant between = BEGINNING;

  private final long seed;
  private final SplittableRandom random;
  private final MessageDigest digest;
  private final List<String> lines = new ArrayList<>();
  private final boolean keepsLines;
  private final List<Strand> strands = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Set<String> crashed = new HashSet<>();
  private final Tally tally = new Tally();
  private final Mailbox mailbox = new Mailbox();
  private Weather weather;
  private Instant now = BEGINNING;
  private @Nullable Strand running;
  private boolean over;
  private boolean changed = true;
  private long commits;
  private @Nullable Instant due;
  private int faultsLeft;
  private int crashesLeft;

  /** The world of a seed, at its beginning. */
  static World of(long seed, boolean keepsLines) {
    between = BEGINNING;
    return new World(seed, keepsLines);
  }

  private World(long seed, boolean keepsLines) {
    this.seed = seed;
    this.keepsLines = keepsLines;
    this.random = new SplittableRandom(seed);
    this.weather = Weather.draw(random);
    this.faultsLeft = weather.faults();
    this.crashesLeft = weather.crashes();
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The world that the calling thread is part of; none between worlds. */
  static @Nullable World current() {
    var world = current;
    return world != null && world.running != null && world.running.isCurrent() ? world : null;
  }

  long seed() {
    return seed;
  }

  SplittableRandom random() {
    return random;
  }

  Tally tally() {
    return tally;
  }

  /** How often somebody may have received something once more. */
  long excuses() {
    return tally.faults() + tally.lostAnswers() + tally.stalls() + tally.crashes();
  }

  Mailbox mailbox() {
    return mailbox;
  }

  /** So many commits there were: while there are no more, nothing has changed. */
  long commits() {
    return commits;
  }

  List<Node> nodes() {
    return nodes;
  }

  Instant now() {
    return now;
  }

  boolean isOver() {
    return over;
  }

  /** No weather but what a scenario makes. */
  void calm() {
    weather = Weather.calm();
    faultsLeft = 0;
    crashesLeft = 0;
  }

  void add(Node node) {
    nodes.add(node);
    strands.add(node.strand());
  }

  /** A person, who begins after a while. */
  void person(String name, Duration after, Runnable work) {
    strands.add(new Strand(name, now.plus(after), work));
  }

  /** What happened, in the order in which it did: the same for the same seed. */
  String digest() {
    try {
      return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  void trace(String what) {
    var line =
        Duration.between(BEGINNING, now).toNanos() / 1_000
            + " "
            + (running == null ? "world" : running.name())
            + " "
            + what;
    digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
    if (keepsLines) {
      lines.add(line);
    }
  }

  /** Lets everybody get on until all people are done and no work is left. */
  void run(Queue queue) {
    current = this;
    try {
      for (var steps = 0; step(queue); steps++) {
        if (steps > MOST_STEPS || Duration.between(BEGINNING, now).compareTo(LONGEST) > 0) {
          throw new AssertionError("it does not come to rest: " + strands());
        }
      }
    } finally {
      over = true;
      strands.stream().filter(strand -> strand.state() != Strand.State.DONE).forEach(this::go);
      current = null;
      between = now;
      tally.passed(Duration.between(BEGINNING, now));
    }
    for (var strand : strands) {
      if (strand.failure() != null) {
        throw new AssertionError(strand.name() + " failed", strand.failure());
      }
    }
  }

  private List<String> strands() {
    return strands.stream().map(s -> s.name() + " " + s.state() + " " + s.wake()).toList();
  }

  private boolean step(Queue queue) {
    var ready =
        strands.stream()
            .filter(strand -> strand.state() == Strand.State.SLEEPS && !strand.wake().isAfter(now))
            .toList();
    var idle =
        nodes.stream()
            .filter(node -> node.isUp() && node.strand().state() == Strand.State.IDLE)
            .toList();
    if (changed) {
      due = queue.due(this);
      changed = false;
    }
    var work = !idle.isEmpty() && due != null && !due.isAfter(now);
    var choices = ready.size() + (work ? 1 : 0);
    if (choices == 0) {
      var next =
          java.util.stream.Stream.concat(
                  strands.stream()
                      .filter(strand -> strand.state() == Strand.State.SLEEPS)
                      .map(Strand::wake),
                  java.util.stream.Stream.ofNullable(idle.isEmpty() ? null : due))
              .min(Comparator.naturalOrder());
      next.ifPresent(moment -> now = moment);
      return next.isPresent();
    }
    tally.step();
    var chosen = random.nextInt(choices);
    go(chosen < ready.size() ? ready.get(chosen) : idle.get(random.nextInt(idle.size())).strand());
    return true;
  }

  private void go(Strand strand) {
    running = strand;
    strand.resume();
    running = null;
  }

  /** The running strand waits for this long. */
  void sleep(Duration duration) {
    pause(duration);
    dieIfCut("wakes");
  }

  /** As {@link #sleep}, where no node is needed. */
  void pause(Duration duration) {
    await(Strand.State.SLEEPS, now.plus(duration));
  }

  /** The running worker waits for work. */
  void idle() {
    changed = true;
    await(Strand.State.IDLE, Instant.MAX);
  }

  private void await(Strand.State state, Instant moment) {
    if (!over) {
      running().await(state, moment);
    }
    if (over) {
      throw new SimulatedCrash("the end of the world");
    }
  }

  Strand running() {
    if (running == null) {
      throw new IllegalStateException("nobody runs");
    }
    return running;
  }

  private void dieIfCut(String point) {
    if (running().isCut()) {
      throw new SimulatedCrash(point);
    }
  }

  /** A point where the node may die. */
  void reached(String point) {
    if (running == null) {
      return;
    }
    if (over) {
      throw new SimulatedCrash("the end of the world");
    }
    dieIfCut(point);
    tally.point();
    trace(point);
    changed |= point.equals("commit:after") || point.equals("Queue");
    commits += point.equals("commit:after") ? 1 : 0;
    var node = running.node();
    if (node != null && crashesLeft > 0 && random.nextDouble() < weather.crash()) {
      crashesLeft--;
      trace("crash");
      changed = true;
      // The second death over the same piece of work is one in its recovery.
      tally.crash(!node.working().isEmpty() && !crashed.add(node.working()));
      node.die(now.plusSeconds(1 + random.nextInt(90)));
      throw new SimulatedCrash(point);
    }
    if (point.equals("commit:after") && faultsLeft > 0 && random.nextDouble() < weather.lost()) {
      faultsLeft--;
      tally.lostAnswer();
      trace("answer lost");
      throw new TransactionSystemException("the answer to the commit was lost");
    }
  }

  /** What a call may come to. */
  private enum Fate {
    WELL,
    FAILS_BEFORE,
    FAILS_AFTER,
    TWICE
  }

  /** A call to a part outside. */
  @Nullable Object call(String point, Callable<?> work, Supplier<Exception> failure)
      throws Exception {
    reached(point + ":before");
    var fate = fate();
    late(fate);
    if (fate == Fate.FAILS_BEFORE) {
      throw failure.get();
    }
    var result = work.call();
    if (fate == Fate.TWICE) {
      work.call();
    }
    late(Fate.WELL);
    if (fate == Fate.FAILS_AFTER) {
      throw failure.get();
    }
    reached(point + ":after");
    return result;
  }

  private Fate fate() {
    if (faultsLeft <= 0 || random.nextDouble() >= weather.fault()) {
      return Fate.WELL;
    }
    faultsLeft--;
    tally.fault();
    var fate = Fate.values()[1 + random.nextInt(Fate.values().length - 1)];
    trace("fate " + fate);
    return fate;
  }

  /** Others get on meanwhile, unless a transaction is open: it might hold what they wait for. */
  private void late(Fate fate) {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      return;
    }
    var node = running().node();
    if (node != null && random.nextDouble() < weather.stall() && faultsLeft > 0) {
      faultsLeft--;
      tally.stall();
      trace("stall");
      node.standStill(true);
      changed = true;
      pause(Duration.ofSeconds(25 + random.nextInt(300)));
      node.standStill(false);
      changed = true;
      dieIfCut("stalled");
      return;
    }
    sleep(Duration.ofMillis(fate == Fate.WELL ? 1 + random.nextInt(400) : 5_000));
  }

  /** The one clock: that of the world that runs, and afterwards the end of it. */
  static final class OfTheWorld extends Clock {
    @Override
    public Instant instant() {
      var world = current;
      if (world == null) {
        return between;
      }
      if (current() == null) {
        return world.now;
      }
      // No two moments are the same, so that the order of work is never left to chance.
      world.now = world.now.plusNanos(1_000);
      return world.now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return Clock.system(zone);
    }
  }
}
