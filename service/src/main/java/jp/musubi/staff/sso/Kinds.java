package jp.musubi.staff.sso;

import java.util.Locale;
import jp.musubi.platform.NotFound;

/** Kinds of providers as they stand in addresses. */
final class Kinds {
  private Kinds() {}

  /** The kind of this name. */
  static Provider.Kind of(String path) {
    for (var kind : Provider.Kind.values()) {
      if (path(kind).equals(path)) {
        return kind;
      }
    }
    throw new NotFound("no kind of provider of this name");
  }

  static String path(Provider.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
