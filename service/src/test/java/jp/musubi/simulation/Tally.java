package jp.musubi.simulation;

import java.time.Duration;

/** What was met in a world, or in many. */
final class Tally {
  private long steps;
  private long points;
  private long faults;
  private long lostAnswers;
  private long stalls;
  private long crashes;
  private long crashesInRecovery;
  private long acknowledged;
  private long concluded;
  private Duration virtual = Duration.ZERO;

  void step() {
    steps++;
  }

  void point() {
    points++;
  }

  void fault() {
    faults++;
  }

  void lostAnswer() {
    lostAnswers++;
  }

  void stall() {
    stalls++;
  }

  void crash(boolean inRecovery) {
    crashes++;
    crashesInRecovery += inRecovery ? 1 : 0;
  }

  void acknowledged(int promises) {
    acknowledged += promises;
  }

  void concluded(int contracts) {
    concluded += contracts;
  }

  void passed(Duration time) {
    virtual = virtual.plus(time);
  }

  void add(Tally other) {
    steps += other.steps;
    points += other.points;
    faults += other.faults;
    lostAnswers += other.lostAnswers;
    stalls += other.stalls;
    crashes += other.crashes;
    crashesInRecovery += other.crashesInRecovery;
    acknowledged += other.acknowledged;
    concluded += other.concluded;
    virtual = virtual.plus(other.virtual);
  }

  long steps() {
    return steps;
  }

  long points() {
    return points;
  }

  long faults() {
    return faults;
  }

  long lostAnswers() {
    return lostAnswers;
  }

  long stalls() {
    return stalls;
  }

  long crashes() {
    return crashes;
  }

  long crashesInRecovery() {
    return crashesInRecovery;
  }

  long acknowledged() {
    return acknowledged;
  }

  long concluded() {
    return concluded;
  }

  Duration virtual() {
    return virtual;
  }
}
