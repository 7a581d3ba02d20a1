package jp.musubi.authority;

import java.util.UUID;

/** Finds where a thing lies. The feature that owns the thing offers one as a bean. */
public interface TargetSource {
  /** Of what it knows. */
  Act.Ground ground();

  /**
   * Where it lies today.
   *
   * @param id from the path; the person's own section where the path names nothing
   * @throws jp.musubi.platform.NotFound if the current body has no such thing
   */
  Target target(UUID id);
}
