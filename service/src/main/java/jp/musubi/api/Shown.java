package jp.musubi.api;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.contract.Phase;
import org.jspecify.annotations.Nullable;

/**
 * 契約のいま, as a program is told: where it stands and where each party does.
 *
 * @param state as {@link Phase}
 * @param version with {@code documentSha256} what is sent by {@code send}
 * @param contractDate 契約日, which people decide
 * @param concludedAt 締結日時, which the last timestamp decides; another thing
 * @param waitsFor what sealing waits for, if it waits
 */
record Shown(
    UUID id,
    String number,
    String state,
    int version,
    String title,
    String kind,
    @Nullable Long amount,
    @Nullable LocalDate contractDate,
    @Nullable Instant concludedAt,
    @Nullable LocalDate periodFrom,
    @Nullable LocalDate periodUntil,
    @Nullable Instant deadline,
    Instant createdAt,
    @Nullable Instant sentAt,
    @Nullable Instant endedAt,
    @Nullable String endReason,
    @Nullable String waitsFor,
    @Nullable String documentSha256,
    List<Signatory> parties) {

  /** Keeps its own copy. */
  Shown {
    parties = List.copyOf(parties);
  }

  /** Where a party stands. */
  enum Standing {
    /** 同意した. */
    AGREED,
    /** 順番が来ている. */
    ASKED,
    /** まだ順番でない. */
    WAITING,
    /** 契約が終わり、もう求められない. */
    OVER
  }

  /**
   * A party.
   *
   * @param turn those of one turn are asked at the same time
   */
  record Signatory(
      UUID id,
      String kind,
      @Nullable String capacity,
      int turn,
      String organisation,
      String title,
      String name,
      String state,
      @Nullable Instant agreedAt) {}

  /**
   * As it stands.
   *
   * @param awaited whose agreement is awaited now
   */
  static Shown of(Particulars contract, List<Agreement> agreements, List<Party> awaited) {
    var phase = Phase.of(contract, agreements);
    return new Shown(
        contract.id().value(),
        contract.number(),
        phase.name(),
        contract.version(),
        contract.title(),
        contract.kind().name(),
        contract.amount().isPresent() ? contract.amount().getAsLong() : null,
        contract.contractDate().orElse(null),
        contract.concludedAt().orElse(null),
        contract.periodFrom().orElse(null),
        contract.periodUntil().orElse(null),
        contract.deadline().orElse(null),
        contract.createdAt(),
        contract.dispatchedAt().orElse(null),
        contract.endedAt().orElse(null),
        contract.endReason().orElse(null),
        contract.sealCause().orElse(null),
        contract.isDisposed() ? null : contract.currentFile().hex(),
        contract.parties().stream().map(party -> of(party, phase, agreements, awaited)).toList());
  }

  private static Signatory of(
      Party party, Phase phase, List<Agreement> agreements, List<Party> awaited) {
    var agreed = agreements.stream().filter(each -> each.party().equals(party.id())).findFirst();
    var standing =
        agreed.isPresent()
            ? Standing.AGREED
            : awaited.stream().anyMatch(each -> each.id().equals(party.id()))
                ? Standing.ASKED
                : isOpen(phase) ? Standing.WAITING : Standing.OVER;
    return new Signatory(
        party.id().value(),
        party.kind().name(),
        party.capacity() == null ? null : party.capacity().name(),
        party.turn(),
        party.organisation(),
        party.title(),
        party.name(),
        standing.name(),
        agreed.map(Agreement::agreedAt).orElse(null));
  }

  private static boolean isOpen(Phase phase) {
    return switch (phase) {
      case DRAFT, SCHEDULED, COUNTERPARTY, OFFICE, CONCLUDING -> true;
      case CONCLUDED, ELSEWHERE, DISPOSED, DECLINED, RETURNED, ON_PAPER, WITHDRAWN, EXPIRED ->
          false;
    };
  }
}
