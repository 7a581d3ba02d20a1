package jp.musubi.seal.validation;

/**
 * One thing somebody may do to a sealed file, and what has to be said of it.
 *
 * @param family the class of attack in the literature, or what it is about
 * @param name what is done, in a few words
 * @param verdict the verdict it has to get
 * @param reason the key of a reason that has to be given
 */
record Attack(String family, String name, Verdict verdict, String reason, Deed deed) {
  /** Makes the file. */
  interface Deed {
    byte[] on(Specimen specimen) throws Exception;
  }

  static Attack invalid(String family, String name, String reason, Deed deed) {
    return new Attack(family, name, Verdict.INVALID, reason, deed);
  }

  @Override
  public String toString() {
    return family + ": " + name;
  }
}
