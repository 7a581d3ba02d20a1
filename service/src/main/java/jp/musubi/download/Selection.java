package jp.musubi.download;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import jp.musubi.authority.Reach;
import jp.musubi.contract.ContractFilter;
import jp.musubi.contract.ContractSearch;
import jp.musubi.contract.ContractSummary;
import jp.musubi.platform.NotFound;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * 選んだ契約. The concluded ones among what the list of contracts shows for the same choice.
 *
 * @param filter as the list's address names it
 * @param words as they are searched for there
 */
record Selection(ContractFilter filter, String words) {
  private static final int WORDS = 200;
  private static final Set<ContractFilter> OF_CONCLUDED =
      Set.of(
          ContractFilter.CONCLUDED,
          ContractFilter.ELSEWHERE,
          ContractFilter.KEPT,
          ContractFilter.COUNCIL);

  static Selection of(String filter, String words) {
    return new Selection(
        Arrays.stream(ContractFilter.values())
            .filter(each -> parameter(each).equals(filter))
            .findFirst()
            .orElseThrow(() -> new NotFound("filter " + filter)),
        words.length() > WORDS ? words.substring(0, WORDS) : words);
  }

  /** The cut of the concluded ones; empty where the choice holds none by its nature. */
  private Optional<ContractFilter> concluded() {
    if (filter == ContractFilter.ALL) {
      return Optional.of(ContractFilter.KEPT);
    }
    return OF_CONCLUDED.contains(filter) ? Optional.of(filter) : Optional.empty();
  }

  /** A page of them within reach, after another. */
  ContractSearch.Page page(
      ContractSearch search, Reach reach, Optional<ContractSearch.Cursor> after, int size) {
    return concluded()
        .map(cut -> search.find(reach, cut, words, after.orElse(null), size))
        .orElseGet(() -> new ContractSearch.Page(List.<ContractSummary>of(), Optional.empty()));
  }

  /** The address of {@code path} for this choice. */
  String address(String path) {
    var address = UriComponentsBuilder.fromPath(path).queryParam("filter", parameter(filter));
    if (!words.isBlank()) {
      address.queryParam("words", words);
    }
    return address.build().toUriString();
  }

  private static String parameter(ContractFilter filter) {
    return filter.name().toLowerCase(Locale.ROOT);
  }
}
