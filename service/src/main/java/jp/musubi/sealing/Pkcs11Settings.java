package jp.musubi.sealing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import jp.musubi.seal.key.Pkcs11Token;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * ハードウェアの鍵の設定 ({@code musubi.seal.pkcs11.*}).
 *
 * @param module the module's library; none when the key lies in a file
 * @param slot the slot's number; without one, {@code slotIndex} counts
 * @param slotIndex the slot's place in the module's list
 * @param pinFile file whose first line is the PIN
 * @param label of key and certificate
 * @param nextLabel of those that take their place once two operators confirmed them; may be none
 * @param deadline for one signature, a new login included
 */
@ConfigurationProperties("musubi.seal.pkcs11")
record Pkcs11Settings(
    @Nullable Path module,
    @Nullable Long slot,
    @DefaultValue("0") long slotIndex,
    @Nullable Path pinFile,
    @DefaultValue("seal") String label,
    @Nullable String nextLabel,
    @DefaultValue("10s") Duration deadline) {

  Pkcs11Settings {
    if (module != null && pinFile == null) {
      throw new IllegalArgumentException("musubi.seal.pkcs11.pin-file is not set");
    }
  }

  /** The same, with the key that is to come in place of the current one. */
  Pkcs11Settings next() {
    return nextLabel == null
        ? this
        : new Pkcs11Settings(module, slot, slotIndex, pinFile, nextLabel, null, deadline);
  }

  /** Where the key lies, if it lies in a module. */
  Optional<Pkcs11Token> token() {
    return Optional.ofNullable(module)
        .map(library ->
            slot == null
                ? new Pkcs11Token(library, slotIndex, true, label, deadline)
                : new Pkcs11Token(library, slot, false, label, deadline));
  }
}
