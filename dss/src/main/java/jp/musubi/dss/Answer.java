package jp.musubi.dss;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** 検証の答え — What became of a {@link Request}; one line of JSON. */
sealed interface Answer {

  /** The id of the request; null when the request could not be read. */
  @Nullable String id();

  /** Whether the file was judged at all; says nothing of the judgement. */
  boolean ok();

  /** Whether every signature, of which there is at least one, is TOTAL_PASSED. */
  boolean passed();

  /**
   * The judgement on a PDF, which may have no signature.
   *
   * @param signatures in the order in which they were made
   * @param timestamps signature and document timestamps
   * @param evidenceRecords those that were given with the file; absent in JSON when there are none
   * @param errors why signatures or timestamps do not pass
   * @param warnings what DSS finds noteworthy
   */
  @JsonPropertyOrder({"id", "ok", "passed"})
  record Judged(
      @Nullable String id,
      List<Signature> signatures,
      List<Timestamp> timestamps,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<EvidenceRecord> evidenceRecords,
      List<Remark> errors,
      List<Remark> warnings)
      implements Answer {

    @Override
    @JsonProperty
    public boolean ok() {
      return true;
    }

    @Override
    @JsonProperty
    public boolean passed() {
      return !signatures.isEmpty()
          && signatures.stream().allMatch(s -> s.indication().equals("TOTAL_PASSED"));
    }
  }

  /**
   * No judgement.
   *
   * @param error one of {@code malformed-request}, {@code missing-file}, {@code not-a-pdf}, {@code
   *     unreadable-trust}, {@code unreadable-pdf}, {@code unreadable-changes}
   * @param detail for the log of an operator
   */
  @JsonPropertyOrder({"id", "ok", "passed"})
  record Refused(@Nullable String id, String error, String detail) implements Answer {

    @Override
    @JsonProperty
    public boolean ok() {
      return false;
    }

    @Override
    @JsonProperty
    public boolean passed() {
      return false;
    }
  }

  /**
   * One signature and the judgement on it.
   *
   * @param field the signature field's name
   * @param signedBy the signer certificate's common name
   * @param indication TOTAL_PASSED, TOTAL_FAILED or INDETERMINATE (ETSI EN 319 102-1, 5.1.3)
   * @param subIndication why not passed, of the same clause
   * @param level e.g. PAdES-BASELINE-LTA
   * @param reason the signature dictionary's /Reason
   * @param signingTime the claimed time
   * @param bestSignatureTime the earliest time that is proven
   */
  record Signature(
      @Nullable String field,
      @Nullable String signedBy,
      String indication,
      @Nullable String subIndication,
      String level,
      @Nullable String reason,
      @Nullable Instant signingTime,
      @Nullable Instant bestSignatureTime) {}

  /**
   * One timestamp and the judgement on it.
   *
   * @param type e.g. SIGNATURE_TIMESTAMP or DOCUMENT_TIMESTAMP
   * @param indication PASSED, FAILED or INDETERMINATE
   * @param time the token's genTime
   */
  record Timestamp(
      String type,
      @Nullable String field,
      @Nullable String producedBy,
      String indication,
      @Nullable String subIndication,
      @Nullable Instant time) {}

  /**
   * One evidence record and the judgement on it (RFC 4998).
   *
   * @param indication PASSED, FAILED or INDETERMINATE
   * @param timestamps how many it holds, over all chains
   * @param provenSince its first timestamp's time, if it proves anything
   */
  record EvidenceRecord(
      String indication,
      @Nullable String subIndication,
      int timestamps,
      @Nullable Instant provenSince) {}

  /**
   * One finding.
   *
   * @param about the field or the type of timestamp that it concerns
   * @param key the name DSS gives to the finding, stable over languages
   * @param text in English
   */
  record Remark(String about, String key, String text) {}
}
