package jp.musubi.platform.openid;

import com.nimbusds.jose.jwk.JWK;
import java.io.Serializable;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * As whom we speak with a provider, and where.
 *
 * @param issuer whom the provider calls itself
 * @param scopes what is asked for; {@code openid} among them
 * @param asked further parameters of the request, such as {@code prompt} and {@code acr_values}
 */
public record OpenIdClient(
    String issuer,
    String clientId,
    Proof proof,
    Endpoints endpoints,
    Set<String> scopes,
    Map<String, String> asked) {

  /** Keeps its own copies. */
  public OpenIdClient {
    scopes = Set.copyOf(scopes);
    asked = Map.copyOf(asked);
  }

  /** By what a provider knows us when the code is exchanged. */
  public sealed interface Proof {
    /** A secret in the header ({@code client_secret_basic}). */
    record Basic(String secret) implements Proof {
      @Override
      public String toString() {
        return "Basic[]";
      }
    }

    /** A secret in the form ({@code client_secret_post}). */
    record Post(String secret) implements Proof {
      @Override
      public String toString() {
        return "Post[]";
      }
    }

    /** A statement signed with a key of ours ({@code private_key_jwt}, RFC 7523). */
    record Signed(JWK key) implements Proof {
      @Override
      public String toString() {
        return "Signed[]";
      }
    }
  }

  /**
   * Where a provider says its endpoints lie.
   *
   * @param authorization where the browser is sent
   * @param token where the code is exchanged
   * @param keys where its public keys lie
   * @param userInfo where it tells more about who came; null: only the ID token is read
   */
  public record Endpoints(URI authorization, URI token, URI keys, @Nullable URI userInfo)
      implements Serializable {}
}
