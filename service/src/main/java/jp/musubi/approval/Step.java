package jp.musubi.approval;

import java.util.List;
import java.util.UUID;

/**
 * 承認の段階. Posts that approve beside each other, before those of the next step.
 *
 * @param posts in the order they are shown; at least one
 * @param all whether each of them has to; otherwise one is enough
 */
record Step(List<UUID> posts, boolean all) {

  /** Keeps its own copy. */
  Step {
    posts = List.copyOf(posts);
    if (posts.isEmpty()) {
      throw new IllegalArgumentException("a step without a post could never be taken");
    }
  }
}
