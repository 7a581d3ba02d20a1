package jp.musubi.means;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import jp.musubi.contract.Identification.Level;
import jp.musubi.platform.openid.OpenIdClient;
import org.jspecify.annotations.Nullable;

/**
 * What the operator wrote about a provider, made into one; whatever is wrong with it keeps the
 * service from starting, since otherwise a counterparty would be the first to find out.
 */
final class ExternalIdReading {
  private static final Pattern KEY = Pattern.compile("[a-z0-9-]{1,40}");

  /** In agreements, these divide the factors. */
  private static final Pattern NAME = Pattern.compile("[^+:\\p{Cntrl}]{1,40}");

  private ExternalIdReading() {}

  /**
   * Reads one.
   *
   * @throws IllegalStateException that says which setting is wrong, and how
   */
  static ExternalProvider read(String key, ExternalIdSettings.Provider given) {
    insist(KEY.matcher(key).matches(), key, "", "a key has small letters, digits and hyphens only");
    var name = text(given.name(), key, "name");
    insist(NAME.matcher(name).matches(), key, "name", "40 letters at most, without + and :");
    var scopes = new LinkedHashSet<>(given.scopes());
    insist(scopes.contains("openid"), key, "scopes", "openid has to be among them");
    insist(!given.subjectClaim().isBlank(), key, "subject-claim", "it must not be empty");
    return new ExternalProvider(
        key,
        name,
        Objects.requireNonNullElse(given.nameEn(), name),
        level(key, given.level()),
        text(given.issuer(), key, "issuer"),
        text(given.clientId(), key, "client-id"),
        proof(key, given),
        scopes,
        asked(given),
        new ExternalProvider.Claims(given.subjectClaim(), given.nameClaim(), given.numberClaim()),
        given.required());
  }

  private static Map<String, String> asked(ExternalIdSettings.Provider given) {
    var asked = new HashMap<String, String>();
    if (!given.acrValues().isEmpty()) {
      asked.put("acr_values", String.join(" ", given.acrValues()));
    }
    if (!given.prompt().isEmpty()) {
      asked.put("prompt", given.prompt());
    }
    return asked;
  }

  private static Level level(String key, @Nullable String written) {
    // The mailbox alone is L1 already: a provider that counts for no more would prove nothing.
    return Arrays.stream(Level.values())
        .filter(level -> level != Level.L1 && level.name().equals(written))
        .findFirst()
        .orElseThrow(() -> wrong(key, "level", "it has to be L2 or L3"));
  }

  private static OpenIdClient.Proof proof(String key, ExternalIdSettings.Provider given) {
    return switch (given.authentication()) {
      case "client_secret_basic" -> new OpenIdClient.Proof.Basic(secret(key, given.secretFile()));
      case "client_secret_post" -> new OpenIdClient.Proof.Post(secret(key, given.secretFile()));
      case "private_key_jwt" -> new OpenIdClient.Proof.Signed(jwk(key, given));
      default ->
          throw wrong(
              key,
              "authentication",
              "it has to be client_secret_basic, client_secret_post or private_key_jwt");
    };
  }

  private static String secret(String key, @Nullable Path file) {
    var first = content(key, "secret-file", file).lines().findFirst().orElse("").strip();
    insist(!first.isEmpty(), key, "secret-file", "the first line of the file is empty");
    return first;
  }

  private static JWK jwk(String key, ExternalIdSettings.Provider given) {
    var pem = content(key, "key-file", given.keyFile());
    var id = text(given.keyId(), key, "key-id");
    try {
      var named =
          switch (JWK.parseFromPEMEncodedObjects(pem)) {
            case ECKey ec -> new ECKey.Builder(ec).keyID(id).build();
            case RSAKey rsa -> new RSAKey.Builder(rsa).keyID(id).build();
            default -> throw wrong(key, "key-file", "only EC and RSA keys are taken");
          };
      insist(named.isPrivate(), key, "key-file", "there is no private key in it");
      return named;
    } catch (JOSEException e) {
      throw new IllegalStateException(words(key, "key-file", "it is no private key in PEM"), e);
    }
  }

  private static String content(String key, String setting, @Nullable Path file) {
    if (file == null) {
      throw wrong(key, setting, "it is missing");
    }
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException(words(key, setting, "cannot be read: " + file), e);
    }
  }

  private static String text(@Nullable String given, String key, String setting) {
    if (given == null || given.isBlank()) {
      throw wrong(key, setting, "it is missing");
    }
    return given.strip();
  }

  private static void insist(boolean right, String key, String setting, String what) {
    if (!right) {
      throw wrong(key, setting, what);
    }
  }

  private static IllegalStateException wrong(String key, String setting, String what) {
    return new IllegalStateException(words(key, setting, what));
  }

  private static String words(String key, String setting, String what) {
    return "the providers of musubi.external-id: %s%s: %s"
        .formatted(key, setting.isEmpty() ? "" : "." + setting, what);
  }
}
