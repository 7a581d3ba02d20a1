package jp.musubi.mapping;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;

/**
 * A mapping as typed, without its rules.
 *
 * @param mapping which one is changed; empty for a new one
 * @param version of it, as it was read
 * @param sample the first lines of the list that was handed in
 */
record MappingForm(
    @Nullable String mapping,
    @Nullable String version,
    @Nullable String name,
    @Nullable String target,
    @Nullable String encoding,
    @Nullable String separator,
    @Nullable String skipped,
    @Nullable String headed,
    @Nullable String sample) {
  private static final int LONGEST_NAME = 60;
  private static final Field.Look NUMBER =
      new Field.Look("text", "off", "numeric", "short", "mapping.unit.lines", 5, null);

  /** How it is, when all of it could be read. */
  record Shape(String name, Target target, Layout layout) {}

  static MappingForm empty() {
    return new MappingForm("", "0", "", "AWARD", "FOUND_OUT", "COMMA", "0", "true", "");
  }

  static MappingForm of(Mapping mapping) {
    var layout = mapping.layout();
    return new MappingForm(
        mapping.id().toString(),
        String.valueOf(mapping.version()),
        mapping.name(),
        mapping.target().name(),
        layout.encoding().name(),
        layout.separator().name(),
        String.valueOf(layout.skipped()),
        layout.headed() ? "true" : "",
        "");
  }

  MappingForm carrying(String lines) {
    return new MappingForm(
        mapping, version, name, target, encoding, separator, skipped, headed, lines);
  }

  /** The same of a mapping that is not there yet. */
  MappingForm fresh(String lines) {
    return new MappingForm("", "0", name, target, encoding, separator, skipped, headed, lines);
  }

  /** Which one is changed. */
  Optional<UUID> changes() {
    try {
      return mapping == null || mapping.isEmpty()
          ? Optional.empty()
          : Optional.of(UUID.fromString(mapping));
    } catch (IllegalArgumentException noKey) {
      return Optional.empty();
    }
  }

  int readVersion() {
    return new FormReader().number("version", version, 0, Integer.MAX_VALUE);
  }

  Optional<Shape> read(FormReader reader) {
    var called = reader.line("name", name, LONGEST_NAME, true);
    var of = chosen("target", target, Target.values(), reader);
    var in = chosen("encoding", encoding, Layout.Encoding.values(), reader);
    var by = chosen("separator", separator, Layout.Separator.values(), reader);
    var before =
        reader.number(
            "skipped",
            skipped == null || skipped.isBlank() ? "0" : skipped,
            0,
            Layout.MOST_SKIPPED);
    return reader.wrong().isEmpty()
        ? Optional.of(
            new Shape(
                called,
                of.orElseThrow(),
                new Layout(in.orElseThrow(), by.orElseThrow(), before, "true".equals(headed))))
        : Optional.empty();
  }

  private static <E extends Enum<E>> Optional<E> chosen(
      String field, @Nullable String typed, E[] choices, FormReader reader) {
    var chosen = Arrays.stream(choices).filter(each -> each.name().equals(typed)).findFirst();
    if (chosen.isEmpty()) {
      reader.reject(field, "contract.wrong.choose");
    }
    return chosen;
  }

  List<Field> fields(Map<String, Text> wrong, Book book) {
    return List.of(
        hidden("mapping", mapping),
        hidden("version", version),
        Field.required("name", "mapping.name")
            .hinted("mapping.name.hint")
            .with(name)
            .wrong(wrong.get("name")),
        select("target", target, Target.values(), wrong, book),
        Field.required("file", "mapping.file")
            .hinted("mapping.file.hint")
            .drawn(new Field.Look("file", null, null, null, null, null, ".csv,.tsv,.txt,text/csv"))
            .wrong(wrong.get("file")),
        select("encoding", encoding, Layout.Encoding.values(), wrong, book),
        select("separator", separator, Layout.Separator.values(), wrong, book),
        Field.optional("skipped", "mapping.skipped")
            .hinted("mapping.skipped.hint")
            .drawn(NUMBER)
            .with(skipped)
            .wrong(wrong.get("skipped")),
        Field.optional("headed", "mapping.headed")
            .hinted("mapping.headed.hint")
            .drawn(Form.TICK)
            .with(headed));
  }

  /** All that goes on to the next page unseen. */
  List<Field> carried() {
    return List.of(
        hidden("mapping", mapping),
        hidden("version", version),
        hidden("name", name),
        hidden("target", target),
        hidden("encoding", encoding),
        hidden("separator", separator),
        hidden("skipped", skipped),
        hidden("headed", headed),
        hidden("sample", sample));
  }

  private static Field hidden(String name, @Nullable String value) {
    return Field.optional(name, "mapping.name").drawn(Form.HIDDEN).with(value);
  }

  private static Field select(
      String name, @Nullable String typed, Enum<?>[] choices, Map<String, Text> wrong, Book book) {
    return Field.required(name, "mapping." + name)
        .offering(
            Arrays.stream(choices)
                .map(
                    each -> new Option(each.name(), book.of("mapping." + name + "." + each.name())))
                .toList())
        .with(typed)
        .wrong(wrong.get(name));
  }
}
