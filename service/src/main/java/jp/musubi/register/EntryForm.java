package jp.musubi.register;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;

/**
 * 台帳の項目 as typed.
 *
 * @param typed by field; a field that is missing was left empty
 * @param items the body's own that are asked for
 */
record EntryForm(Map<String, String> typed, List<Item> items) {
  private static final Field.Look SHORT =
      new Field.Look("text", "off", null, "short", null, 30, null);
  private static final int LONGEST_DECISION = 400;

  /** As it was last saved. */
  static EntryForm of(Entry entry, List<Item> items) {
    var typed = new HashMap<String, String>();
    typed.put("pricing", entry.pricing().map(Enum::name).orElse(""));
    typed.put("longTerm", String.valueOf(entry.longTerm()));
    typed.put("debtBurden", String.valueOf(entry.debtBurden()));
    typed.put("budgetClause", String.valueOf(entry.budgetClause()));
    typed.put("fiscalYear", entry.fiscalYear().map(FiscalYear::toString).orElse(""));
    typed.put("decisionNumber", entry.decision());
    typed.put("keeping", entry.keeping().map(Keeping::toString).orElse(""));
    for (var item : items) {
      var value = entry.values().get(item.id());
      typed.put(
          item.field(),
          value == null ? "" : item.kind() == Item.Kind.CHOICE ? value : item.shown(value));
    }
    return new EntryForm(typed, items);
  }

  /** Reads it; what is wrong is noted in the reader. */
  Entry read(FormReader reader) {
    var values = new HashMap<UUID, String>();
    for (var item : items) {
      item.read(typed.get(item.field()), reader).ifPresent(value -> values.put(item.id(), value));
    }
    return new Entry(
        pricing(reader),
        ticked("longTerm"),
        ticked("debtBurden"),
        ticked("budgetClause"),
        fiscalYear(reader),
        decision(reader),
        keeping(reader),
        values);
  }

  private boolean ticked(String name) {
    return "true".equals(typed.get(name));
  }

  private Optional<Pricing> pricing(FormReader reader) {
    var chosen = typed.getOrDefault("pricing", "");
    var known =
        Arrays.stream(Pricing.values()).filter(kind -> kind.name().equals(chosen)).findFirst();
    if (known.isEmpty() && !chosen.isEmpty()) {
      reader.reject("pricing", "register.wrong.CHOICE");
    }
    return known;
  }

  private Optional<FiscalYear> fiscalYear(FormReader reader) {
    var text = typed.getOrDefault("fiscalYear", "");
    var year = FiscalYear.parse(text);
    if (year.isEmpty() && !text.isBlank()) {
      reader.reject("fiscalYear", "register.wrong.fiscalYear");
    }
    return year;
  }

  private Optional<Keeping> keeping(FormReader reader) {
    var text = typed.getOrDefault("keeping", "");
    var keeping = Keeping.parse(text);
    if (keeping.isEmpty() && !text.isBlank()) {
      reader.reject("keeping", "register.wrong.keeping");
    }
    return keeping;
  }

  private String decision(FormReader reader) {
    var text = reader.line("decisionNumber", typed.get("decisionNumber"), 100, false);
    if (text.length() > LONGEST_DECISION) {
      reader.reject("decisionNumber", "web.wrong.long", "100");
    }
    return text;
  }

  /** The fields, those of the body's own last. */
  List<Field> fields(Map<String, Text> wrong, Book book) {
    var fields = new ArrayList<Field>();
    fields.add(
        field("pricing", "register.pricing", wrong)
            .hinted("register.pricing.hint")
            .offering(
                Stream.concat(
                        Stream.of(new Option("", book.of("register.pricing.none"))),
                        Arrays.stream(Pricing.values())
                            .map(kind ->
                                new Option(kind.name(), book.of("register.pricing." + kind))))
                    .toList()));
    for (var mark : List.of("longTerm", "debtBurden", "budgetClause")) {
      fields.add(
          field(mark, "register." + mark, wrong)
              .hinted("register." + mark + ".hint")
              .drawn(Form.TICK));
    }
    fields.add(
        field("fiscalYear", "register.fiscalYear", wrong)
            .hinted("register.fiscalYear.hint")
            .drawn(Form.DAY));
    fields.add(
        field("decisionNumber", "register.decision", wrong).hinted("register.decision.hint"));
    fields.add(
        field("keeping", "register.keeping", wrong).hinted("register.keeping.hint").drawn(SHORT));
    items.forEach(item -> fields.add(own(item, wrong, book)));
    return fields;
  }

  private Field field(String name, String label, Map<String, Text> wrong) {
    return Field.optional(name, label).with(typed.get(name)).wrong(wrong.get(name));
  }

  private Field own(Item item, Map<String, Text> wrong, Book book) {
    var field =
        Field.called(item.field(), "register.item", item.name(), item.mandatory())
            .with(typed.get(item.field()))
            .wrong(wrong.get(item.field()));
    return switch (item.kind()) {
      case TEXT -> field;
      case NUMBER -> field.drawn(SHORT);
      case DATE -> field.drawn(Form.DAY);
      case CHOICE ->
          field.offering(
              Stream.concat(
                      Stream.of(new Option("", book.of("register.choose"))),
                      item.choices().stream().map(choice -> new Option(choice, choice)))
                  .toList());
    };
  }
}
