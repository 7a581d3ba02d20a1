package jp.musubi.bench.engine;

import com.fasterxml.jackson.annotation.JsonProperty;

/** 署名の水準 — How far one seal goes (ETSI EN 319 142-1, 6), and what it takes at least. */
public enum Level {
  /** The bytes hashed, and no key used. */
  @JsonProperty("hash")
  HASH("hash", 0),
  /** A signature. */
  @JsonProperty("B-B")
  B("B-B", 1),
  /** A signature and its timestamp. */
  @JsonProperty("B-T")
  T("B-T", 2),
  /** And the seal's revocation data, freshly signed by its responder, and a document timestamp. */
  @JsonProperty("B-LTA")
  LTA("B-LTA", 4);

  private final String word;
  private final int keyOperations;

  Level(String word, int keyOperations) {
    this.word = word;
    this.keyOperations = keyOperations;
  }

  /** As the standard calls it: B-B, B-T, B-LTA. */
  public String word() {
    return word;
  }

  /** Private-key operations that no engine can do without. */
  public int keyOperations() {
    return keyOperations;
  }
}
