package jp.musubi.contract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import jp.musubi.organisation.Body;
import jp.musubi.organisation.Office;
import jp.musubi.organisation.Section;
import jp.musubi.staff.StaffMember;

/**
 * 当事者と順番, as the sender enters them; the sender itself is not named, being always the first.
 *
 * @param counterparties none for a document that the body alone signs, such as a notice (C-21)
 * @param office the 契約名義, held by somebody today
 * @param officeFirst whether the office signs before the counterparties
 */
public record Lineup(List<Counterparty> counterparties, Office office, boolean officeFirst) {
  /** Most counterparties: beside them the sender and the office take part. */
  public static final int MOST = SigningOrder.MOST - 2;

  /** Counterparties by their places, those of one place as they were entered. */
  public Lineup {
    counterparties =
        counterparties.stream().sorted(Comparator.comparingInt(Counterparty::place)).toList();
  }

  /** The only counterparty, and then the office. */
  public static Lineup of(Counterparty counterparty, Office office) {
    return new Lineup(List.of(counterparty), office, false);
  }

  /** Turn of a counterparty: places are counted without gaps, from the sender's turn on. */
  int turn(Counterparty counterparty) {
    var before =
        counterparties.stream()
            .mapToInt(Counterparty::place)
            .filter(place -> place < counterparty.place())
            .distinct()
            .count();
    return (int) before + (officeFirst ? 2 : 1);
  }

  /** Turn of the office. */
  int officeTurn() {
    return officeFirst || counterparties.isEmpty() ? 1 : turn(counterparties.getLast()) + 1;
  }

  /** Everybody whose seal the contract carries, the clerk of a section as its sender. */
  List<Party> parties(Body body, Section section, StaffMember clerk) {
    var parties = new ArrayList<Party>();
    parties.add(
        new Party(
            new PartyId(UUID.randomUUID()),
            0,
            0,
            Party.Kind.SENDER,
            null,
            "",
            body.name() + " " + section.name(),
            "",
            clerk.name(),
            clerk.mail(),
            clerk.id()));
    for (var counterparty : counterparties) {
      parties.add(
          new Party(
              new PartyId(UUID.randomUUID()),
              parties.size(),
              turn(counterparty),
              Party.Kind.COUNTERPARTY,
              counterparty.capacity(),
              counterparty.venture(),
              counterparty.organisation(),
              counterparty.title(),
              counterparty.name(),
              counterparty.mail(),
              null,
              counterparty.ownSignature()));
    }
    parties.add(
        new Party(
            new PartyId(UUID.randomUUID()),
            parties.size(),
            officeTurn(),
            Party.Kind.OFFICE,
            null,
            "",
            body.name(),
            office.title(),
            office.holderName(),
            null,
            office.holderId()));
    return List.copyOf(parties);
  }

  /** By which 委任 they act, by the ordinals of the parties. */
  Map<Integer, UUID> mandates() {
    var chosen = new TreeMap<Integer, UUID>();
    for (var i = 0; i < counterparties.size(); i++) {
      var ordinal = i + 1;
      counterparties.get(i).mandate().ifPresent(mandate -> chosen.put(ordinal, mandate));
    }
    return chosen;
  }

  /** How a party shows who it is; the body's own sign in. */
  Identification identification(Party party) {
    return party.kind() == Party.Kind.COUNTERPARTY
        ? counterparties.get(party.ordinal() - 1).identification()
        : Identification.BY_MAIL;
  }
}
