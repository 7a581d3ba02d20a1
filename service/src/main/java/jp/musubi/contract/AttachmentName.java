package jp.musubi.contract;

import org.jspecify.annotations.Nullable;

/**
 * The name of a file as somebody's machine gave it, made fit to be shown, printed and saved by
 * others. Pure.
 */
public final class AttachmentName {
  private static final int LONGEST = 200;

  /** Controls, direction marks, invisible characters, and what a file system forbids (LAW-23). */
  private static final String UNFIT =
      "[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e"
          + "\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb:*?\"<>|]";

  private AttachmentName() {}

  /** Its own name without folders; one that is too long keeps its ending. */
  public static String of(@Nullable String given) {
    var name = given == null ? "" : given.replaceAll("(?s).*[/\\\\]", "");
    var plain = name.replaceAll(UNFIT, "").strip().replaceAll("^\\.+", "").replaceAll("[. ]+$", "");
    if (plain.isEmpty()) {
      return "file";
    }
    var length = plain.codePointCount(0, plain.length());
    if (length <= LONGEST) {
      return plain;
    }
    var dot = plain.lastIndexOf('.');
    var ending = dot > 0 && plain.length() - dot <= 10 ? plain.substring(dot) : "";
    return plain.substring(0, plain.offsetByCodePoints(0, LONGEST - ending.length())) + ending;
  }
}
