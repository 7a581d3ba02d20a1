package jp.musubi.platform.secrets;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.OptionalInt;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import jp.musubi.platform.IntegrityBroken;
import jp.musubi.platform.Tenancy;
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
  private final MasterKeys masters;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  BodyKeys(JdbcClient jdbc, MasterKeys masters, Clock clock) {
    this.jdbc = jdbc;
    this.masters = masters;
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

  /**
   * {@link #renew}, if the current body's newest key was made before {@code oldest}.
   *
   * @return the new key's number, if there is one
   */
  public OptionalInt renewIfMadeBefore(Instant oldest) {
    var made = jdbc.sql("select max(created_at) from body_key").query(Timestamp.class).optional();
    if (made.isEmpty() || !made.get().toInstant().isBefore(oldest)) {
      return OptionalInt.empty();
    }
    renew();
    return OptionalInt.of(newestNumber());
  }

  /** The name of the master key that the settings name as the present one. */
  @Transactional(propagation = Propagation.SUPPORTS)
  public String masterId() {
    return masters.current().id();
  }

  /**
   * Wraps every key of the current body that another master key wrapped with the present one; the
   * keys stay what they are.
   *
   * @return how many
   */
  public int wrapAnew() {
    var others =
        jdbc.sql("select number from body_key where master_id <> :master order by number")
            .param("master", masters.current().id())
            .query((row, _) -> row.getInt("number"))
            .list();
    for (int number : others) {
      var key = key(number);
      var wrapped = masters.current().wrap(key, whose(number));
      if (!masters.current().unwrap(wrapped, whose(number)).equals(key)) {
        throw new IntegrityBroken("the master key does not open what it wrapped");
      }
      jdbc.sql("update body_key set wrapped = :wrapped, master_id = :master where number = :number")
          .param("wrapped", wrapped)
          .param("master", masters.current().id())
          .param("number", number)
          .update();
    }
    return others.size();
  }

  /** With which the current body's files are encrypted from now on. */
  public FileKey newestFileKey() {
    return fileKey(newest());
  }

  /**
   * With which some of the current body's files were encrypted.
   *
   * @throws IntegrityBroken if the body has no such key, or no master key opens it
   */
  public FileKey fileKey(int number) {
    return new FileKey(Tenancy.required(), number, key(number));
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
        .param("wrapped", masters.current().wrap(fresh(), whose(number)))
        .param("master", masters.current().id())
        .param("now", Timestamp.from(clock.instant()))
        .update();
  }

  private SecretKey key(int number) {
    return jdbc.sql("select wrapped, master_id from body_key where number = :number")
        .param("number", number)
        .query((row, _) ->
            masters.unwrap(row.getString("master_id"), row.getBytes("wrapped"), whose(number)))
        .optional()
        .orElseThrow(() ->
            new IntegrityBroken("body %s has no key %d".formatted(Tenancy.required(), number)));
  }

  private static String whose(int number) {
    return "body %s, number %d".formatted(Tenancy.required(), number);
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
