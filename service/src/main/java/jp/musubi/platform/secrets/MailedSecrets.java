package jp.musubi.platform.secrets;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import jp.musubi.platform.SecretKeyFile;
import jp.musubi.seal.Sha256;

/**
 * Makes the secret of a mailed link out of its id and a key outside the database, so that a copy of
 * the database opens nothing: it holds only the digest of each secret (WEB-M 5).
 */
public final class MailedSecrets {
  /** 192 bit: 32 characters of base64url. */
  private static final int SECRET_BYTES = 24;

  private final SecretKeySpec key;
  private final byte[] purpose;

  /**
   * The secrets of one kind of link.
   *
   * @param purpose ASCII; part of what the key is used on, so that no kind of link opens another
   */
  public MailedSecrets(Path keyFile, String purpose) {
    this.purpose = purpose.getBytes(StandardCharsets.US_ASCII);
    this.key =
        new SecretKeySpec(
            SecretKeyFile.read("musubi.secrets.link-key-file", keyFile), "HmacSHA256");
  }

  /** The secret part of a link's address. */
  public String of(UUID link) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(purpose);
      var digest =
          mac.doFinal(
              ByteBuffer.allocate(16)
                  .putLong(link.getMostSignificantBits())
                  .putLong(link.getLeastSignificantBits())
                  .array());
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Arrays.copyOf(digest, SECRET_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  /** What the database keeps of a secret. */
  public static Sha256 hashOf(String secret) {
    return Sha256.of(secret.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether a secret belongs to a stored hash; takes the same time either way. */
  public static boolean matches(String secret, Sha256 hash) {
    return MessageDigest.isEqual(hashOf(secret).bytes(), hash.bytes());
  }
}
