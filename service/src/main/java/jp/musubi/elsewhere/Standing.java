package jp.musubi.elsewhere;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import jp.musubi.seal.validation.Indication;
import jp.musubi.seal.validation.ValidationReport;
import jp.musubi.seal.validation.Verdict;

/** 検証の結果による扱い. What a file that another service made is worth as the original of a contract. */
enum Standing {
  /** 署名を確かめた: signed, unchanged, by certificates of authorities that the body trusts. */
  SIGNED,
  /**
   * 発行元を確かめられない: signed and unchanged, by an authority that is not on our list, or without proof.
   */
  UNPROVEN,
  /**
   * 署名の後の追記: what was signed is intact, and something was added after it that we do not know to be
   * harmless, be it another's signature. Kept as a copy, since it may show what nobody signed.
   */
  ADDED,
  /** 写し: no signature at all; the original is elsewhere, and this only tells of it. */
  COPY;

  /**
   * How a file may be registered; empty if it may not be: a signature is broken, or what it covers
   * was changed. Such a file proves nothing, and kept among originals it would mislead.
   */
  static Optional<Standing> of(ValidationReport report) {
    return switch (report.verdict()) {
      case VALID, VALID_WITH_WARNINGS -> Optional.of(SIGNED);
      case NO_SIGNATURE -> Optional.of(COPY);
      case INVALID, INDETERMINATE -> signed(report);
    };
  }

  private static Optional<Standing> signed(ValidationReport report) {
    if (!isIntact(report)) {
      return Optional.empty();
    }
    if (!report.modificationsAfterSigning().isEmpty()) {
      return Optional.of(ADDED);
    }
    // Invalid for whatever else: nothing that we have thought of.
    return report.verdict() == Verdict.INDETERMINATE ? Optional.of(UNPROVEN) : Optional.empty();
  }

  /** Whether no signature is known to be broken, and each covers what it says it does. */
  private static boolean isIntact(ValidationReport report) {
    return !report.signatures().isEmpty()
        && report.signatures().stream()
            .allMatch(signature ->
                signature.indication() != Indication.TOTAL_FAILED
                    && signature.byteRangeCoversRevision());
  }

  /** The proven time of the last signature; empty where no signature has one that holds. */
  static Optional<Instant> concludedAt(ValidationReport report) {
    return report.signatures().stream()
        .filter(signature -> signature.indication() == Indication.TOTAL_PASSED)
        .flatMap(signature -> signature.timestamp().stream())
        .map(ValidationReport.Timestamp::time)
        .max(Comparator.naturalOrder());
  }

  /**
   * Until when the newest proof in the file can be judged without another over it; empty where
   * nothing is proven.
   */
  static Optional<Instant> verifiableUntil(ValidationReport report) {
    return Stream.concat(
            report.documentTimestamps().stream(),
            report.signatures().stream().flatMap(signature -> signature.timestamp().stream()))
        .max(Comparator.comparing(ValidationReport.Timestamp::time))
        .map(ValidationReport.Timestamp::until);
  }
}
