package jp.musubi.platform.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import jp.musubi.platform.IntegrityBroken;
import jp.musubi.platform.TenantId;
import jp.musubi.seal.Sha256;

/**
 * ファイルの鍵 — encrypts files of one body, and names them so that the name tells nothing without the
 * key. Both keys are derived (HKDF, RFC 5869) from one key of the body. The encryption is Tink's
 * AES256_GCM_HKDF with segments, so that a file of any size passes through two buffers, and a
 * missing, repeated or exchanged segment is found as a changed one is.
 */
public final class FileKey {
  private static final byte FORM = 1;
  private static final int KEY_BYTES = 32;
  private static final int SEGMENT_BYTES = 1 << 18;
  private static final String HMAC = "HmacSHA256";

  private final TenantId body;
  private final int number;
  private final AesGcmHkdfStreaming encryption;
  private final SecretKey naming;

  FileKey(TenantId body, int number, SecretKey bodyKey) {
    this.body = body;
    this.number = number;
    try {
      this.encryption =
          new AesGcmHkdfStreaming(
              derive(bodyKey, "stored file").getEncoded(), HMAC, KEY_BYTES, SEGMENT_BYTES, 0);
      this.naming = derive(bodyKey, "name of a stored file");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform since 25 has HKDF and AES-GCM", e);
    }
  }

  private static SecretKey derive(SecretKey from, String use) throws GeneralSecurityException {
    var bytes =
        KDF.getInstance("HKDF-SHA256")
            .deriveData(
                HKDFParameterSpec.ofExtract()
                    .addIKM(from)
                    .thenExpand(("musubi: " + use).getBytes(UTF_8), KEY_BYTES));
    return new SecretKeySpec(bytes, HMAC);
  }

  /** Which of the body's keys. */
  public int number() {
    return number;
  }

  /** Under which name the file with this digest lies: 64 hexadecimal digits. */
  public String nameOf(Sha256 plain) {
    try {
      var mac = Mac.getInstance(HMAC);
      mac.init(naming);
      return HexFormat.of().formatHex(mac.doFinal(plain.bytes()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC", e);
    }
  }

  /**
   * Encrypts a file.
   *
   * @param digest of the plain bytes; needed again to decrypt
   * @throws IOException if a file cannot be read or written
   */
  public void encrypt(Path plain, Path sealed, Sha256 digest) throws IOException {
    try (var file = new DataOutputStream(Files.newOutputStream(sealed))) {
      file.writeByte(FORM);
      file.writeInt(number);
      try (var out = encryption.newEncryptingStream(file, context(digest))) {
        Files.copy(plain, out);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key that was made for this", e);
    }
  }

  /**
   * Decrypts what {@link #encrypt} made.
   *
   * @throws IntegrityBroken if it was made by another key or for another digest, or changed since,
   *     or if the plain bytes have another digest; {@code plain} then holds nothing to be used
   * @throws IOException if a file cannot be opened or written
   */
  public void decrypt(Path sealed, Path plain, Sha256 digest) throws IOException {
    try (var file = new DataInputStream(Files.newInputStream(sealed));
        var out =
            new DigestOutputStream(
                new BufferedOutputStream(Files.newOutputStream(plain), SEGMENT_BYTES), sha256())) {
      insistOnHead(file, digest);
      copy(encryption.newDecryptingStream(file, context(digest)), out, digest);
      out.flush();
      var found = HexFormat.of().formatHex(out.getMessageDigest().digest());
      if (!found.equals(digest.hex())) {
        throw new IntegrityBroken("object %s holds bytes of %s".formatted(digest, found));
      }
    } catch (GeneralSecurityException e) {
      throw new IntegrityBroken(notOurs(digest), e);
    }
  }

  private void insistOnHead(DataInputStream file, Sha256 digest) throws IOException {
    try {
      if (file.readByte() != FORM || file.readInt() != number) {
        throw new IntegrityBroken(notOurs(digest));
      }
    } catch (EOFException e) {
      throw new IntegrityBroken(notOurs(digest), e);
    }
  }

  private void copy(InputStream in, DigestOutputStream out, Sha256 digest) throws IOException {
    var buffer = new byte[SEGMENT_BYTES];
    for (var n = read(in, buffer, digest); n >= 0; n = read(in, buffer, digest)) {
      out.write(buffer, 0, n);
    }
  }

  private int read(InputStream in, byte[] buffer, Sha256 digest) {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      // Tink says by this, too, that a segment does not belong here.
      throw new IntegrityBroken(notOurs(digest), e);
    }
  }

  private String notOurs(Sha256 digest) {
    return "object %s is not what key %d of body %s made".formatted(digest, number, body);
  }

  private byte[] context(Sha256 digest) {
    return "%s\n%d\n%s".formatted(body, number, digest).getBytes(UTF_8);
  }

  private static MessageDigest sha256() throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256");
  }
}
