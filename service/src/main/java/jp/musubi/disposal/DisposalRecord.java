package jp.musubi.disposal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.ContractKind;

/**
 * 廃棄記録. What was disposed of, by whom, when and why; it stays.
 *
 * @param section as it was called when the contract was made
 * @param keptUntil the last day of 保存年限
 * @param erasedAt when the last of its bytes was gone; empty while they are being erased
 * @param files how many stored files it had
 * @param kept how many of them stay, since another contract has the same bytes
 */
record DisposalRecord(
    UUID contract,
    String number,
    String title,
    ContractKind kind,
    String counterparties,
    String section,
    Optional<LocalDate> contractDate,
    Optional<LocalDate> periodUntil,
    Instant concludedAt,
    int keepingYears,
    LocalDate keptUntil,
    String reason,
    String proposedName,
    Instant proposedAt,
    String confirmedName,
    Instant confirmedAt,
    Optional<Instant> erasedAt,
    String sha256,
    int files,
    int kept) {}
