package jp.musubi.contract;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import jp.musubi.seal.Sha256;

/**
 * Makes アクセスコード. A code follows from a form's random seed, so that a form sent twice shows the same
 * code though the code is kept nowhere.
 */
public final class AccessCode {
  private static final BigInteger EIGHT_DIGITS = BigInteger.TEN.pow(8);

  private AccessCode() {}

  /** Eight digits that nobody can know without the seed. */
  public static String of(String seed, PartyId party) {
    var digest = Sha256.of((seed + party).getBytes(StandardCharsets.UTF_8));
    return "%08d".formatted(new BigInteger(1, digest.bytes()).mod(EIGHT_DIGITS));
  }
}
