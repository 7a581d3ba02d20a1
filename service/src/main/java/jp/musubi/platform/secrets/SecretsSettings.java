package jp.musubi.platform.secrets;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * 団体の鍵の設定 ({@code musubi.secrets.*}).
 *
 * @param masterKeyFile the master key, unless it lies in a module
 * @param formerMasterKeyFile the one before, until every key is wrapped anew
 * @param keyLife after which a body gets a new key
 * @param renewKeysMadeBefore bodies whose key is older get a new one at once, e.g. after a leak
 */
@ConfigurationProperties("musubi.secrets")
public record SecretsSettings(
    @Nullable Path masterKeyFile,
    @Nullable Path formerMasterKeyFile,
    @DefaultValue("365d") Duration keyLife,
    @Nullable Instant renewKeysMadeBefore) {

  /** Refuses what cannot be meant. */
  public SecretsSettings {
    if (keyLife.isNegative() || keyLife.isZero()) {
      throw new IllegalArgumentException("musubi.secrets.key-life must be longer than nothing");
    }
  }

  /** Keys made before this instant are to be renewed. */
  public Instant oldestKey(Instant now) {
    var byAge = now.minus(keyLife);
    return renewKeysMadeBefore != null
            && renewKeysMadeBefore.isAfter(byAge)
            && !renewKeysMadeBefore.isAfter(now)
        ? renewKeysMadeBefore
        : byAge;
  }
}
