package jp.musubi;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was asked for on the command line.
 *
 * @param home the folder of the trial's data
 * @param partsOnly whether the trial's parts are run without a service
 * @param partsOf the home whose parts a service uses that has none of its own
 * @param port where the service listens; 0 takes a free one
 * @param body the 団体コード of the one body to audit
 * @param record an exported audit record to check by itself
 * @param anchors a folder of anchors to hold that against
 * @param rest Spring's own arguments, passed on as they are
 */
record CommandLine(
    Command command,
    Path home,
    boolean partsOnly,
    Optional<Path> partsOf,
    int port,
    boolean demoData,
    boolean production,
    boolean json,
    Optional<String> body,
    Optional<Path> record,
    Optional<Path> anchors,
    List<String> rest) {

  /** What the service can be started for. */
  enum Command {
    /** Serve, with the trial's parts unless told otherwise. */
    START,
    /** Check the invariants and end. */
    AUDIT
  }

  /** The arguments do not make sense; the message says so in one sentence. */
  static final class Unusable extends RuntimeException {
    Unusable(String message) {
      super(message);
    }
  }

  static CommandLine parse(String... arguments) {
    var command = Command.START;
    var home = Path.of("var");
    var partsOnly = false;
    var partsOf = Optional.<Path>empty();
    var port = 8080;
    var demoData = true;
    var production = false;
    var json = false;
    var body = Optional.<String>empty();
    var record = Optional.<Path>empty();
    var anchors = Optional.<Path>empty();
    var rest = new ArrayList<String>();
    for (var i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "start" -> command = Command.START;
        case "audit" -> command = Command.AUDIT;
        case "--home" -> home = Path.of(value(arguments, ++i, "--home"));
        case "--parts-only" -> partsOnly = true;
        case "--parts-of" -> partsOf = Optional.of(Path.of(value(arguments, ++i, "--parts-of")));
        case "--port" -> port = port(value(arguments, ++i, "--port"));
        case "--no-demo-data" -> demoData = false;
        case "--production" -> production = true;
        case "--json" -> json = true;
        case "--body" -> body = Optional.of(value(arguments, ++i, "--body"));
        case "--record" -> record = Optional.of(Path.of(value(arguments, ++i, "--record")));
        case "--anchors" -> anchors = Optional.of(Path.of(value(arguments, ++i, "--anchors")));
        default -> {
          if (!arguments[i].startsWith("--") || !arguments[i].contains("=")) {
            throw new Unusable("There is no option '%s'.".formatted(arguments[i]));
          }
          rest.add(arguments[i]);
        }
      }
    }
    return new CommandLine(
        command,
        home,
        partsOnly,
        partsOf,
        port,
        demoData,
        production,
        json,
        body,
        record,
        anchors,
        List.copyOf(rest));
  }

  private static String value(String[] arguments, int i, String option) {
    if (i >= arguments.length) {
      throw new Unusable("%s needs a value.".formatted(option));
    }
    return arguments[i];
  }

  private static int port(String text) {
    try {
      var port = Integer.parseInt(text);
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw new Unusable("--port: %s (expected: 0 to 65535)".formatted(text));
  }
}
