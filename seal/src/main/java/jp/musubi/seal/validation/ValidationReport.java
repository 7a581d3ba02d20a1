package jp.musubi.seal.validation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.musubi.seal.Sha256;

/**
 * 検証結果 — what the validation found in one file.
 *
 * @param sha256 of the file
 * @param verdict of the file as a whole
 * @param reasons why it is not simply valid
 * @param signatures in the order they were made
 * @param documentTimestamps in the order they were made
 * @param modificationsAfterSigning what changed after a signature and may not have; in English
 */
public record ValidationReport(
    Sha256 sha256,
    Verdict verdict,
    List<Reason> reasons,
    List<Signature> signatures,
    List<Timestamp> documentTimestamps,
    List<String> modificationsAfterSigning) {
  public ValidationReport {
    reasons = List.copyOf(reasons);
    signatures = List.copyOf(signatures);
    documentTimestamps = List.copyOf(documentTimestamps);
    modificationsAfterSigning = List.copyOf(modificationsAfterSigning);
  }

  /**
   * 署名.
   *
   * @param field full name of the signature field
   * @param name who signed, as the signature dictionary claims; may be empty
   * @param certificate whose certificate it is, by its subject (RFC 4514); empty when none is told
   * @param reason why, as the signature dictionary claims; may be empty
   * @param signingTime the claimed time
   * @param timestamp the proven time, when the signature carries a sound timestamp
   * @param level PAdES-BASELINE-B, -T, -LT or -LTA
   * @param indication the ETSI indication
   * @param subIndication the ETSI sub-indication; empty when passed
   * @param byteRangeCoversRevision whether the signature covers the whole of its revision
   * @param external 外部署名: whether it is of somebody else than this service, where the policy asks
   */
  public record Signature(
      String field,
      String name,
      String certificate,
      String reason,
      Optional<Instant> signingTime,
      Optional<Timestamp> timestamp,
      String level,
      Indication indication,
      String subIndication,
      boolean byteRangeCoversRevision,
      boolean external) {}

  /**
   * タイムスタンプ.
   *
   * @param time the proven time
   * @param tsa common name of the authority
   * @param until when the authority's certificate ends: until then the timestamp can be judged
   *     without another over it
   */
  public record Timestamp(Instant time, String tsa, Instant until) {}
}
