package jp.musubi.contract;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * One line of a list of contracts.
 *
 * @param counterparty the first counterparty's organisation; empty while a draft has none
 * @param counterparties how many there are
 * @param releaseAt when it leaves by itself, if it is scheduled
 * @param sealPending whether an agreement's seal is being made, so that nobody is asked yet
 * @param underApproval whether it is a draft that approvers have before them
 * @param sealCause what sealing waits for, as {@link Particulars#sealCause()}
 * @param endReason why it was declined or withdrawn
 */
public record ContractSummary(
    ContractId id,
    UUID section,
    String number,
    Phase phase,
    String title,
    String counterparty,
    int counterparties,
    OptionalLong amount,
    Optional<Instant> deadline,
    Optional<Instant> releaseAt,
    Instant createdAt,
    boolean sealPending,
    boolean underApproval,
    Optional<String> sealCause,
    Optional<String> endReason) {}
