package jp.musubi.platform.secrets;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import jp.musubi.seal.key.Pkcs11Token;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * 主鍵をハードウェアに置くときの設定 ({@code musubi.secrets.pkcs11.*}).
 *
 * @param module the module's library; none when the master key lies in a file
 * @param slot the slot's number; without one, {@code slotIndex} counts
 * @param slotIndex the slot's place in the module's list
 * @param pinFile file whose first line is the PIN
 * @param label of the AES key
 * @param formerLabel of the one before on the same token, until every key is wrapped anew
 * @param deadline for one use, a new login included
 */
@ConfigurationProperties("musubi.secrets.pkcs11")
record MasterModuleSettings(
    @Nullable Path module,
    @Nullable Long slot,
    @DefaultValue("0") long slotIndex,
    @Nullable Path pinFile,
    @DefaultValue("musubi-master") String label,
    @Nullable String formerLabel,
    @DefaultValue("10s") Duration deadline) {

  /** Where the master key lies, if it lies in a module. */
  Optional<Pkcs11Token> token() {
    return Optional.ofNullable(module).map(library -> token(library, label));
  }

  /** Where the one before lies, if it lies there too. */
  Optional<Pkcs11Token> formerToken() {
    return Optional.ofNullable(module)
        .flatMap(library -> Optional.ofNullable(formerLabel).map(of -> token(library, of)));
  }

  private Pkcs11Token token(Path library, String of) {
    return slot == null
        ? new Pkcs11Token(library, slotIndex, true, of, deadline)
        : new Pkcs11Token(library, slot, false, of, deadline);
  }
}
