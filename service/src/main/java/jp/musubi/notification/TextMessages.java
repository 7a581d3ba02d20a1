package jp.musubi.notification;

import java.time.Instant;
import java.util.UUID;

/**
 * ショートメッセージ（SMS）. Messages that are worth something for minutes: written in the transaction that
 * causes them, sent after commit, dropped when their time is over.
 */
public interface TextMessages {

  /** Whether a gateway is configured. */
  boolean areOffered();

  /**
   * Queues a message. What it says is asked of {@link MessageWords} only while it is sent.
   *
   * @param id the message's own; a gateway that is told it twice sends it once
   * @param phone {@code +819012345678}
   * @param until when it is worth nothing any more
   */
  void enqueue(UUID id, UUID contractId, String phone, Instant until);
}
