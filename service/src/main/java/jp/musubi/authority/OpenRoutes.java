package jp.musubi.authority;

import java.util.List;

/** だれでも開けるページ. The explicit list of what needs no signed-in member of staff. */
public final class OpenRoutes {
  /** Pages for everybody, and those whose mailed link is the key. */
  public static final List<String> PATTERNS =
      List.of(
          "/signin",
          "/signin/passkey",
          "/signin/passkey/assertion",
          "/help",
          "/accessibility",
          "/mail",
          "/network",
          "/network.csv",
          "/api/v1/openapi.json",
          "/logos/**",
          "/practice",
          "/practice/**",
          "/assets/**",
          "/error",
          "/verify",
          "/verify/**",
          "/invitation/**",
          "/signin/sso",
          "/signin/sso/**");

  /** Of these, where identity providers' answers arrive; what opens them is in the answer. */
  public static final List<String> ANSWERS =
      List.of("/signin/sso/*/oidc-answer", "/signin/sso/*/saml", "/signin/sso/*/saml-answer");

  /** Counterparties' pages, behind chains of their own. */
  public static final List<String> LINKS = List.of("/s/**", "/past", "/past/**");

  /** Only where the trial's pages exist. */
  public static final List<String> TRIAL = List.of("/trial/**");

  private OpenRoutes() {}
}
