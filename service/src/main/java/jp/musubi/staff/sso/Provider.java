package jp.musubi.staff.sso;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * 団体のIDの提供者. An identity provider as a body has set it up.
 *
 * @param inUse whether the body's staff may sign in by it
 * @param changed when it was last set up anew
 * @param tested when, so set up, it last answered a trial
 */
record Provider(
    Protocol protocol, Rules rules, boolean inUse, Instant changed, @Nullable Instant tested) {

  /** What kind of provider it is; there is at most one of each. */
  enum Kind {
    /** OpenID Connect. */
    OIDC,
    /** SAML 2.0, web browser single sign-on. */
    SAML
  }

  /** How one speaks with it. */
  sealed interface Protocol {
    /** Which kind it is. */
    Kind kind();

    /** Whom it calls itself: with the subject, the key of a person (ASVS 6.8.1). */
    String issuer();

    /**
     * OpenID Connect with the authorization code flow.
     *
     * @param authorization where the browser is sent
     * @param token where the code is exchanged
     * @param keys where its public keys lie
     */
    record Oidc(
        String issuer, String clientId, Secret secret, URI authorization, URI token, URI keys)
        implements Protocol {
      @Override
      public Kind kind() {
        return Kind.OIDC;
      }

      /** Whether everything but the secret is the same. */
      boolean speaksAs(Oidc other) {
        return issuer.equals(other.issuer)
            && clientId.equals(other.clientId)
            && authorization.equals(other.authorization)
            && token.equals(other.token)
            && keys.equals(other.keys);
      }
    }

    /**
     * SAML 2.0; the service itself never calls this provider.
     *
     * @param address where the browser is sent with a request
     * @param certificates whose keys sign its answers; several while it changes its key
     * @param subjectAttribute which attribute is the person; null: the persistent NameID
     * @param requestKey signs our requests; null: they go unsigned
     */
    record Saml(
        String issuer,
        URI address,
        List<X509Certificate> certificates,
        @Nullable String subjectAttribute,
        @Nullable RequestKey requestKey)
        implements Protocol {
      public Saml {
        certificates = List.copyOf(certificates);
      }

      @Override
      public Kind kind() {
        return Kind.SAML;
      }

      /**
       * Whether what was tried is the same: a certificate may come or go beside one that stays, so
       * that a change of the provider's key keeps nobody out.
       */
      boolean speaksAs(Saml other) {
        return issuer.equals(other.issuer)
            && address.equals(other.address)
            && Objects.equals(subjectAttribute, other.subjectAttribute)
            && (requestKey == null) == (other.requestKey == null)
            && certificates.stream().anyMatch(other.certificates::contains);
      }
    }
  }

  /**
   * What the body makes of the provider's word.
   *
   * @param claims under which names the provider tells who somebody is
   * @param strong authentication classes and methods (acr, amr) that stand for two factors; with
   *     none of them the service asks for its own
   * @param linksByMail whether a confirmed mail address finds the member at the first time
   * @param section where somebody unknown is registered; null: nowhere, they are refused
   */
  record Rules(Claims claims, Set<String> strong, boolean linksByMail, @Nullable UUID section) {
    Rules {
      strong = Set.copyOf(strong);
    }

    /** Whether one of these says that two factors were shown. */
    boolean strong(List<String> said) {
      return said.stream().anyMatch(strong::contains);
    }
  }

  /**
   * The names of login id, name, mail address and groups in what the provider says.
   *
   * @param groups empty: groups are not asked for
   */
  record Claims(String login, String name, String mail, String groups) {}
}
