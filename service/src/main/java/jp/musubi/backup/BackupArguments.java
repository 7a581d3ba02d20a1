package jp.musubi.backup;

import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code backup}, {@code restore} or {@code drill restore} was asked for.
 *
 * @param with the folder that holds keys, stored files and anchors when a home is restored
 * @param settings {@code --musubi.…=…} of a service that is not a trial
 */
record BackupArguments(
    Command command,
    Path home,
    Optional<Path> from,
    Optional<Path> to,
    Optional<Path> with,
    Optional<Instant> at,
    Optional<Path> out,
    Optional<String> databaseUrl,
    boolean json,
    Map<String, String> settings) {
  BackupArguments {
    settings = Map.copyOf(settings);
  }

  enum Command {
    BACKUP,
    RESTORE,
    DRILL
  }

  /** The arguments do not make sense; the message says so in one sentence. */
  static final class Unusable extends RuntimeException {
    Unusable(String message) {
      super(message);
    }

    Unusable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  static BackupArguments parse(String... arguments) {
    var command = Command.valueOf(arguments[0].toUpperCase(java.util.Locale.ROOT));
    var first = 1;
    if (command == Command.DRILL) {
      if (arguments.length < 2 || !arguments[1].equals("restore")) {
        throw new Unusable("./musubi drill knows restore.");
      }
      first = 2;
    }
    var values = new HashMap<String, String>();
    var settings = new HashMap<String, String>();
    var json = false;
    for (var i = first; i < arguments.length; i++) {
      var argument = arguments[i];
      switch (argument) {
        case "--json" -> json = true;
        case "--home", "--from", "--to", "--with", "--at", "--out", "--database-url" -> {
          if (++i >= arguments.length) {
            throw new Unusable("%s needs a value.".formatted(argument));
          }
          values.put(argument, arguments[i]);
        }
        default -> setting(argument, settings);
      }
    }
    return new BackupArguments(
        command,
        Path.of(values.getOrDefault("--home", "var")),
        path(values, "--from"),
        path(values, "--to"),
        path(values, "--with"),
        Optional.ofNullable(values.get("--at")).map(BackupArguments::moment),
        path(values, "--out"),
        Optional.ofNullable(values.get("--database-url")),
        json,
        settings);
  }

  private static void setting(String argument, Map<String, String> settings) {
    var equals = argument.indexOf('=');
    if (!argument.startsWith("--") || equals < 0) {
      throw new Unusable("There is no option '%s'.".formatted(argument));
    }
    settings.put(argument.substring(2, equals), argument.substring(equals + 1));
  }

  private static Optional<Path> path(Map<String, String> values, String name) {
    return Optional.ofNullable(values.get(name)).map(Path::of);
  }

  /** With its offset: a restore to the wrong hour loses what nobody meant to lose. */
  private static Instant moment(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new Unusable(
          "--at: %s (expected: a time with its offset, such as 2026-11-29T10:15:00+09:00)"
              .formatted(text),
          e);
    }
  }

  /** An option that there is no doing without. */
  Path required(Optional<Path> value, String name) {
    return value.orElseThrow(() -> new Unusable("%s is needed.".formatted(name)));
  }
}
