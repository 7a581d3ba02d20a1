package jp.musubi.platform.web;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** サインイン中の人 — what every page's header says of whoever is signed in. */
public interface SignedIn {

  /** Name of the 団体. */
  String bodyName();

  /** Name of the 所属. */
  String sectionName();

  /** The person's own name. */
  String displayName();

  /** When the session ends unless something is done; null while nobody knows. */
  @Nullable SessionEnd sessionEnd();

  /** What the person may do, as codes of the roles; message keys are {@code role.} + code. */
  Set<String> roleCodes();
}
