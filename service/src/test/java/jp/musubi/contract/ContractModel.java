package jp.musubi.contract;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The rules of a contract's life once more, as sets and numbers: what {@link Contract} is measured
 * against. It knows of parties only their turns, which of them are counterparties, and which of
 * these sign themselves.
 */
final class ContractModel {
  private final List<Integer> turns;
  private final Set<Integer> counterparties;
  private final Set<Integer> ownSigners;
  private boolean signed;
  private final Set<Integer> agreed = new HashSet<>();
  private final List<Integer> shownWith = new ArrayList<>();
  private int seals;
  private String place = "DRAFT";

  /**
   * A draft.
   *
   * @param turns of the parties in signing order
   * @param counterparties which of them are
   * @param ownSigners which of these sign with certificates of their own
   */
  ContractModel(List<Integer> turns, Set<Integer> counterparties, Set<Integer> ownSigners) {
    this.turns = turns;
    this.ownSigners = ownSigners;
    this.counterparties = counterparties;
  }

  String place() {
    return place;
  }

  int seals() {
    return seals;
  }

  /** Of each agreement in order: how many seals stood in the file it was given to. */
  List<Integer> shownWith() {
    return shownWith;
  }

  boolean dispatch(boolean inTime, boolean sameBytes) {
    return place.equals("DRAFT") && inTime && sameBytes && sound() && leave();
  }

  boolean schedule(boolean inTime, boolean sameBytes, boolean fit) {
    return place.equals("DRAFT") && inTime && sameBytes && fit && sound() && go("SCHEDULED");
  }

  boolean release(boolean come, boolean inTime) {
    return place.equals("SCHEDULED") && come && inTime && leave();
  }

  boolean unschedule() {
    return place.equals("SCHEDULED") && go("DRAFT");
  }

  private boolean sound() {
    return turns.size() >= 2
        && turns.size() <= 30
        && turns.getFirst() == 0
        && turns.stream().filter(turn -> turn == 0).count() == 1
        && ownSigners.stream()
            .map(turns::get)
            .allMatch(turn -> turns.stream().filter(turn::equals).count() == 1);
  }

  private boolean leave() {
    agreed.add(0);
    shownWith.add(0);
    return go("ROUND");
  }

  private boolean go(String where) {
    place = where;
    return true;
  }

  /** Whose turn it is: of the lowest turn not all sealed, who has not agreed. */
  Set<Integer> open() {
    var open = new HashSet<Integer>();
    if (!place.equals("ROUND")) {
      return open;
    }
    for (var i = 0; i < turns.size(); i++) {
      var turn = turns.get(i);
      var before = turns.stream().filter(other -> other < turn).count();
      var within = turns.stream().filter(other -> other <= turn).count();
      if (before <= seals && seals < within && !agreed.contains(i)) {
        open.add(i);
      }
    }
    return open;
  }

  boolean agree(int who, boolean inTime, boolean sameBytes) {
    if (!open().contains(who) || !inTime || !sameBytes || (ownSigners.contains(who) && !signed)) {
      return false;
    }
    signed = false;
    agreed.add(who);
    shownWith.add(sealsBefore(who));
    if (agreed.size() == turns.size()) {
      place = "CONCLUDING";
    }
    return true;
  }

  /** Whether the file has the own signature of whose turn it is. */
  boolean isSigned() {
    return signed;
  }

  boolean handIn(int who, boolean inTime, boolean sameBytes) {
    var may = inTime && sameBytes && open().contains(who) && ownSigners.contains(who) && !signed;
    signed |= may;
    return may;
  }

  boolean takeBack(int who) {
    var may = open().contains(who) && counterparties.contains(who) && signed;
    signed &= !may;
    return may;
  }

  int sealsBefore(int who) {
    return (int) turns.stream().filter(other -> other < turns.get(who)).count();
  }

  boolean seal(int ordinal) {
    var running = place.equals("ROUND") || place.equals("CONCLUDING");
    if (!running || ordinal != seals || seals >= agreed.size() || seals + 1 == turns.size()) {
      return false;
    }
    seals++;
    return true;
  }

  boolean conclude(int ordinal) {
    if (!place.equals("CONCLUDING") || ordinal != seals || seals + 1 != turns.size()) {
      return false;
    }
    seals++;
    place = "CONCLUDED";
    return true;
  }

  boolean decline(int who) {
    return open().contains(who) && counterparties.contains(who) && end("DECLINED");
  }

  boolean sendBack(int who) {
    return open().contains(who) && counterparties.contains(who) && end("RETURNED");
  }

  boolean delegate(int who, boolean inTime) {
    return inTime && open().contains(who) && counterparties.contains(who);
  }

  boolean moveToPaper() {
    if (place.equals("DRAFT")) {
      return go("ON_PAPER");
    }
    return end("ON_PAPER");
  }

  boolean withdraw() {
    if (place.equals("DRAFT")) {
      return go("WITHDRAWN");
    }
    return end("WITHDRAWN");
  }

  boolean expire(boolean due) {
    return due && end("EXPIRED");
  }

  private boolean end(String how) {
    if (!place.equals("ROUND")) {
      return false;
    }
    return go(how);
  }
}
