package jp.musubi.api;

import jp.musubi.seal.Outside;

/** Webhookの戸口. The one way to a receiver. */
@Outside
interface WebhookDoor {
  /**
   * What is handed over.
   *
   * @param url as it was registered
   * @param event the event's id
   * @param signature the header of that name
   * @param body JSON
   */
  record Message(String url, String event, int sequence, String signature, String body) {
    @Override
    public String toString() {
      return "webhook event " + event;
    }
  }

  /** What became of it. */
  sealed interface Answer {
    /** The receiver has it. */
    record Taken(int status) implements Answer {}

    /** It has not, or nobody knows. */
    record Failed(String why) implements Answer {}
  }

  /** Hands over; takes a receiver's silence for a failure after seconds. */
  Answer hand(Message message);
}
