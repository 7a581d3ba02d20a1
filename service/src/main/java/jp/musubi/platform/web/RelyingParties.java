package jp.musubi.platform.web;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.webauthn.api.AuthenticatorAssertionResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorAttestationResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorSelectionCriteria;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.PublicKeyCredential;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRpEntity;
import org.springframework.security.web.webauthn.api.ResidentKeyRequirement;
import org.springframework.security.web.webauthn.api.UserVerificationRequirement;
import org.springframework.security.web.webauthn.jackson.WebauthnJacksonModule;
import org.springframework.security.web.webauthn.management.ImmutablePublicKeyCredentialCreationOptionsRequest;
import org.springframework.security.web.webauthn.management.ImmutablePublicKeyCredentialRequestOptionsRequest;
import org.springframework.security.web.webauthn.management.ImmutableRelyingPartyRegistrationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyAuthenticationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyPublicKey;
import org.springframework.security.web.webauthn.management.Webauthn4JRelyingPartyOperations;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * パスキーを尋ねる側 (W3C Web Authentication level 3). One for each name of the service: a browser binds a
 * passkey to the name under which it was made, so that no other page can ask for it. The device
 * insists on a fingerprint, a face or a PIN (WEB-2). Who the owners are is the stores' matter.
 */
public final class RelyingParties {
  private static final Logger LOG = LoggerFactory.getLogger(RelyingParties.class);

  private final Map<String, Webauthn4JRelyingPartyOperations> operations;
  private final JsonMapper json =
      JsonMapper.builder().addModule(new WebauthnJacksonModule()).build();

  /** One that asks for those passkeys. */
  public RelyingParties(Entrances entrances, PasskeyRecords passkeys) {
    this.operations =
        entrances
            .all()
            .collect(
                Collectors.groupingBy(
                    Entrance::host, Collectors.mapping(Entrance::origin, Collectors.toSet())))
            .entrySet()
            .stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey,
                    each -> operations(each.getKey(), each.getValue(), passkeys)));
  }

  /**
   * What a device answered, and was found right.
   *
   * @param owner handle of whose passkey it is
   * @param credential its id
   * @param authenticatorData as signed, the counter among it
   * @param clientData as signed, the challenge among it
   */
  public record Shown(
      Bytes owner, Bytes credential, Bytes authenticatorData, Bytes clientData, Bytes signature) {
    private static final int FLAGS = 32;
    private static final int USER_VERIFIED = 0x04;

    /** Whether the device saw its owner's finger, face or PIN. */
    public boolean userVerified() {
      return (authenticatorData.getBytes()[FLAGS] & USER_VERIFIED) != 0;
    }

    /** How often the device says that the passkey has signed; 0 where it does not count. */
    public long counter() {
      return Integer.toUnsignedLong(
          java.nio.ByteBuffer.wrap(authenticatorData.getBytes()).getInt(FLAGS + 1));
    }
  }

  private static Webauthn4JRelyingPartyOperations operations(
      String host, Set<String> origins, PasskeyRecords passkeys) {
    var made =
        new Webauthn4JRelyingPartyOperations(
            passkeys,
            passkeys.under(host),
            PublicKeyCredentialRpEntity.builder().id(host).name("むすび").build(),
            origins);
    made.setCustomizeCreationOptions(options ->
        options.authenticatorSelection(
            AuthenticatorSelectionCriteria.builder()
                .residentKey(ResidentKeyRequirement.PREFERRED)
                .userVerification(UserVerificationRequirement.REQUIRED)
                .build()));
    made.setCustomizeRequestOptions(
        options -> options.userVerification(UserVerificationRequirement.REQUIRED));
    return made;
  }

  // Options that wait in a session are of a name that we had when they were made.
  private Webauthn4JRelyingPartyOperations under(@Nullable String host) {
    var found = host == null ? null : operations.get(host);
    if (found == null) {
      throw new IllegalArgumentException("no name of ours: " + host);
    }
    return found;
  }

  /** What the browser is asked to make a new passkey for. */
  public PublicKeyCredentialCreationOptions creation(Authentication owner, String host) {
    return under(host)
        .createPublicKeyCredentialCreationOptions(
            new ImmutablePublicKeyCredentialCreationOptionsRequest(owner));
  }

  /** What the browser is asked to sign, with one of the owner's passkeys; with any, if null. */
  public PublicKeyCredentialRequestOptions request(@Nullable Authentication owner, String host) {
    return under(host)
        .createCredentialRequestOptions(
            new ImmutablePublicKeyCredentialRequestOptionsRequest(owner));
  }

  /** The same with a challenge that means something. */
  public static PublicKeyCredentialRequestOptions over(
      PublicKeyCredentialRequestOptions options, Bytes challenge) {
    return PublicKeyCredentialRequestOptions.builder()
        .challenge(challenge)
        .timeout(options.getTimeout())
        .rpId(options.getRpId())
        .allowCredentials(options.getAllowCredentials())
        .userVerification(options.getUserVerification())
        .extensions(options.getExtensions())
        .build();
  }

  /** The options as the browser reads them. */
  public String json(Object options) {
    return json.writeValueAsString(options);
  }

  /**
   * Keeps a new passkey, if the answer is one.
   *
   * @param options what was asked
   * @param answer what the browser answered, as JSON
   * @return whether it is one; what is wrong with another stands in the log
   */
  public boolean register(PublicKeyCredentialCreationOptions options, String answer, String label) {
    try {
      var credential =
          json.convertValue(
              plain(answer),
              new TypeReference<PublicKeyCredential<AuthenticatorAttestationResponse>>() {});
      under(options.getRp().getId())
          .registerCredential(
              new ImmutableRelyingPartyRegistrationRequest(
                  options, new RelyingPartyPublicKey(credential, label)));
      return true;
    } catch (JacksonException
        | IllegalArgumentException
        | com.webauthn4j.util.exception.WebAuthnException refused) {
      LOG.info("a new passkey was not accepted: {}", refused.toString());
      return false;
    }
  }

  /** Whose passkey signed the answer; what is wrong with one that none did stands in the log. */
  public Optional<Shown> shown(PublicKeyCredentialRequestOptions options, String answer) {
    try {
      var credential =
          json.convertValue(
              plain(answer),
              new TypeReference<PublicKeyCredential<AuthenticatorAssertionResponse>>() {});
      var owner =
          under(options.getRpId())
              .authenticate(new RelyingPartyAuthenticationRequest(options, credential));
      var response = Objects.requireNonNull(credential.getResponse());
      return Optional.ofNullable(owner)
          .map(found ->
              new Shown(
                  found.getId(),
                  credential.getRawId(),
                  response.getAuthenticatorData(),
                  response.getClientDataJSON(),
                  response.getSignature()));
    } catch (JacksonException
        | IllegalArgumentException
        | com.webauthn4j.util.exception.WebAuthnException refused) {
      LOG.info("a passkey was refused: {}", refused.toString());
      return Optional.empty();
    }
  }

  /**
   * The answer without the results of extensions: we ask for none, and browsers send some all the
   * same that Spring Security cannot read, such as an empty {@code credProps}.
   */
  private ObjectNode plain(String answer) {
    if (json.readTree(answer) instanceof ObjectNode object) {
      object.putObject("clientExtensionResults");
      return object;
    }
    throw new IllegalArgumentException("no answer of a device");
  }

  /** What a device is told an owner to be (WebAuthn 5.4.3): 16 bytes that name nobody. */
  public static Bytes handle(UUID owner) {
    return new Bytes(
        ByteBuffer.allocate(16)
            .putLong(owner.getMostSignificantBits())
            .putLong(owner.getLeastSignificantBits())
            .array());
  }

  /** Whose {@link #handle} it is. */
  public static UUID owner(Bytes handle) {
    var bytes = ByteBuffer.wrap(handle.getBytes());
    return new UUID(bytes.getLong(), bytes.getLong());
  }
}
