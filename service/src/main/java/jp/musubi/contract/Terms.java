package jp.musubi.contract;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * 契約情報 as the sender enters it.
 *
 * @param kind 契約種別
 * @param amount 契約金額 in yen with tax; empty for 単価契約
 * @param contractDate 契約日 as written on the contract
 * @param deadline until when all must have agreed; ends exclusively
 * @param readingYears for how many years from conclusion the counterparty may read and download
 */
public record Terms(
    String title,
    ContractKind kind,
    OptionalLong amount,
    Optional<LocalDate> contractDate,
    Optional<LocalDate> periodFrom,
    Optional<LocalDate> periodUntil,
    Instant deadline,
    int readingYears) {}
