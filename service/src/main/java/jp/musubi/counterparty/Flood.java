package jp.musubi.counterparty;

import java.time.Duration;

/**
 * 申出の数の限り. How many applications a body takes, so that nobody fills its desk or somebody else's
 * mailbox.
 *
 * @param ofNetwork from one network within {@link #SHORT}
 * @param toAddress to the same address within {@link #LONG}
 * @param ofBody to the body within {@link #LONG}
 */
record Flood(int ofNetwork, int toAddress, int ofBody) {
  static final Duration SHORT = Duration.ofHours(1);
  static final Duration LONG = Duration.ofDays(1);
  static final int MOST_OF_NETWORK = 10;
  static final int MOST_TO_ADDRESS = 3;
  static final int MOST_OF_BODY = 300;

  /** Whether one more is too many. */
  boolean isFull() {
    return ofNetwork >= MOST_OF_NETWORK || toAddress >= MOST_TO_ADDRESS || ofBody >= MOST_OF_BODY;
  }
}
