package jp.musubi.vault;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.unit.DataSize;

/**
 * 原本保管の設定.
 *
 * @param directory {@code musubi.store.directory}: the folder of all objects; on a file system with
 *     hard links that honours fsync
 * @param secondDirectory {@code musubi.store.second-directory}: the folder of their copies, on
 *     another device; null if there is none
 * @param deadline {@code musubi.store.deadline}: how long one read or write may take
 * @param scrubInterval {@code musubi.store.scrub-interval}: how often each object is looked at
 * @param careSize {@code musubi.store.care-size}: about how much one run of the care reads
 */
@ConfigurationProperties("musubi.store")
record StoreSettings(
    @Name("directory") Path directory,
    @Name("second-directory") @Nullable Path secondDirectory,
    @Name("deadline") @DefaultValue("20s") Duration deadline,
    @Name("scrub-interval") @DefaultValue("30d") Duration scrubInterval,
    @Name("care-size") @DefaultValue("1GB") DataSize careSize) {

  // The binder hands over null for a missing setting, whatever the types say.
  StoreSettings {
    if (directory == null) {
      throw new IllegalArgumentException(
          "musubi.store.directory is not set: name the folder that keeps the contracts' files");
    }
    if (secondDirectory != null && nested(directory, secondDirectory)) {
      throw new IllegalArgumentException(
          "musubi.store.second-directory must not lie in musubi.store.directory, nor around it:"
              + " what destroys one would destroy both");
    }
    positive("deadline", deadline);
    positive("scrub-interval", scrubInterval);
    if (careSize.toBytes() <= 0) {
      throw new IllegalArgumentException("musubi.store.care-size must be more than nothing");
    }
  }

  private static boolean nested(Path one, Path other) {
    var first = one.toAbsolutePath().normalize();
    var second = other.toAbsolutePath().normalize();
    return first.startsWith(second) || second.startsWith(first);
  }

  private static void positive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException("musubi.store." + name + " must be longer than nothing");
    }
  }
}
