package jp.musubi.elsewhere;

import java.time.Instant;
import java.util.Optional;
import jp.musubi.seal.validation.ValidationReport;

/**
 * 登録したときの検証の記録 of a contract.
 *
 * @param report empty once the contract was disposed of
 * @param provenAt the proven time of the last signature
 * @param verifiableUntil until when the newest proof can be judged
 */
record ElsewhereRecord(
    String service,
    Standing standing,
    Optional<ValidationReport> report,
    Instant judgedAt,
    Optional<Instant> provenAt,
    Optional<Instant> verifiableUntil,
    String registeredName,
    Instant registeredAt) {}
