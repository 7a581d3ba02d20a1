package jp.musubi.index;

import jp.musubi.TestBody;
import jp.musubi.platform.Tenancy;

/** The index of a body too small to have one, for tests of other packages. */
public final class IndexTests {
  private IndexTests() {}

  /** Builds it, and packs everything that changed since. */
  public static void packAll(Packing packing, TestBody body) {
    Tenancy.in(
        body.id(),
        () -> {
          while (packing.step(1, 1)) {
            // Until nothing is left to do.
          }
          return true;
        });
  }

  /** One step. */
  public static boolean pack(Packing packing, TestBody body) {
    return Tenancy.in(body.id(), () -> packing.step(1, 1));
  }
}
