package jp.musubi.bulk;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;

/** A box of a form as typed: lengths in millimetres, by numbers only. */
record FieldForm(
    @Nullable String name,
    @Nullable String type,
    @Nullable String mandatory,
    @Nullable String most,
    @Nullable String page,
    @Nullable String left,
    @Nullable String top,
    @Nullable String width,
    @Nullable String height,
    @Nullable String size) {

  /** A heading of a list: nothing that a list or a spreadsheet reads otherwise. */
  private static final Pattern HEADING = Pattern.compile("[\\p{L}\\p{N}][^,\"\\p{Cc}\\p{Cf}]*");

  /** A first proposal. */
  static FieldForm empty() {
    return new FieldForm(null, "TEXT", "true", "100", "1", "30", "50", "100", "8", "10.5");
  }

  static FieldForm of(MergeField field) {
    return new FieldForm(
        field.name(),
        field.type().name(),
        String.valueOf(field.mandatory()),
        field.most() + "",
        field.page() + "",
        FormReader.tenths(field.left()),
        FormReader.tenths(field.top()),
        FormReader.tenths(field.width()),
        FormReader.tenths(field.height()),
        FormReader.tenths(field.size()));
  }

  Optional<MergeField> read(FormReader reader, int pages) {
    var heading = reader.line("name", name, 40, true);
    if (!heading.isEmpty() && !HEADING.matcher(heading).matches()) {
      reader.reject("name", "bulk.field.wrong.name");
    }
    var field =
        new MergeField(
            UUID.randomUUID(),
            heading,
            type(reader),
            "true".equals(mandatory),
            reader.number("most", most, 1, 500),
            reader.number("page", page, 1, pages),
            reader.tenths("left", left, 0, 10_000, "bulk.field.wrong.number"),
            reader.tenths("top", top, 0, 10_000, "bulk.field.wrong.number"),
            reader.tenths("width", width, 30, 10_000, "bulk.field.wrong.number"),
            reader.tenths("height", height, 30, 10_000, "bulk.field.wrong.number"),
            reader.tenths("size", size, 60, 400, "bulk.field.wrong.number"));
    return reader.wrong().isEmpty() ? Optional.of(field) : Optional.empty();
  }

  List<Field> fields(Map<String, Text> wrong, Book book) {
    return List.of(
        Field.required("name", "bulk.field.name")
            .hinted("bulk.field.name.hint")
            .with(name)
            .wrong(wrong.get("name")),
        Field.required("type", "bulk.field.type")
            .offering(
                Arrays.stream(MergeField.Type.values())
                    .map(each -> new Option(each.name(), book.of("bulk.field.type." + each)))
                    .toList())
            .with(type)
            .wrong(wrong.get("type")),
        Field.optional("mandatory", "bulk.field.mandatory").drawn(Form.TICK).with(mandatory),
        number("most", "bulk.unit.letters", most, wrong),
        number("page", "bulk.unit.page", page, wrong),
        number("left", "bulk.unit.mm", left, wrong),
        number("top", "bulk.unit.mm", top, wrong),
        number("width", "bulk.unit.mm", width, wrong),
        number("height", "bulk.unit.mm", height, wrong),
        number("size", "bulk.unit.pt", size, wrong));
  }

  private static Field number(
      String name, String unit, @Nullable String typed, Map<String, Text> wrong) {
    return Field.required(name, "bulk.field." + name)
        .hinted("bulk.field." + name + ".hint")
        .drawn(new Field.Look("text", "off", "decimal", "short", unit, 6, null))
        .with(typed)
        .wrong(wrong.get(name));
  }

  private MergeField.Type type(FormReader reader) {
    return Arrays.stream(MergeField.Type.values())
        .filter(each -> each.name().equals(type))
        .findFirst()
        .orElseGet(() -> {
          reader.reject("type", "contract.wrong.choose");
          return MergeField.Type.TEXT;
        });
  }
}
