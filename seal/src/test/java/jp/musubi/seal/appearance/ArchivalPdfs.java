package jp.musubi.seal.appearance;

import java.io.IOException;
import java.nio.file.Path;

/** PDF/A for tests of other packages. */
public final class ArchivalPdfs {
  private ArchivalPdfs() {}

  /** A file that is what it claims, such as 2b. */
  public static void write(Path target, String flavour) throws IOException {
    ArchivalPdf.write(target, flavour, true);
  }
}
