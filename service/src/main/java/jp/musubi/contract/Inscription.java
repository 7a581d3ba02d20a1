package jp.musubi.contract;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * 書き込み. What another feature writes into a draft's document before its bytes are settled, so that
 * every seal is over it.
 */
public interface Inscription {

  /**
   * Writes into a copy of the document, in its place; leaves it as it is where there is nothing to
   * write.
   *
   * @param document a file of the caller's, as it was taken in
   * @throws StepRefused when something does not fit into this document
   */
  void write(Particulars draft, Path document);

  /** A copy has the same places to write into, and nothing written; in the caller's transaction. */
  void copy(ContractId from, ContractId to);

  /** What is written into a contract's document, in order. */
  List<Written> of(ContractId contract);

  /**
   * Something that is written there.
   *
   * @param text as it stands on the page
   * @param by who gave it, as printed
   */
  record Written(String label, String text, String by, Instant at) {}
}
