package jp.musubi.contract;

import java.util.Collection;
import java.util.List;

/**
 * 署名の順番. Who is asked when. Parties of the same turn are asked together; a turn begins when
 * everybody of the turns before has agreed and all their seals stand in the file.
 *
 * @param parties by turn, then in the order in which they are named
 */
public record SigningOrder(List<Party> parties) {
  /** Most parties of one contract. */
  public static final int MOST = 30;

  /** Keeps its own copy. */
  public SigningOrder {
    parties = List.copyOf(parties);
  }

  /**
   * Who signs with a certificate of its own and shares its turn: of two files that began the same,
   * only one could go on, so such a party has the file to itself.
   */
  public List<Party> crowded() {
    return parties.stream()
        .filter(Party::ownSignature)
        .filter(party -> parties.stream().filter(o -> o.turn() == party.turn()).count() > 1)
        .toList();
  }

  /** Whether a contract can go round in this order: at least two, the sender first and alone. */
  boolean isComplete() {
    return parties.size() >= 2
        && parties.size() <= MOST
        && parties.getFirst().kind() == Party.Kind.SENDER
        && parties.stream().skip(1).noneMatch(p -> p.kind() == Party.Kind.SENDER || p.turn() < 1);
  }

  /**
   * The parties whose turn it is.
   *
   * @param seals how many stand in the file
   * @return nobody when every seal stands
   */
  public List<Party> at(int seals) {
    if (seals >= parties.size()) {
      return List.of();
    }
    var turn = parties.get(seals).turn();
    return parties.stream().filter(party -> party.turn() == turn).toList();
  }

  /**
   * How many seals stood in the file when the turn began that is running at {@code seals}: what the
   * parties of this turn are shown is the file with so many.
   */
  public int begun(int seals) {
    return seals >= parties.size() ? seals : before(parties.get(seals));
  }

  /** How many seals stand in the file that this party is shown. */
  public int before(Party party) {
    return (int) parties.stream().filter(other -> other.turn() < party.turn()).count();
  }

  /** Who has to agree next: now, or as soon as the seals before are made. */
  public List<Party> next(Collection<PartyId> agreed) {
    var missing = parties.stream().filter(party -> !agreed.contains(party.id())).toList();
    return missing.stream().filter(party -> party.turn() == missing.getFirst().turn()).toList();
  }

  /** The parties that have been asked so far. */
  public List<Party> asked(int seals) {
    var now = at(seals);
    return now.isEmpty()
        ? parties
        : parties.stream().filter(party -> party.turn() <= now.getFirst().turn()).toList();
  }
}
