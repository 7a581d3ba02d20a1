package jp.musubi.simulation;

import java.util.SplittableRandom;

/**
 * How bad it is in one world, drawn before it begins.
 *
 * @param crash chance that a node dies at a point
 * @param fault chance that a call to a part outside goes wrong
 * @param lost chance that the answer to a commit is lost
 * @param stall chance that a node stands still in a call for longer than its lease
 * @param crashes how many deaths at most
 * @param faults how many calls at most go wrong
 */
record Weather(double crash, double fault, double lost, double stall, int crashes, int faults) {
  private static final double[] CRASH = {0, 0.005, 0.01, 0.03};
  private static final double[] FAULT = {0, 0.03, 0.08, 0.25};
  private static final double[] LOST = {0, 0.005, 0.02};
  private static final double[] STALL = {0, 0.005, 0.03};

  static Weather draw(SplittableRandom random) {
    return new Weather(
        CRASH[random.nextInt(CRASH.length)],
        FAULT[random.nextInt(FAULT.length)],
        LOST[random.nextInt(LOST.length)],
        STALL[random.nextInt(STALL.length)],
        6,
        20);
  }

  static Weather calm() {
    return new Weather(0, 0, 0, 0, 0, 0);
  }
}
