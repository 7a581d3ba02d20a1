package jp.musubi.authority;

import java.io.Serializable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * 権限の付与. One role, and where it is held.
 *
 * @param section this section and all below it; null for the whole body
 */
public record Grant(Role role, @Nullable UUID section) implements Serializable {

  /** A role for the whole body. */
  public static Grant everywhere(Role role) {
    return new Grant(role, null);
  }

  /** A role for a section and all below it. */
  public static Grant within(Role role, UUID section) {
    return new Grant(role, section);
  }
}
