package jp.musubi.platform.web;

import org.jspecify.annotations.Nullable;

/** ファイル名 as somebody's computer gave it; a name only, never a path. */
public final class FileName {
  private FileName() {}

  /** A file's name without what no file system takes. */
  public static String plain(String name) {
    return name.replaceAll("[\\\\/:*?\"<>|\\p{Cntrl}]", "_");
  }

  /**
   * The file's own name without folders and characters that no name needs; too long a one is cut
   * between characters, and keeps its ending.
   *
   * @param most characters, as a person counts them
   * @param otherwise the name of a file that has none
   */
  public static String of(@Nullable String given, int most, String otherwise) {
    var name = given == null ? "" : given.replaceAll(".*[/\\\\]", "");
    var plain = name.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}]", "").strip();
    if (plain.isEmpty()) {
      return otherwise;
    }
    if (plain.codePointCount(0, plain.length()) <= most) {
      return plain;
    }
    var ending = otherwise.substring(otherwise.lastIndexOf('.'));
    return plain.substring(0, plain.offsetByCodePoints(0, most - ending.length())) + ending;
  }
}
