package jp.musubi.input;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.evidence.DocumentFonts;
import jp.musubi.platform.web.Text;
import jp.musubi.seal.appearance.Filling;
import jp.musubi.seal.appearance.Misfit;

/**
 * 記入を書き込む. Draws what was filled in as ordinary content of the pages, letter by letter as it was
 * typed; what does not fit is said and never cut off.
 */
final class Fitting {
  private Fitting() {}

  /**
   * What of the values cannot stand in its box; empty when all can.
   *
   * @param values by the key of their fields, as they are kept
   */
  static Map<UUID, Text> misfits(Path document, List<InputField> fields, Map<UUID, String> values) {
    var filled = filled(fields, values);
    if (filled.isEmpty()) {
      return Map.of();
    }
    try {
      var wrong = new HashMap<UUID, Text>();
      var blanks = filled.stream().map(InputField::blank).toList();
      Filling.outside(document, blanks)
          .forEach(name -> wrong.put(UUID.fromString(name), Text.of("input.wrong.outside")));
      var inside = filled.stream().filter(field -> !wrong.containsKey(field.id())).toList();
      open(document, inside)
          .misfits(texts(inside, values))
          .forEach(misfit ->
              wrong.putIfAbsent(
                  UUID.fromString(misfit.blank()),
                  switch (misfit) {
                    case Misfit.TooLong _ -> Text.of("input.wrong.room");
                    case Misfit.NoSuchLetter(_, var letter) ->
                        Text.of("input.wrong.letter", letter);
                  }));
      return wrong;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes the values into the file, in its place.
   *
   * @throws IllegalArgumentException when one does not fit: ask {@link #misfits} first
   */
  static void write(Path document, List<InputField> fields, Map<UUID, String> values) {
    var filled = filled(fields, values);
    if (filled.isEmpty()) {
      return;
    }
    try {
      var plain = Files.createTempFile("musubi-filled", ".pdf");
      var prepared = Files.createTempFile("musubi-filled", ".pdf");
      try {
        open(document, filled).write(texts(filled, values), plain, prepared);
        Files.copy(plain, document, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(plain);
        Files.deleteIfExists(prepared);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<InputField> filled(List<InputField> fields, Map<UUID, String> values) {
    return fields.stream()
        .filter(field -> !field.drawn(values.getOrDefault(field.id(), "")).isEmpty())
        .toList();
  }

  private static Map<String, String> texts(List<InputField> filled, Map<UUID, String> values) {
    return filled.stream()
        .collect(
            Collectors.toMap(
                field -> field.id().toString(),
                field -> field.drawn(values.getOrDefault(field.id(), ""))));
  }

  private static Filling open(Path document, List<InputField> filled) throws IOException {
    return new Filling(
        document,
        filled.stream().map(InputField::blank).toList(),
        List.of(),
        DocumentFonts.regular());
  }
}
