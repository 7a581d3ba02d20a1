package jp.musubi.verifier;

import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the command line asks for. */
sealed interface Request {
  /**
   * Verify.
   *
   * @param trust PEM file of trusted certificates; without it, {@code trust.pem} beside each file
   * @param ours PEM file of this service's sealing certificates or their authorities; without it,
   *     nobody asks whether a signature is an external one
   * @param evidence an evidence record over the files together
   * @param evidenceData what the record's newest timestamp needs; without it, {@code evidence.p7c}
   *     beside the record, if there is one
   */
  record Verify(
      List<Path> files,
      Optional<Path> trust,
      Optional<Path> ours,
      Optional<Path> evidence,
      Optional<Path> evidenceData,
      Instant at,
      boolean json)
      implements Request {}

  /** Inspect. */
  record Inspect(Path file, boolean json) implements Request {}

  /** A command line or file that cannot be used, said in one sentence. */
  final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String message) {
      super(message);
    }
  }

  static Request parse(String[] args, Instant now) throws Unusable {
    var files = new ArrayList<Path>();
    var trust = Optional.<Path>empty();
    var ours = Optional.<Path>empty();
    var evidence = Optional.<Path>empty();
    var evidenceData = Optional.<Path>empty();
    var at = Optional.<Instant>empty();
    var json = false;
    var words = List.of(args).iterator();
    if (!words.hasNext()) {
      throw new Unusable(Words.of("usage"));
    }
    var command = words.next();
    if (!command.equals("verify") && !command.equals("inspect")) {
      throw new Unusable(Words.of("unknown-command", command));
    }
    while (words.hasNext()) {
      var word = words.next();
      switch (word) {
        case "--json" -> json = true;
        case "--trust" ->
            trust = Optional.of(Path.of(value(word, words.hasNext() ? words.next() : "")));
        case "--ours" ->
            ours = Optional.of(Path.of(value(word, words.hasNext() ? words.next() : "")));
        case "--evidence" ->
            evidence = Optional.of(Path.of(value(word, words.hasNext() ? words.next() : "")));
        case "--evidence-data" ->
            evidenceData = Optional.of(Path.of(value(word, words.hasNext() ? words.next() : "")));
        case "--at" -> at = Optional.of(instant(value(word, words.hasNext() ? words.next() : "")));
        default -> {
          if (word.startsWith("--")) {
            throw new Unusable(Words.of("unknown-option", word));
          }
          files.add(Path.of(word));
        }
      }
    }
    if (files.isEmpty()) {
      throw new Unusable(Words.of("no-file"));
    }
    if (command.equals("verify")) {
      if (evidenceData.isPresent() && evidence.isEmpty()) {
        throw new Unusable(Words.of("no-evidence"));
      }
      return new Verify(
          List.copyOf(files), trust, ours, evidence, evidenceData, at.orElse(now), json);
    }
    if (files.size() > 1
        || trust.isPresent()
        || ours.isPresent()
        || at.isPresent()
        || evidence.isPresent()
        || evidenceData.isPresent()) {
      throw new Unusable(Words.of("inspect-one"));
    }
    return new Inspect(files.getFirst(), json);
  }

  private static String value(String option, String value) throws Unusable {
    if (value.isEmpty() || value.startsWith("--")) {
      throw new Unusable(Words.of("no-value", option));
    }
    return value;
  }

  private static Instant instant(String text) throws Unusable {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException unreadable) {
      throw new Unusable(Words.of("bad-instant", text));
    }
  }
}
