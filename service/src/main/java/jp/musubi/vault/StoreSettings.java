package jp.musubi.vault;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * 原本保管の設定.
 *
 * @param directory {@code musubi.store.directory}: the folder of all objects; on a file system with
 *     hard links that honours fsync
 * @param deadline {@code musubi.store.deadline}: how long one read or write may take
 */
@ConfigurationProperties("musubi.store")
record StoreSettings(
    @Name("directory") Path directory, @Name("deadline") @DefaultValue("20s") Duration deadline) {

  // The binder hands over null for a missing setting, whatever the types say.
  StoreSettings {
    if (directory == null) {
      throw new IllegalArgumentException(
          "musubi.store.directory is not set: name the folder that keeps the contracts' files");
    }
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException("musubi.store.deadline must be longer than nothing");
    }
  }
}
