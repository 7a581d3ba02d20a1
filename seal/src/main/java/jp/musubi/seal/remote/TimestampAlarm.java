package jp.musubi.seal.remote;

import java.net.URI;
import java.time.Instant;
import jp.musubi.seal.timestamp.TokenConcern;
import jp.musubi.seal.timestamp.TokenRefusal;

/** 警報 — what an operator should hear about a timestamp authority. */
public sealed interface TimestampAlarm {

  /** The authority that it is about. */
  URI authority();

  /** Its tokens are valid, but something about them is not as it should be. */
  record Concerned(URI authority, TokenConcern concern) implements TimestampAlarm {}

  /** It gave an answer that must not be relied on. */
  record Untrusted(URI authority, TokenRefusal reason, String detail) implements TimestampAlarm {}

  /** It is not asked any more for a while. */
  record Shut(URI authority, Instant until, String detail) implements TimestampAlarm {}
}
