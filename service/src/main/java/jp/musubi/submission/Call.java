package jp.musubi.submission;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;

/**
 * 提出の依頼. What is asked of one counterparty: of a draft's, by its place, or of somebody with whom
 * there is no draft yet.
 *
 * @param contract empty until there is one
 * @param place among the contract's parties; 0 of whom was asked before there was a contract
 * @param title of the contract that is to be, where there was none; empty otherwise, as are the
 *     next
 * @param organisation whom was asked, where there was no contract
 * @param name the person
 * @param mail where the link goes
 * @param section whose clerks see it while there is no contract
 */
record Call(
    UUID id,
    Optional<ContractId> contract,
    int place,
    String title,
    String organisation,
    String name,
    String mail,
    UUID section,
    UUID clerk,
    Instant madeAt,
    Optional<Instant> endedAt) {

  /** What is known of one who was asked before there was a contract. */
  record Told(String title, String organisation, String name, String mail) {
    private static final Told NOTHING = new Told("", "", "", "");
  }

  /** To a counterparty of a draft. */
  static Call to(ContractId contract, int place, UUID section, UUID clerk, Instant now) {
    return of(Optional.of(contract), place, Told.NOTHING, section, clerk, now);
  }

  /** To somebody with whom there is no draft yet. */
  static Call before(Told told, UUID section, UUID clerk, Instant now) {
    return of(Optional.empty(), 0, told, section, clerk, now);
  }

  private static Call of(
      Optional<ContractId> contract, int place, Told told, UUID section, UUID clerk, Instant now) {
    return new Call(
        UUID.randomUUID(),
        contract,
        place,
        told.title(),
        told.organisation(),
        told.name(),
        told.mail(),
        section,
        clerk,
        now,
        Optional.empty());
  }

  /** Whether it began before there was a contract. */
  boolean cameFirst() {
    return place == 0;
  }

  /** Whom it goes to at this moment; nobody when the draft has no such counterparty. */
  Optional<Addressee> addressee(Optional<Particulars> draft) {
    if (cameFirst()) {
      return Optional.of(new Addressee(organisation, "", name, mail));
    }
    return draft.stream()
        .flatMap(each -> each.parties(Party.Kind.COUNTERPARTY).stream())
        .filter(party -> party.ordinal() == place && party.mail() != null)
        .findFirst()
        .map(party ->
            new Addressee(
                party.organisation(), party.title(), party.name(), String.valueOf(party.mail())));
  }

  /** Somebody who is asked. */
  record Addressee(String organisation, String title, String name, String mail) {
    /** As printed. */
    String printed() {
      return java.util.stream.Stream.of(organisation, title, name)
          .filter(part -> !part.isEmpty())
          .collect(java.util.stream.Collectors.joining(" "));
    }
  }
}
