package jp.musubi.seal.key;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * Where a key lies in a hardware module (PKCS#11).
 *
 * @param module the module's library
 * @param slot the slot's number, or its place in the module's list of slots
 * @param slotIsPlace whether {@code slot} is a place: 0 is the first slot with a token or without
 * @param label the label of key and certificate
 * @param deadline for one signature, a new login included
 */
public record Pkcs11Token(
    Path module, long slot, boolean slotIsPlace, String label, Duration deadline) {

  /** Refuses what cannot be meant. */
  public Pkcs11Token {
    if (slot < 0 || deadline.isNegative() || deadline.isZero() || label.isBlank()) {
      throw new IllegalArgumentException("a slot, a label and a deadline are needed");
    }
  }

  /** What SunPKCS11 reads as its configuration. */
  String configuration() {
    // Sessions are read-only and objects are looked for by label; nothing is written to the token.
    return String.format(
        Locale.ROOT,
        "--name=musubi%nlibrary=\"%s\"%n%s=%d%n",
        module.toAbsolutePath().toString().replace("\\", "\\\\"),
        slotIsPlace ? "slotListIndex" : "slot",
        slot);
  }
}
