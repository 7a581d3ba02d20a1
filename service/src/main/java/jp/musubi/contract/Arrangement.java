package jp.musubi.contract;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * 当事者の並び. How the parties of a kind of contract usually stand, without anybody's name: how many
 * counterparties, in what capacity, who is asked when. A proposal: a clerk may enter otherwise.
 * Pure.
 *
 * @param kind for which it is offered first; empty for all alike
 * @param officeFirst whether the office signs before the counterparties; the sender's seal is the
 *     first in any case
 * @param slots none for a document that the body alone signs
 * @param recipients who is given the concluded document without signing, in the body's words
 */
public record Arrangement(
    UUID id,
    String name,
    Optional<ContractKind> kind,
    boolean officeFirst,
    List<Slot> slots,
    List<String> recipients) {
  /** Most recipients that one names. */
  public static final int MOST_RECIPIENTS = 10;

  /** Slots by their places, those of one place as they were entered: as {@link Lineup} has them. */
  public Arrangement {
    slots = slots.stream().sorted(Comparator.comparingInt(Slot::place)).toList();
    recipients = List.copyOf(recipients);
  }

  /**
   * 枠. Where one counterparty stands.
   *
   * @param label what it is to the contract: 代表構成員; may be empty
   * @param place among the counterparties: who has the same is asked at the same time
   * @param member whether it is a member of a joint venture
   * @param way in which it shows who it is
   */
  public record Slot(
      String label, int place, Party.Capacity capacity, boolean member, Identification.Way way) {}

  /**
   * How the parties of a contract stand.
   *
   * @param labels of its counterparties, in their order
   */
  public static Arrangement of(
      String name,
      Optional<ContractKind> kind,
      Particulars contract,
      List<String> labels,
      Function<PartyId, Identification> identification,
      List<String> recipients) {
    var parties = contract.parties(Party.Kind.COUNTERPARTY);
    var slots =
        parties.stream()
            .map(party ->
                new Slot(
                    labels.get(parties.indexOf(party)),
                    party.turn() - parties.getFirst().turn() + 1,
                    capacity(party),
                    !party.venture().isEmpty(),
                    identification.apply(party.id()).way()))
            .toList();
    return new Arrangement(
        UUID.randomUUID(), name, kind, isOfficeFirst(contract), slots, recipients);
  }

  /**
   * Whether the parties of a contract stand so: as many, in these capacities, asked in this order.
   * How they show who they are is no part of it: a body's minimum may have changed.
   */
  public boolean fits(Particulars contract) {
    var parties = contract.parties(Party.Kind.COUNTERPARTY);
    if (parties.size() != slots.size()) {
      return false;
    }
    var turns = new HashMap<Integer, Integer>();
    for (var i = 0; i < parties.size(); i++) {
      var party = parties.get(i);
      var slot = slots.get(i);
      var turn = turns.computeIfAbsent(slot.place(), _ -> party.turn());
      if (turn != party.turn()
          || capacity(party) != slot.capacity()
          || party.venture().isEmpty() == slot.member()) {
        return false;
      }
    }
    // Two places must not have fallen into one turn.
    return turns.values().stream().distinct().count() == turns.size()
        && (parties.isEmpty() || isOfficeFirst(contract) == officeFirst);
  }

  private static boolean isOfficeFirst(Particulars contract) {
    var parties = contract.parties(Party.Kind.COUNTERPARTY);
    var offices = contract.parties(Party.Kind.OFFICE);
    return !parties.isEmpty()
        && !offices.isEmpty()
        && offices.getFirst().turn() < parties.getFirst().turn();
  }

  private static Party.Capacity capacity(Party party) {
    return party.capacity() == null ? Party.Capacity.AUTHORITY : party.capacity();
  }
}
