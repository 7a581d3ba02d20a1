package jp.musubi.shelf;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.PartyId;
import jp.musubi.platform.TenantId;

/**
 * 控えの一件. A contract on a shelf, of whichever body.
 *
 * @param bodyCode six digits; beside the name, since names can be alike
 * @param asksMore whether its party had to show more than the mailbox
 */
record Entry(
    UUID id,
    TenantId body,
    String bodyCode,
    String bodyName,
    ContractId contract,
    PartyId party,
    String number,
    String title,
    OptionalLong amount,
    Optional<LocalDate> contractDate,
    Instant concludedAt,
    Instant readableUntil,
    boolean asksMore) {}
