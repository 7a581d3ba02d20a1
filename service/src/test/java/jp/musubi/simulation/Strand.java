package jp.musubi.simulation;

import java.time.Instant;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * One line of work: a node's worker, or a person. Each has a thread of its own, and of all threads
 * of a world exactly one runs: whoever was given the baton, until it gives it back.
 */
final class Strand {
  /** What it waits for. */
  enum State {
    /** A moment. */
    SLEEPS,
    /** Work in the queue. */
    IDLE,
    /** Nothing any more. */
    DONE
  }

  private final String name;
  private final Runnable work;
  private final Semaphore go = new Semaphore(0);
  private final Semaphore back = new Semaphore(0);
  private @Nullable Throwable failure;
  private boolean started;
  private State state = State.SLEEPS;
  private Instant wake;
  private @Nullable Node node;
  private long incarnation;

  Strand(String name, Instant wake, Runnable work) {
    this.name = name;
    this.wake = wake;
    this.work = work;
  }

  /** Goes on with it until it waits again. */
  void resume() {
    if (started) {
      go.release();
    } else {
      started = true;
      Thread.ofPlatform().daemon().name(name).start(this::run);
    }
    back.acquireUninterruptibly();
  }

  private void run() {
    try {
      work.run();
    } catch (SimulatedCrash e) {
      // The world has ended before it.
    } catch (RuntimeException | Error e) {
      failure = e;
    } finally {
      state = State.DONE;
      back.release();
    }
  }

  /** Has it wait for a moment, whatever it waited for. */
  void wakeAt(Instant moment) {
    state = State.SLEEPS;
    wake = moment;
  }

  /** Waits; whichever of its threads calls, since the others wait for that one. */
  void await(State until, Instant moment) {
    state = until;
    wake = moment;
    back.release();
    go.acquireUninterruptibly();
    wakeAt(wake);
  }

  /** Whether the calling thread does its work: its own, or one that the store is asked on. */
  boolean isCurrent() {
    var thread = Thread.currentThread().getName();
    return thread.equals(name) || thread.startsWith("store-");
  }

  String name() {
    return name;
  }

  State state() {
    return state;
  }

  Instant wake() {
    return wake;
  }

  /** What it ended with, if not well. */
  @Nullable Throwable failure() {
    return failure;
  }

  /** On which node it runs now; none between steps of a person. */
  @Nullable Node node() {
    return node;
  }

  void runsOn(@Nullable Node where) {
    node = where;
    incarnation = where == null ? 0 : where.incarnation();
  }

  /** Whether the node it runs on died under it. */
  boolean isCut() {
    return node != null && (!node.isUp() || node.incarnation() != incarnation);
  }
}
