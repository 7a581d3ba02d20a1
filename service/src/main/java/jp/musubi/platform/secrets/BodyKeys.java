package jp.musubi.platform.secrets;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import jp.musubi.platform.IntegrityBroken;
import jp.musubi.platform.SecretKeyFile;
import jp.musubi.platform.Tenancy;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * 団体の鍵 — encrypts what a body entrusts with a key of that body alone (AES-256-GCM), itself wrapped
 * by the master key (WEB-9). What one body's key made, no other body's opens; what was made for one
 * purpose, no other purpose opens.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class BodyKeys {
  private static final byte FORM = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int HEAD_BYTES = 1 + Integer.BYTES + NONCE_BYTES;

  private final JdbcClient jdbc;
  private final MasterKey master;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  BodyKeys(
      JdbcClient jdbc,
      @Value("${musubi.secrets.master-key-file}") Path masterKeyFile,
      Clock clock) {
    this.jdbc = jdbc;
    this.master =
        new MasterKey(SecretKeyFile.read("musubi.secrets.master-key-file", masterKeyFile));
    this.clock = clock;
  }

  /**
   * Encrypts for the current body.
   *
   * @param purpose what it is and whose, e.g. {@code totp:} and the id of a member of staff; has to
   *     be named again to decrypt
   */
  public byte[] encrypt(String purpose, byte[] plain) {
    var number = newest();
    var nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    var sealed = run(Cipher.ENCRYPT_MODE, number, nonce, purpose, plain);
    return ByteBuffer.allocate(HEAD_BYTES + sealed.length)
        .put(FORM)
        .putInt(number)
        .put(nonce)
        .put(sealed)
        .array();
  }

  /**
   * Decrypts what {@link #encrypt} made for the current body and this purpose.
   *
   * @throws IntegrityBroken if it was made for another body or purpose, or changed since
   */
  public byte[] decrypt(String purpose, byte[] sealed) {
    if (sealed.length < HEAD_BYTES || sealed[0] != FORM) {
      throw new IntegrityBroken(
          "a sealed value of %d bytes has no known form".formatted(sealed.length));
    }
    var bytes = ByteBuffer.wrap(sealed, 1, sealed.length - 1);
    var number = bytes.getInt();
    var nonce = new byte[NONCE_BYTES];
    bytes.get(nonce);
    var rest = new byte[bytes.remaining()];
    bytes.get(rest);
    return run(Cipher.DECRYPT_MODE, number, nonce, purpose, rest);
  }

  /**
   * From now on the current body's secrets are encrypted with a new key; the old still decrypts.
   */
  public void renew() {
    add(newest() + 1);
  }

  private byte[] run(int mode, int number, byte[] nonce, String purpose, byte[] input) {
    var body = Tenancy.required();
    try {
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key(number), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD((body + "\n" + purpose).getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(input);
    } catch (AEADBadTagException e) {
      throw new IntegrityBroken(
          "a sealed value does not belong to body %s as %s".formatted(body, purpose), e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    }
  }

  private int newest() {
    var newest = newestNumber();
    if (newest == 0) {
      add(1);
      return 1;
    }
    return newest;
  }

  private int newestNumber() {
    return jdbc.sql("select coalesce(max(number), 0) from body_key").query(Integer.class).single();
  }

  private void add(int number) {
    // Two at once: the first one's key stands, and both use it.
    jdbc.sql(
            """
            insert into body_key (number, wrapped, master_id, created_at)
            values (:number, :wrapped, :master, :now)
            on conflict (tenant_id, number) do nothing
            """)
        .param("number", number)
        .param("wrapped", master.wrap(fresh()))
        .param("master", master.id())
        .param("now", Timestamp.from(clock.instant()))
        .update();
  }

  private SecretKey key(int number) {
    return master.unwrap(
        jdbc.sql("select wrapped from body_key where number = :number")
            .param("number", number)
            .query((row, _) -> row.getBytes("wrapped"))
            .optional()
            .orElseThrow(() ->
                new IntegrityBroken(
                    "body %s has no key %d".formatted(Tenancy.required(), number))));
  }

  private static SecretKey fresh() {
    try {
      var generator = KeyGenerator.getInstance("AES");
      generator.init(256);
      return generator.generateKey();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has AES", e);
    }
  }
}
