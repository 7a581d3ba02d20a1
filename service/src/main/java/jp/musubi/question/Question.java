package jp.musubi.question;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.PartyId;

/**
 * 質問. What a counterparty wants to know of a contract before it is concluded.
 *
 * @param askedBy who decided for the party on that day
 */
public record Question(
    UUID id,
    ContractId contract,
    PartyId party,
    String askedBy,
    String words,
    Instant askedAt,
    Optional<Answer> answer) {

  /** 回答. */
  public record Answer(String words, String by, Instant at) {}
}
