package jp.musubi.renewal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.renewal.RenewalPlan;
import jp.musubi.seal.renewal.TimestampLife;
import jp.musubi.seal.validation.AlgorithmSunset;
import jp.musubi.seal.validation.NewestTimestamp;

/**
 * 版 — a concluded file, or the same with a further document timestamp, and until when that carries
 * it.
 *
 * @param ordinal 0 for the file as it was concluded
 * @param authority the certificate that signed the newest timestamp: name and serial number
 * @param algorithms what that timestamp rests on
 * @param asked who had it made, if somebody did
 */
record Version(
    Kind kind,
    int ordinal,
    Sha256 sha256,
    Instant stampedAt,
    String authority,
    List<String> algorithms,
    Instant endsAt,
    RenewalPlan.Cause cause,
    Why why,
    Optional<String> asked,
    Instant recordedAt) {

  /** Keeps its own copy. */
  Version {
    algorithms = List.copyOf(algorithms);
  }

  /** Which of a contract's files. */
  enum Kind {
    /** The contract. */
    FINAL,
    /** The body's 締結証明書. */
    CERTIFICATE,
    /** The counterparty's. */
    CERTIFICATE_COPY
  }

  /** What made it. */
  enum Why {
    /** 締結. */
    CONCLUSION,
    /** 期限が近づいたため. */
    DUE,
    /** 職員が求めたため. */
    ASKED
  }

  /** The file as it was concluded. */
  static Version concluded(Kind kind, Sha256 sha256, NewestTimestamp newest, Instant now) {
    return of(kind, 0, sha256, newest, Why.CONCLUSION, Optional.empty(), now);
  }

  /** What follows this one. */
  Version next(Sha256 file, NewestTimestamp newest, Optional<String> by, Instant now) {
    return of(kind, ordinal + 1, file, newest, by.isPresent() ? Why.ASKED : Why.DUE, by, now);
  }

  private static Version of(
      Kind kind,
      int ordinal,
      Sha256 sha256,
      NewestTimestamp newest,
      Why why,
      Optional<String> asked,
      Instant now) {
    var life = TimestampLife.of(newest);
    var plan = RenewalPlan.of(life, AlgorithmSunset.standard(), Optional.empty(), RenewalPlan.LEAD);
    var signer = newest.path().getFirst();
    return new Version(
        kind,
        ordinal,
        sha256,
        newest.time(),
        "%s #%s"
            .formatted(
                signer.getSubjectX500Principal().getName(), signer.getSerialNumber().toString(16)),
        List.copyOf(life.algorithms()),
        plan.ends().orElseThrow(),
        plan.cause(),
        why,
        asked,
        now);
  }
}
