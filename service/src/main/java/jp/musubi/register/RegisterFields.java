package jp.musubi.register;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jp.musubi.contract.ContractKind;
import jp.musubi.contract.Phase;
import jp.musubi.organisation.Organisations;
import jp.musubi.organisation.SectionRegister;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;

/** The search form's fields, as they are shown. */
@Component
class RegisterFields {
  private static final Field.Look NUMBER =
      new Field.Look("text", "off", null, "short", null, 30, null);

  private final SectionRegister sections;
  private final Organisations organisations;
  private final Tags tags;
  private final Book book;

  RegisterFields(SectionRegister sections, Organisations organisations, Tags tags, Book book) {
    this.sections = sections;
    this.organisations = organisations;
    this.tags = tags;
    this.book = book;
  }

  /**
   * Fields that stand beside each other.
   *
   * @param fields one, or the two ends of a range
   */
  record Row(List<Field> fields) {}

  /** What may be asked to have no value. */
  record Tick(String value, String label, boolean ticked) {}

  /** The first field: words. */
  Field words(RegisterForm form, Map<String, Text> wrong) {
    return field(form, wrong, "words").hinted("register.search.words.hint");
  }

  /** Beside it: whether the text of the files is searched, too. */
  Field fullText(RegisterForm form, Map<String, Text> wrong) {
    return field(form, wrong, "fullText").drawn(Form.TICK);
  }

  /** The others. */
  List<Row> rows(RegisterForm form, Map<String, Text> wrong, List<Option> folders) {
    var rows = new ArrayList<Row>();
    for (var name : List.of("title", "counterparty", "number")) {
      rows.add(new Row(List.of(field(form, wrong, name))));
    }
    rows.add(one(field(form, wrong, "section").offering(sections())));
    rows.add(one(field(form, wrong, "folder").offering(folders)));
    rows.add(one(field(form, wrong, "tag").offering(tags())));
    rows.add(
        new Row(
            List.of(
                field(form, wrong, "kind")
                    .offering(choices("contract.kind.", ContractKind.values())),
                field(form, wrong, "phase").offering(choices("contract.phase.", Phase.values())))));
    rows.add(
        new Row(
            List.of(
                field(form, wrong, "waiting")
                    .offering(choices("register.waiting.", Waiting.At.values())),
                field(form, wrong, "waitingDays").drawn(NUMBER))));
    for (var name : List.of("contractDate", "concluded", "period")) {
      rows.add(
          new Row(
              List.of(
                  field(form, wrong, name + "From").drawn(Form.DAY),
                  field(form, wrong, name + "Until").drawn(Form.DAY))));
    }
    rows.add(
        new Row(
            List.of(
                field(form, wrong, "amountFrom").drawn(Field.Look.MONEY),
                field(form, wrong, "amountUntil").drawn(Field.Look.MONEY))));
    rows.add(
        new Row(
            List.of(
                field(form, wrong, "pricing")
                    .offering(choices("register.pricing.", Pricing.values())),
                field(form, wrong, "mark")
                    .offering(choices("register.mark.", RegisterQuery.Mark.values())))));
    rows.add(one(field(form, wrong, "fiscalYear").drawn(Form.DAY)));
    form.items().forEach(item -> rows.add(own(item, form, wrong)));
    return rows;
  }

  /** All of them, for what is wrong. */
  List<Field> all(RegisterForm form, Map<String, Text> wrong, List<Option> folders) {
    return Stream.concat(
            Stream.of(words(form, wrong)),
            rows(form, wrong, folders).stream().flatMap(row -> row.fields().stream()))
        .toList();
  }

  List<Tick> missing(RegisterForm form) {
    return Stream.concat(
            Arrays.stream(RegisterQuery.Missing.values())
                .map(each ->
                    new Tick(
                        each.name(),
                        book.of("register.missing." + each),
                        form.missing().contains(each.name()))),
            form.items().stream()
                .map(item ->
                    new Tick(item.field(), item.name(), form.missing().contains(item.field()))))
        .toList();
  }

  private Row own(Item item, RegisterForm form, Map<String, Text> wrong) {
    return switch (item.kind()) {
      case TEXT -> one(called(item.field(), item.name(), form, wrong));
      case CHOICE ->
          one(
              called(item.field(), item.name(), form, wrong)
                  .offering(
                      Stream.concat(
                              Stream.of(new Option("", book.of("register.search.any"))),
                              item.choices().stream().map(choice -> new Option(choice, choice)))
                          .toList()));
      case NUMBER, DATE -> {
        var look = item.kind() == Item.Kind.DATE ? Form.DAY : NUMBER;
        yield new Row(
            List.of(
                called(
                        item.field() + "-from",
                        book.of("register.search.from", item.name()),
                        form,
                        wrong)
                    .drawn(look),
                called(
                        item.field() + "-until",
                        book.of("register.search.until", item.name()),
                        form,
                        wrong)
                    .drawn(look)));
      }
    };
  }

  private static Field called(
      String name, String label, RegisterForm form, Map<String, Text> wrong) {
    return Field.called(name, "register.item", label, false)
        .with(form.typed().get(name))
        .wrong(wrong.get(name));
  }

  private static Row one(Field field) {
    return new Row(List.of(field));
  }

  private static Field field(RegisterForm form, Map<String, Text> wrong, String name) {
    return Field.optional(name, "register.search." + name)
        .with(form.typed().get(name))
        .wrong(wrong.get(name));
  }

  private <T extends Enum<T>> List<Option> choices(String prefix, T[] all) {
    return Stream.concat(
            Stream.of(new Option("", book.of("register.search.any"))),
            Arrays.stream(all).map(each -> new Option(each.name(), book.of(prefix + each))))
        .toList();
  }

  private List<Option> tags() {
    return Stream.concat(
            Stream.of(new Option("", book.of("register.search.any"))),
            tags.all().stream()
                .map(tag ->
                    new Option(
                        tag.id().toString(),
                        tag.retired() ? book.of("register.tag.retired", tag.name()) : tag.name())))
        .toList();
  }

  private List<Option> sections() {
    var tree = sections.tree(organisations.today());
    return Stream.concat(
            Stream.of(new Option("", book.of("register.search.any"))),
            tree.inOrder().stream()
                .map(placed ->
                    new Option(
                        placed.term().section().toString(),
                        tree.fullName(placed.term().section()))))
        .toList();
  }
}
