package jp.musubi.signing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.ContractKind;
import jp.musubi.contract.CouncilVote;
import jp.musubi.contract.InvitationPreview.Preview;
import jp.musubi.contract.LetterSamples;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.contract.PartyId;
import jp.musubi.notification.LetterPart;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.seal.Sha256;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Letters as they are written now, about a contract that everybody sees is a sample. */
@Component
class SampleLetters implements LetterSamples {
  private static final UUID NOBODY = new UUID(0, 0);
  private static final Sha256 NOTHING = Sha256.of(new byte[0]);

  private final Letters letters;
  private final MailedLinks links;
  private final MessageSource messages;
  private final Clock clock;

  SampleLetters(Letters letters, MailedLinks links, MessageSource messages, Clock clock) {
    this.letters = letters;
    this.links = links;
    this.messages = messages;
    this.clock = clock;
  }

  @Override
  public Preview of(LetterPart part) {
    var now = clock.instant();
    var contract = contract(now);
    var party = contract.parties(Party.Kind.COUNTERPARTY).getFirst();
    var reason = text("reason");
    return switch (part) {
      case INVITATION -> letters.of(contract, party);
      case REMINDER -> letters.reminder(contract, party, letters.linkHere());
      case FRESH_LINK -> letters.freshLink(contract, party, letters.linkHere());
      case AGREED -> letters.agreed(contract, party, agreement(contract, party, now));
      case CONCLUDED ->
          letters.concluded(
              contract, party, letters.linkHere(), now, new ConcludedMail.Enclosed.Nothing());
      case DECLINED -> letters.declined(contract, party, reason);
      case RETURNED -> letters.returned(contract, party, reason);
      case DELEGATED -> letters.delegated(contract, party, party);
      case MOVED_TO_PAPER -> letters.movedToPaper(contract, party, reason);
      case WITHDRAWN -> letters.withdrawn(contract, party, reason);
      case EXPIRED -> letters.expired(contract, party);
      case COUNCIL_PASSED -> letters.voted(contract, party, voted(CouncilVote.Outcome.PASSED));
      case COUNCIL_REJECTED -> letters.voted(contract, party, voted(CouncilVote.Outcome.REJECTED));
      case SENDER_NAME, CLOSING -> throw new IllegalArgumentException(part + " is no letter");
    };
  }

  private CouncilVote.Decided voted(CouncilVote.Outcome outcome) {
    return new CouncilVote.Decided(
        outcome, text("bill"), LocalDate.ofInstant(clock.instant(), JapaneseDates.ZONE));
  }

  private Particulars contract(Instant now) {
    return new Particulars(
        new ContractId(NOBODY),
        text("number"),
        "DISPATCHED",
        0,
        text("title"),
        ContractKind.WORKS,
        OptionalLong.empty(),
        Optional.<LocalDate>empty(),
        Optional.empty(),
        Optional.empty(),
        NOBODY,
        NOBODY,
        Optional.empty(),
        "",
        NOTHING,
        Optional.empty(),
        1,
        Optional.of(now.plus(Duration.ofDays(14))),
        Optional.empty(),
        10,
        now,
        Optional.of(now),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(
            party(0, Party.Kind.SENDER, links.body().name() + " " + text("section"), "", "sender"),
            party(1, Party.Kind.COUNTERPARTY, text("company"), text("president"), "counterparty")),
        List.of(),
        List.of());
  }

  private Party party(
      int ordinal, Party.Kind kind, String organisation, String title, String name) {
    return new Party(
        new PartyId(NOBODY),
        ordinal,
        ordinal,
        kind,
        kind == Party.Kind.COUNTERPARTY ? Party.Capacity.AUTHORITY : null,
        "",
        organisation,
        title,
        text(name),
        null,
        null);
  }

  private static Agreement agreement(Particulars contract, Party party, Instant now) {
    return new Agreement(
        NOBODY,
        contract.id(),
        party.id(),
        party.ordinal(),
        NOTHING,
        now,
        new Agreement.Manner("", "L1", "", "", ""));
  }

  private String text(String name) {
    return messages.getMessage("signing.sample." + name, null, Locale.JAPAN);
  }
}
