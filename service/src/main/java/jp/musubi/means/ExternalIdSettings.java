package jp.musubi.means;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * At which OpenID providers counterparties may sign in to show who they are.
 *
 * @param providers each under a key of its own, which is part of the address it sends people back
 *     to
 */
@ConfigurationProperties("musubi.external-id")
record ExternalIdSettings(@DefaultValue Map<String, Provider> providers) {

  /** Keeps its own copy. */
  ExternalIdSettings {
    providers = Map.copyOf(providers);
  }

  /**
   * One of them, as the operator wrote it.
   *
   * @param name in Japanese, as people know it
   * @param nameEn the same in English; the Japanese one where it has none
   * @param level L2 or L3: for what its word counts
   * @param issuer whom it calls itself; its endpoints are read from there
   * @param authentication {@code client_secret_basic}, {@code client_secret_post} or {@code
   *     private_key_jwt}
   * @param secretFile the secret, in the first line of this file
   * @param keyFile our private key as PEM, for {@code private_key_jwt}
   * @param keyId its name in the set that the provider was given
   * @param scopes what is asked for
   * @param acrValues asked for with the request; empty for none
   * @param prompt asked for with the request, such as {@code login}; empty for none
   * @param subjectClaim who somebody is, for good
   * @param nameClaim what is shown as their name; empty for nothing
   * @param numberClaim what is shown as their 法人番号; empty for nothing
   * @param required claims without one of whose values the word does not count
   */
  record Provider(
      @Nullable String name,
      @Nullable String nameEn,
      @Nullable String level,
      @Nullable String issuer,
      @Nullable String clientId,
      @DefaultValue("client_secret_basic") String authentication,
      @Nullable Path secretFile,
      @Nullable Path keyFile,
      @Nullable String keyId,
      @DefaultValue("openid") List<String> scopes,
      @DefaultValue List<String> acrValues,
      @DefaultValue("") String prompt,
      @DefaultValue("sub") String subjectClaim,
      @DefaultValue("") String nameClaim,
      @DefaultValue("") String numberClaim,
      @DefaultValue Map<String, List<String>> required) {

    /** Keeps its own copies. */
    Provider {
      scopes = List.copyOf(scopes);
      acrValues = List.copyOf(acrValues);
      required = Map.copyOf(required);
    }
  }
}
