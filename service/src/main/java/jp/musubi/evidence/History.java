package jp.musubi.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * 契約の経過. What was done with one contract, in words.
 *
 * @param body the body's name
 * @param number 文書番号
 * @param state the contract's state in words
 * @param steps what was done, oldest first
 * @param looks how many further entries say that somebody looked
 */
public record History(
    String body, String number, String title, String state, List<Step> steps, int looks) {

  /** Keeps its own copy. */
  public History {
    steps = List.copyOf(steps);
  }

  /**
   * One step.
   *
   * @param seq its number in the body's audit chain
   * @param at when, in words
   * @param who name at that moment
   * @param capacity as what: staff with roles, counterparty, the service
   * @param what what was done
   * @param from the network address, if a person did it
   * @param hash of the entry
   */
  public record Step(
      long seq,
      String at,
      String who,
      String capacity,
      String what,
      @Nullable String note,
      @Nullable String from,
      String hash) {}
}
