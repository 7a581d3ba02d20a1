package jp.musubi.register;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import jp.musubi.contract.ContractKind;
import jp.musubi.contract.Phase;

/**
 * 台帳の一行.
 *
 * @param counterparties all of them; empty while a draft has none
 * @param paperOn 締結した日 of a contract concluded on paper
 * @param office in whose name; empty while a draft has none
 * @param decision 決裁番号, of an approval before that of the entry
 * @param tags that it has, retired ones too
 * @param waits whether a seal waits for something outside
 */
record RegisterRow(
    UUID id,
    String number,
    String title,
    ContractKind kind,
    String counterparties,
    OptionalLong amount,
    Optional<LocalDate> contractDate,
    Optional<Instant> concludedAt,
    Optional<LocalDate> paperOn,
    Optional<LocalDate> periodFrom,
    Optional<LocalDate> periodUntil,
    UUID section,
    String office,
    String decision,
    Phase phase,
    boolean waits,
    Instant createdAt,
    Set<UUID> tags,
    Entry entry) {

  /** Keeps its own copy. */
  RegisterRow {
    tags = Set.copyOf(tags);
  }
}
