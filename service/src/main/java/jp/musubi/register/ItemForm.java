package jp.musubi.register;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;

/** 任意項目 as typed by the administrator. */
record ItemForm(
    @Nullable String name,
    @Nullable String kind,
    @Nullable String mandatory,
    @Nullable String listed,
    @Nullable String choices) {
  private static final int MOST_CHOICES = 50;
  private static final Field.Look NAME =
      new Field.Look("text", "off", null, "medium", null, 40, null);

  static ItemForm of(Item item) {
    return new ItemForm(
        item.name(),
        item.kind().name(),
        String.valueOf(item.mandatory()),
        String.valueOf(item.listed()),
        String.join("\n", item.choices()));
  }

  /**
   * Reads it.
   *
   * @param fixed the kind it has and keeps; null for a new item
   */
  Items.Shape read(FormReader reader, Item.@Nullable Kind fixed) {
    var called = reader.line("name", name, 40, true);
    if (called.length() > 400) {
      reader.reject("name", "web.wrong.long", "40");
    }
    var chosen = fixed == null ? kind(reader) : fixed;
    return new Items.Shape(
        called,
        chosen,
        "true".equals(mandatory),
        "true".equals(listed),
        chosen == Item.Kind.CHOICE ? choices(reader) : List.of());
  }

  private Item.Kind kind(FormReader reader) {
    return Arrays.stream(Item.Kind.values())
        .filter(each -> each.name().equals(kind))
        .findFirst()
        .orElseGet(() -> {
          reader.reject("kind", "register.wrong.CHOICE");
          return Item.Kind.TEXT;
        });
  }

  private List<String> choices(FormReader reader) {
    var lines =
        reader
            .lines("choices", choices, 2000, true)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .distinct()
            .toList();
    if (lines.size() > MOST_CHOICES) {
      reader.reject("choices", "register.wrong.choices", String.valueOf(MOST_CHOICES));
    }
    lines.forEach(line -> reader.line("choices", line, 100, true));
    if (lines.stream().anyMatch(line -> line.length() > 1000)) {
      reader.reject("choices", "web.wrong.long", "100");
    }
    return lines;
  }

  List<Field> fields(Map<String, Text> wrong, Book book, boolean fresh) {
    var name =
        Field.required("name", "register.item.name")
            .hinted("register.item.name.hint")
            .drawn(NAME)
            .with(this.name)
            .wrong(wrong.get("name"));
    var kinds =
        Field.required("kind", "register.item.kind")
            .hinted("register.item.kind.hint")
            .offering(
                Arrays.stream(Item.Kind.values())
                    .map(each -> new Option(each.name(), book.of("register.item.kind." + each)))
                    .toList())
            .with(kind)
            .wrong(wrong.get("kind"));
    var mandatory =
        Field.optional("mandatory", "register.item.mandatory")
            .hinted("register.item.mandatory.hint")
            .drawn(Form.TICK)
            .with(this.mandatory);
    var listed =
        Field.optional("listed", "register.item.listed").drawn(Form.TICK).with(this.listed);
    var choices =
        Field.optional("choices", "register.item.choices")
            .hinted("register.item.choices.hint")
            .drawn(Form.LINES)
            .with(this.choices)
            .wrong(wrong.get("choices"));
    if (fresh) {
      return List.of(name, kinds, choices, mandatory, listed);
    }
    return "CHOICE".equals(kind)
        ? List.of(name, choices, mandatory, listed)
        : List.of(name, mandatory, listed);
  }
}
