package jp.musubi.staff.sso;

/** Names of the SAML 2.0 specifications (OASIS, 2005). */
final class SamlNames {
  static final String ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";
  static final String PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
  static final String METADATA = "urn:oasis:names:tc:SAML:2.0:metadata";
  static final String SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success";
  static final String BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
  static final String PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
  static final String REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
  static final String POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";

  private SamlNames() {}
}
