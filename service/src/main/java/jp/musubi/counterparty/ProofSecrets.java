package jp.musubi.counterparty;

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
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Makes the secret of a mailed link out of its id and a key outside the database, which holds only
 * the digest (WEB-M 5). Of another kind than the links of contracts, so that none opens the other.
 */
@Component
class ProofSecrets {
  /** 192 bit: 32 characters of base64url. */
  private static final int SECRET_BYTES = 24;

  private final SecretKeySpec key;

  ProofSecrets(@Value("${musubi.secrets.link-key-file}") Path keyFile) {
    this.key =
        new SecretKeySpec(
            SecretKeyFile.read("musubi.secrets.link-key-file", keyFile), "HmacSHA256");
  }

  /** The secret part of a link's address. */
  String of(UUID link) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update("musubi-counterparty-1".getBytes(StandardCharsets.US_ASCII));
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

  /** What the database keeps of a link's secret. */
  Sha256 hashOf(UUID link) {
    return hash(of(link));
  }

  /** Whether a secret belongs to a stored hash; takes the same time either way. */
  static boolean matches(String secret, Sha256 hash) {
    return MessageDigest.isEqual(hash(secret).bytes(), hash.bytes());
  }

  private static Sha256 hash(String secret) {
    return Sha256.of(secret.getBytes(StandardCharsets.UTF_8));
  }
}
