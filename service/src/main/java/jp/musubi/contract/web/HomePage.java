package jp.musubi.contract.web;

import java.util.List;

/**
 * 今日のしごと.
 *
 * @param mayMake whether the reader makes contracts
 * @param toSign what waits for the reader's own signature
 * @param counts the day's work in numbers
 * @param pressing what to take up first
 */
record HomePage(
    boolean mayMake, List<ContractLine> toSign, List<Count> counts, List<ContractLine> pressing) {

  /** A number that leads to what it counts. */
  record Count(String label, int number, String path) {}
}
