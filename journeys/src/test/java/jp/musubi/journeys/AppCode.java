package jp.musubi.journeys;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What an authenticator app shows (RFC 6238), from the secret as a page spells it. */
final class AppCode {
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int SECRET_BYTES = 20;
  private static final int STEP = 30;

  private AppCode() {}

  static String of(String spelled, Instant at) {
    try {
      var mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret(spelled.replace(" ", "")), "RAW"));
      var hash =
          mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(at.getEpochSecond() / STEP).array());
      var offset = hash[hash.length - 1] & 0xf;
      var number = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
      return "%06d".formatted(number % 1_000_000);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] secret(String letters) {
    var bits = BigInteger.ONE;
    for (var i = 0; i < letters.length(); i++) {
      bits = bits.shiftLeft(5).or(BigInteger.valueOf(BASE32.indexOf(letters.charAt(i))));
    }
    var all = bits.toByteArray();
    return Arrays.copyOfRange(all, all.length - SECRET_BYTES, all.length);
  }
}
