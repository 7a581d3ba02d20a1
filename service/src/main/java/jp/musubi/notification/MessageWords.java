package jp.musubi.notification;

import java.util.Optional;
import java.util.UUID;

/** Knows what a text message says, which nothing but the message itself may contain. */
public interface MessageWords {

  /** The words of a message of the current body; empty if they are worth nothing any more. */
  Optional<String> of(UUID message);
}
