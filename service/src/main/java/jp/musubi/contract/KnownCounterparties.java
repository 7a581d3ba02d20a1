package jp.musubi.contract;

import java.util.List;
import java.util.Optional;

/** 相手方の候補. Whom the body knows already, to be chosen instead of typed; another feature knows. */
public interface KnownCounterparties {

  /**
   * Somebody who may be chosen.
   *
   * @param key by which {@link #find} finds them again
   * @param note what a person sees beside them: in what capacity, until when
   */
  record Known(
      String key, String organisation, String title, String name, String mail, String note) {}

  /** Those whose organisation, name, number or address has the words. */
  List<Known> search(String words, int most);

  /** The one who was chosen; empty when they may not be chosen any more. */
  Optional<Known> find(String key);
}
