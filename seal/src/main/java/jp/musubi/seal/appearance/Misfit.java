package jp.musubi.seal.appearance;

/** Why a text cannot stand in its box as it was written. */
public sealed interface Misfit {
  /** The box. */
  String blank();

  /** Not even the smallest letters fit: nothing is ever cut off. */
  record TooLong(String blank) implements Misfit {}

  /** No typeface has the letter as it was written, its variant included. */
  record NoSuchLetter(String blank, String letter) implements Misfit {}
}
