package jp.musubi.signing;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import jp.musubi.seal.Sha256;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A device with one passkey, in software (WebAuthn 6.1, 6.5): answers what a page asks as a browser
 * would, or as somebody who means ill would.
 */
final class SoftPasskey {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final int USER_PRESENT = 0x01;
  private static final int USER_VERIFIED = 0x04;
  private static final int WITH_KEY = 0x40;

  private final String origin;
  private final KeyPair keys = keys();
  private byte[] id = random();
  private byte[] user = new byte[0];
  private int counter;
  private boolean verifies = true;

  SoftPasskey(String origin) {
    this.origin = origin;
  }

  /** Another device that says it has this one's passkey. */
  SoftPasskey imposter() {
    var other = new SoftPasskey(origin);
    other.id = id;
    other.user = user;
    other.counter = counter + 10;
    return other;
  }

  /** From now on without finger, face or PIN. */
  SoftPasskey unverified() {
    verifies = false;
    return this;
  }

  byte[] id() {
    return id.clone();
  }

  int counter() {
    return counter;
  }

  ECPublicKey key() {
    return (ECPublicKey) keys.getPublic();
  }

  /** The answer to options of a creation. */
  String create(String options) {
    var asked = JSON.readTree(options);
    user = Base64.getUrlDecoder().decode(asked.get("user").get("id").asString());
    var data =
        concat(
            data(asked.get("rp").get("id").asString(), WITH_KEY),
            new byte[16],
            ByteBuffer.allocate(2).putShort((short) id.length).array(),
            id,
            HexFormat.of().parseHex("a5010203262001215820"),
            coordinate(key().getW().getAffineX()),
            HexFormat.of().parseHex("225820"),
            coordinate(key().getW().getAffineY()));
    var attestation =
        concat(
            new byte[] {(byte) 0xa3, 0x63},
            "fmt".getBytes(StandardCharsets.US_ASCII),
            new byte[] {0x64},
            "none".getBytes(StandardCharsets.US_ASCII),
            new byte[] {0x67},
            "attStmt".getBytes(StandardCharsets.US_ASCII),
            new byte[] {(byte) 0xa0, 0x68},
            "authData".getBytes(StandardCharsets.US_ASCII),
            new byte[] {0x58, (byte) data.length},
            data);
    return answer(
        Map.of(
            "attestationObject", BASE64.encodeToString(attestation),
            "clientDataJSON", BASE64.encodeToString(client("webauthn.create", asked)),
            "transports", new String[] {"internal"}));
  }

  /** The answer to options of a request. */
  String get(String options) {
    var asked = JSON.readTree(options);
    counter++;
    var data = data(asked.get("rpId").asString(), 0);
    var client = client("webauthn.get", asked);
    try {
      var signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(data);
      signature.update(Sha256.of(client).bytes());
      return answer(
          Map.of(
              "authenticatorData", BASE64.encodeToString(data),
              "clientDataJSON", BASE64.encodeToString(client),
              "signature", BASE64.encodeToString(signature.sign()),
              "userHandle", BASE64.encodeToString(user)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private String answer(Map<String, Object> response) {
    return JSON.writeValueAsString(
        Map.of(
            "id",
            BASE64.encodeToString(id),
            "rawId",
            BASE64.encodeToString(id),
            "type",
            "public-key",
            "authenticatorAttachment",
            "platform",
            "clientExtensionResults",
            Map.of("credProps", Map.of()),
            "response",
            response));
  }

  private byte[] data(String host, int more) {
    return ByteBuffer.allocate(37)
        .put(Sha256.of(host.getBytes(StandardCharsets.UTF_8)).bytes())
        .put((byte) (USER_PRESENT | (verifies ? USER_VERIFIED : 0) | more))
        .putInt(counter)
        .array();
  }

  private byte[] client(String type, JsonNode asked) {
    return JSON.writeValueAsString(
            Map.of(
                "type",
                type,
                "challenge",
                asked.get("challenge").asString(),
                "origin",
                origin,
                "crossOrigin",
                false))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] coordinate(BigInteger number) {
    var bytes = number.toByteArray();
    var exact = new byte[32];
    var length = Math.min(32, bytes.length);
    System.arraycopy(bytes, bytes.length - length, exact, 32 - length, length);
    return exact;
  }

  private static byte[] concat(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (var part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] random() {
    var bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  private static KeyPair keys() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
