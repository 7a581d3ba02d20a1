package jp.musubi.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import jp.musubi.platform.SecretKeyFile;
import jp.musubi.seal.Sha256;

/**
 * バックアップの鍵 — encrypts what leaves the database's own volume, and says of a manifest that it is
 * ours. As a stored file's key does, it uses Tink's AES256_GCM_HKDF with segments; it is a key of
 * its own, so that whoever keeps backups needs neither the master key nor any body's.
 */
final class BackupKey {
  private static final int KEY_BYTES = 32;
  private static final int SEGMENT_BYTES = 1 << 16;
  private static final String HMAC = "HmacSHA256";

  private final AesGcmHkdfStreaming encryption;
  private final SecretKey vouching;
  private final String id;

  private BackupKey(byte[] secret) {
    try {
      var from = new SecretKeySpec(secret, HMAC);
      this.encryption =
          new AesGcmHkdfStreaming(derive(from, "backup"), HMAC, KEY_BYTES, SEGMENT_BYTES, 0);
      this.vouching = new SecretKeySpec(derive(from, "manifest of a backup"), HMAC);
      this.id = Sha256.of(derive(from, "name of a backup key")).hex().substring(0, 16);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform since 25 has HKDF and AES-GCM", e);
    }
  }

  static BackupKey read(Path file) {
    return new BackupKey(SecretKeyFile.read("musubi.backup.key-file", file));
  }

  private static byte[] derive(SecretKey from, String use) throws GeneralSecurityException {
    return KDF.getInstance("HKDF-SHA256")
        .deriveData(
            HKDFParameterSpec.ofExtract()
                .addIKM(from)
                .thenExpand(("musubi: " + use).getBytes(UTF_8), KEY_BYTES));
  }

  /** By which a manifest names the key, telling nothing of it. */
  String id() {
    return id;
  }

  /** What is written into it comes out encrypted; complete only once it is closed. */
  OutputStream sealing(OutputStream out, String what) throws IOException {
    try {
      return encryption.newEncryptingStream(out, what.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key that was made for this", e);
    }
  }

  /** Gives back what {@link #sealing} took; reading fails where a bit is another, or one lacks. */
  InputStream opening(InputStream in, String what) throws IOException {
    try {
      return encryption.newDecryptingStream(in, what.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key that was made for this", e);
    }
  }

  /** The code that only who has the key can give to these bytes. */
  String vouchFor(byte[] bytes) {
    try {
      var mac = Mac.getInstance(HMAC);
      mac.init(vouching);
      return HexFormat.of().formatHex(mac.doFinal(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC", e);
    }
  }
}
