package jp.musubi.harness;

/** 筋書き. Something that people and the service do together, from its beginning to its end. */
interface Scenario {
  /** What it is called in the report. */
  String title();

  /** Plays it; what happens outside of units is preparation, and never loses its power. */
  void play(Case each) throws Exception;
}
