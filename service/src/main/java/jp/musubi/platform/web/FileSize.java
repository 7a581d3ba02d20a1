package jp.musubi.platform.web;

/** ファイルの大きさ, as people read it. */
public final class FileSize {
  private static final long KILO = 1_000;

  private FileSize() {}

  /** 120 KB, 1.2 MB; never nothing. */
  public static String words(long bytes) {
    return bytes < KILO * KILO
        ? Math.max(1, Math.round((double) bytes / KILO)) + " KB"
        : "%.1f MB".formatted((double) bytes / (KILO * KILO));
  }
}
