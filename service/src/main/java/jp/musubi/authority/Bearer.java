package jp.musubi.authority;

import java.util.Set;
import java.util.UUID;

/** 権限を持つ人. Who asks to do something, with all they hold today, by themselves or by a post. */
public interface Bearer {
  /** The key of the person within the body. */
  UUID id();

  /** The person's own section. */
  UUID sectionId();

  /** Everything the person holds today. */
  Set<Grant> grants();

  /** Whether the person holds the role anywhere. */
  default boolean may(Role role) {
    return grants().stream().anyMatch(grant -> grant.role() == role);
  }
}
