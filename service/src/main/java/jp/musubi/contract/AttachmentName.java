package jp.musubi.contract;

import jp.musubi.platform.web.FileName;
import org.jspecify.annotations.Nullable;

/**
 * The name of a file as somebody's machine gave it, made fit to be shown, printed and saved by
 * others. Pure.
 */
public final class AttachmentName {
  private static final int LONGEST = 200;
  private static final int LONGEST_ENDING = 10;
  private static final String NONE = "file.bin";

  /** What a file system forbids, and line ends that are no controls (LAW-23). */
  private static final String UNFIT = "[\\p{Zl}\\p{Zp}:*?\"<>|]";

  private AttachmentName() {}

  /** Its own name without folders; one that is too long keeps its ending. */
  public static String of(@Nullable String given) {
    var name = FileName.of(given, Integer.MAX_VALUE, NONE).replaceAll(UNFIT, "");
    var plain = name.strip().replaceAll("^\\.+", "").replaceAll("[. ]+$", "");
    if (plain.isEmpty()) {
      return NONE;
    }
    var dot = plain.lastIndexOf('.');
    var ending = dot > 0 && plain.length() - dot <= LONGEST_ENDING ? plain.substring(dot) : NONE;
    return FileName.of(plain, LONGEST, ending);
  }
}
