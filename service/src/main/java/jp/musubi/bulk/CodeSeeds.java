package jp.musubi.bulk;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;
import jp.musubi.platform.secrets.BodyKeys;
import org.springframework.stereotype.Component;

/** What the access codes of a run follow from: made at random, encrypted with the body's key. */
@Component
class CodeSeeds {
  private static final int BYTES = 32;

  private final BodyKeys keys;
  private final SecureRandom random = new SecureRandom();

  CodeSeeds(BodyKeys keys) {
    this.keys = keys;
  }

  /** A new one. */
  Seed fresh(UUID run) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    var plain = HexFormat.of().formatHex(bytes).getBytes(StandardCharsets.US_ASCII);
    return new Seed(keys.encrypt(purpose(run), plain));
  }

  /** As {@link jp.musubi.contract.Sending.Reviewed} takes it. */
  String plain(UUID run, Seed seed) {
    return new String(keys.decrypt(purpose(run), seed.sealed()), StandardCharsets.US_ASCII);
  }

  private static String purpose(UUID run) {
    return "bulk-codes:" + run;
  }
}
