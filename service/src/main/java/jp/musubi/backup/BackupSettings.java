package jp.musubi.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Optional;
import jp.musubi.backup.BackupRefused.Reason;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * バックアップの設定 ({@code musubi.backup.*}).
 *
 * @param directory where backups are kept, on another device; without one the service takes none
 * @param keyFile with which they are encrypted
 * @param logTray where PostgreSQL's {@code archive_command} puts finished segments
 * @param url the database, for a role that may begin backups and read every row
 * @param passwordFile with that role's password in its first line, if it has one
 * @param keep how long backups, and the log that they need, are kept
 * @param at when the nightly backup begins, in Japan
 * @param oldest how old the newest restored backup may be before it is alarmed
 */
@ConfigurationProperties("musubi.backup")
record BackupSettings(
    @Nullable Path directory,
    @Nullable Path keyFile,
    @Nullable Path logTray,
    @Nullable String url,
    @DefaultValue("musubi_backup") String user,
    @Nullable Path passwordFile,
    @DefaultValue("14d") Duration keep,
    @DefaultValue("02:30") LocalTime at,
    @DefaultValue("26h") Duration oldest) {

  BackupSettings {
    if (keep.compareTo(Duration.ofDays(1)) < 0) {
      throw new IllegalArgumentException("musubi.backup.keep must be a day or longer");
    }
    if (oldest.isNegative() || oldest.isZero()) {
      throw new IllegalArgumentException("musubi.backup.oldest must be longer than nothing");
    }
  }

  /** What backups are taken with; empty where the operator takes them otherwise. */
  Optional<BackupParts> parts() {
    if (directory == null) {
      return Optional.empty();
    }
    if (keyFile == null || logTray == null || url == null) {
      throw new BackupRefused(Reason.NO_KEY, "musubi.backup.key-file, log-tray, url");
    }
    return Optional.of(
        BackupParts.of(new Source(url, user, password()), directory, logTray, keyFile));
  }

  private String password() {
    if (passwordFile == null) {
      return "";
    }
    try (var lines = Files.lines(passwordFile)) {
      return lines.findFirst().orElse("").strip();
    } catch (IOException e) {
      throw new UncheckedIOException("musubi.backup.password-file cannot be read", e);
    }
  }
}
