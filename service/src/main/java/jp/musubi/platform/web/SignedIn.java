package jp.musubi.platform.web;

import java.util.Set;

/** サインイン中の人 — what every page's header says of whoever is signed in. */
public interface SignedIn {

  /** Name of the 団体. */
  String bodyName();

  /** Name of the 所属. */
  String sectionName();

  /** The person's own name. */
  String displayName();

  /** What the person may do, as codes of the roles; message keys are {@code role.} + code. */
  Set<String> roleCodes();
}
