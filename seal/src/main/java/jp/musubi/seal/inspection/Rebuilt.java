package jp.musubi.seal.inspection;

import jp.musubi.seal.Sha256;

/** 再構成の結果 — what became of a file that was to be written anew (PDF-P16). */
public sealed interface Rebuilt {
  /** What the inspection found in the source, and in comparing the two. */
  Inspection inspection();

  /**
   * Written: the bytes that become the contract.
   *
   * @param sha256 of the written file
   * @param pages number of pages
   * @param inspection what was put right and what to look at
   */
  record Written(Sha256 sha256, int pages, Inspection inspection) implements Rebuilt {}

  /** Not written, for the reasons in the inspection. */
  record Refused(Inspection inspection) implements Rebuilt {}
}
