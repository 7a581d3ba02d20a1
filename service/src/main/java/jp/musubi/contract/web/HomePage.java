package jp.musubi.contract.web;

import java.util.List;
import jp.musubi.contract.Awaited;

/**
 * 今日のしごと.
 *
 * @param mayMake whether the reader makes contracts
 * @param toSign what waits for the reader's own signature
 * @param counts the day's work in numbers
 * @param pressing what to take up first
 */
record HomePage(
    boolean mayMake,
    List<ContractLine> toSign,
    List<Awaited.Count> counts,
    List<ContractLine> pressing) {}
