package jp.musubi.contract.web;

import jp.musubi.platform.web.Chip;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;

/**
 * One row of a table of contracts.
 *
 * @param note a second line under the state
 * @param next what to do next
 * @param nextPath where that is done; null when the reader can only wait
 */
record ContractLine(
    String path,
    String number,
    String title,
    String counterparty,
    String amount,
    Chip chip,
    @Nullable Text note,
    Text next,
    @Nullable String nextPath) {}
