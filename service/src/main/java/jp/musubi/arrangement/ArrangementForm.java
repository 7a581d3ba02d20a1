package jp.musubi.arrangement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jp.musubi.contract.Arrangement;
import jp.musubi.contract.ContractKind;
import jp.musubi.contract.Identification;
import jp.musubi.contract.Lineup;
import jp.musubi.contract.Party;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;

/** 当事者の並び as somebody enters it. A slot counts when its capacity is chosen. */
final class ArrangementForm {
  private static final int AT_FIRST = 3;
  private static final int MORE = 3;
  private static final int NAME = 100;
  private static final int LABEL = 100;
  private static final Field.Look PLACE =
      new Field.Look("text", "off", "numeric", "short", "contract.unit.place", 3, null);

  private final Map<String, String> typed;

  private ArrangementForm(Map<String, String> typed) {
    this.typed = Map.copyOf(typed);
  }

  /** The fields of one counterparty. */
  record SlotFields(int number, List<Field> fields) {}

  /** As typed. */
  static ArrangementForm of(Map<String, String> typed) {
    return new ArrangementForm(typed);
  }

  /** An existing one's values. */
  static ArrangementForm of(Arrangement arrangement) {
    var values = new LinkedHashMap<String, String>();
    values.put("name", arrangement.name());
    values.put("kind", arrangement.kind().map(ContractKind::name).orElse(""));
    values.put("officePlace", arrangement.officeFirst() ? "first" : "last");
    values.put("recipients", String.join("\n", arrangement.recipients()));
    for (var i = 0; i < arrangement.slots().size(); i++) {
      var slot = arrangement.slots().get(i);
      var number = "-" + (i + 1);
      values.put("label" + number, slot.label());
      values.put("place" + number, String.valueOf(slot.place()));
      values.put("capacity" + number, slot.capacity().name());
      values.put("member" + number, String.valueOf(slot.member()));
      values.put("way" + number, slot.way().key());
    }
    values.put("slots", String.valueOf(Math.max(AT_FIRST, arrangement.slots().size() + 1)));
    return new ArrangementForm(values);
  }

  /** With room for some more counterparties. */
  ArrangementForm withMore() {
    var more = new LinkedHashMap<>(typed);
    more.put("slots", String.valueOf(count() + MORE));
    return new ArrangementForm(more);
  }

  /** How many counterparties the form has room for. */
  int count() {
    var text = text("slots");
    var asked = text.matches("[0-9]{1,2}") ? Integer.parseInt(text) : AT_FIRST;
    return Math.clamp(asked, 1, Lineup.MOST);
  }

  /** What it means; nothing where {@code reader} has found something wrong. */
  Optional<Arrangement> read(FormReader reader) {
    var name = reader.line("name", text("name"), NAME, true);
    var kind = kind(reader);
    var first = text("officePlace");
    if (!first.equals("first") && !first.equals("last")) {
      reader.reject("officePlace", "contract.wrong.choose");
    }
    var slots = new ArrayList<Arrangement.Slot>();
    for (var number = 1; number <= count(); number++) {
      if (!text("capacity-" + number).isEmpty()) {
        slots.add(slot(reader, number, slots.size() + 1));
      } else if (!text("label-" + number).isBlank()) {
        // Whoever names a counterparty means one.
        reader.reject("capacity-" + number, "arrangement.wrong.capacity");
      }
    }
    var recipients = recipients(reader);
    return reader.wrong().isEmpty()
        ? Optional.of(
            new Arrangement(
                UUID.randomUUID(), name, kind, first.equals("first"), slots, recipients))
        : Optional.empty();
  }

  private Optional<ContractKind> kind(FormReader reader) {
    return kind(reader, text("kind"));
  }

  /** A kind as chosen in {@link #kindField}. */
  static Optional<ContractKind> kind(FormReader reader, String typed) {
    var found =
        Arrays.stream(ContractKind.values()).filter(each -> each.name().equals(typed)).findFirst();
    if (found.isEmpty() && !typed.isEmpty()) {
      reader.reject("kind", "contract.wrong.choose");
    }
    return found;
  }

  private Arrangement.Slot slot(FormReader reader, int number, int next) {
    var place = text("place-" + number);
    var capacity =
        Arrays.stream(Party.Capacity.values())
            .filter(each -> each.name().equals(text("capacity-" + number)))
            .findFirst();
    if (capacity.isEmpty()) {
      reader.reject("capacity-" + number, "contract.wrong.choose");
    }
    var way =
        Arrays.stream(Identification.Way.values())
            .filter(each -> each.key().equals(text("way-" + number)))
            .findFirst();
    if (way.isEmpty()) {
      reader.reject("way-" + number, "contract.wrong.choose");
    }
    return new Arrangement.Slot(
        reader.line("label-" + number, text("label-" + number), LABEL, false),
        // Nobody counts who wants them one after the other.
        place.isBlank() ? next : reader.number("place-" + number, place, 1, Lineup.MOST),
        capacity.orElse(Party.Capacity.AUTHORITY),
        text("member-" + number).equals("true"),
        way.orElse(Identification.Way.ACCESS_CODE));
  }

  private List<String> recipients(FormReader reader) {
    return recipients(reader, text("recipients"));
  }

  /** One a line, as typed into {@link #recipientsField}. */
  static List<String> recipients(FormReader reader, String typed) {
    var lines = reader.lines("recipients", typed, 1_000, false).lines();
    var named = lines.map(String::strip).filter(line -> !line.isEmpty()).distinct().toList();
    if (named.size() > Arrangement.MOST_RECIPIENTS
        || named.stream().anyMatch(line -> line.length() > LABEL)) {
      reader.reject(
          "recipients",
          "arrangement.wrong.recipients",
          String.valueOf(Arrangement.MOST_RECIPIENTS),
          String.valueOf(LABEL));
    }
    return named;
  }

  /** What one is called. */
  static Field nameField(String typed, Map<String, Text> wrong) {
    return Field.required("name", "arrangement.name")
        .hinted("arrangement.name.hint")
        .with(typed)
        .wrong(wrong.get("name"));
  }

  /** For which contracts it is offered first. */
  static Field kindField(Book book, String typed, Map<String, Text> wrong) {
    var kinds =
        Stream.concat(
                Stream.of(new Option("", book.of("arrangement.kind.all"))),
                Arrays.stream(ContractKind.values())
                    .map(each -> new Option(each.name(), book.of("contract.kind." + each))))
            .toList();
    return Field.optional("kind", "contract.field.kind")
        .hinted("arrangement.kind.hint")
        .offering(kinds)
        .with(typed)
        .wrong(wrong.get("kind"));
  }

  /** Who is given the document without signing. */
  static Field recipientsField(String typed, Map<String, Text> wrong) {
    return Field.optional("recipients", "arrangement.recipients")
        .hinted("arrangement.recipients.hint")
        .drawn(Form.LINES)
        .with(typed)
        .wrong(wrong.get("recipients"));
  }

  List<Field> fields(Book book, Map<String, Text> wrong) {
    return List.of(
        nameField(text("name"), wrong),
        kindField(book, text("kind"), wrong),
        Field.required("officePlace", "contract.field.officePlace")
            .hinted("arrangement.officePlace.hint")
            .offering(
                List.of(
                    new Option("last", book.of("contract.field.officePlace.last")),
                    new Option("first", book.of("contract.field.officePlace.first"))))
            .with(text("officePlace").isEmpty() ? "last" : text("officePlace"))
            .wrong(wrong.get("officePlace")),
        recipientsField(text("recipients"), wrong));
  }

  List<SlotFields> slotFields(Book book, Map<String, Text> wrong) {
    return IntStream.rangeClosed(1, count())
        .mapToObj(number -> new SlotFields(number, slotFields(number, book, wrong)))
        .toList();
  }

  private List<Field> slotFields(int number, Book book, Map<String, Text> wrong) {
    var capacities =
        Stream.concat(
                Stream.of(new Option("", book.of("arrangement.capacity.none"))),
                Arrays.stream(Party.Capacity.values())
                    .map(each ->
                        new Option(each.name(), book.of("contract.field.capacity." + each))))
            .toList();
    var ways =
        Arrays.stream(Identification.Way.values())
            .map(each -> new Option(each.key(), book.of("contract.field.identity." + each)))
            .toList();
    var way = text("way-" + number);
    return List.of(
        Field.optional("capacity-" + number, "contract.field.capacity")
            .offering(capacities)
            .with(text("capacity-" + number))
            .wrong(wrong.get("capacity-" + number)),
        Field.optional("label-" + number, "arrangement.label")
            .hinted("arrangement.label.hint")
            .with(text("label-" + number))
            .wrong(wrong.get("label-" + number)),
        Field.optional("place-" + number, "contract.field.place")
            .hinted("arrangement.place.hint")
            .drawn(PLACE)
            .with(text("place-" + number))
            .wrong(wrong.get("place-" + number)),
        Field.optional("member-" + number, "arrangement.member")
            .drawn(Form.TICK)
            .with(text("member-" + number)),
        Field.optional("way-" + number, "contract.field.identity")
            .offering(ways)
            .with(way.isEmpty() ? Identification.Way.ACCESS_CODE.key() : way)
            .wrong(wrong.get("way-" + number)));
  }

  private String text(String field) {
    return typed.getOrDefault(field, "");
  }
}
