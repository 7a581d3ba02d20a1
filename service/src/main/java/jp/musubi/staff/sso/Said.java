package jp.musubi.staff.sso;

import org.jspecify.annotations.Nullable;

/** What came back from the provider, by way of the browser; nothing of it is checked yet. */
sealed interface Said {
  /** By which kind of provider. */
  Provider.Kind kind();

  /**
   * OpenID Connect.
   *
   * @param issuer who says that it answered (RFC 9207), if it says so
   */
  record Code(String code, @Nullable String error, @Nullable String issuer) implements Said {
    @Override
    public Provider.Kind kind() {
      return Provider.Kind.OIDC;
    }
  }

  /**
   * SAML.
   *
   * @param response as it was sent, in base64
   */
  record Response(String response) implements Said {
    @Override
    public Provider.Kind kind() {
      return Provider.Kind.SAML;
    }
  }
}
