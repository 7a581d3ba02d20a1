package jp.musubi.contract.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * 契約の一覧.
 *
 * @param filter the chosen filter, as its parameter
 * @param words what is searched for; empty for everything
 * @param bare whether neither filter nor words narrow the list
 * @param next where the next page is; null on the last
 */
record ListPage(
    boolean mayMake,
    List<Choice> choices,
    String filter,
    String words,
    boolean bare,
    List<ContractLine> contracts,
    @Nullable String next) {

  /** A filter to choose. */
  record Choice(String label, String path, boolean current) {}
}
