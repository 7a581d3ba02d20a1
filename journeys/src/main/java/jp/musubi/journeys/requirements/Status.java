package jp.musubi.journeys.requirements;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** 対応状況: how far a requirement is met, with the mark a response sheet uses for it. */
enum Status {
  /** 対応: works, and a named test proves it. */
  DONE("◎"),
  /** 同等: another way with the same effect, and a named test proves it. */
  EQUIVALENT("○"),
  /** 一部対応: a part works; {@code how} says which part does not. */
  PARTIAL("△"),
  /** 未対応. */
  NONE("×"),
  /** 運営者の責務: people or a certificate fulfil it; software cannot, and does not claim to. */
  ORGANISATIONAL("－");

  private final String mark;

  Status(String mark) {
    this.mark = mark;
  }

  String mark() {
    return mark;
  }

  /** Whether a row of this status must name a test. */
  boolean claimsProof() {
    return switch (this) {
      case DONE, EQUIVALENT -> true;
      case PARTIAL, NONE, ORGANISATIONAL -> false;
    };
  }

  /** The word for this status in {@code requirements.yaml} and in message keys. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Status> of(String key) {
    return Arrays.stream(values()).filter(status -> status.key().equals(key)).findFirst();
  }
}
