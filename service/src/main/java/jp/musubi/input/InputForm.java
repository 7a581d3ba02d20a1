package jp.musubi.input;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;

/** An 入力項目 as typed: lengths in millimetres, bounds as its kind has them. */
record InputForm(
    @Nullable String label,
    @Nullable String kind,
    @Nullable String filler,
    @Nullable String mandatory,
    @Nullable String least,
    @Nullable String most,
    @Nullable String choices,
    @Nullable String prefilled,
    @Nullable String page,
    @Nullable String left,
    @Nullable String top,
    @Nullable String width,
    @Nullable String height,
    @Nullable String size) {
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}");

  /** A first proposal. */
  static InputForm empty(int filler) {
    return new InputForm(
        null,
        "TEXT",
        filler + "",
        "true",
        null,
        null,
        null,
        null,
        "1",
        "30",
        "50",
        "80",
        "8",
        "10.5");
  }

  static InputForm of(InputField field) {
    var kind = field.kind();
    return new InputForm(
        field.label(),
        kind.name().name(),
        field.filler() + "",
        String.valueOf(field.mandatory()),
        switch (kind) {
          case InputKind.Figure(var least, _) -> text(least);
          case InputKind.Day(var earliest, _) -> earliest.map(JapaneseDates::era).orElse("");
          case InputKind.Text _, InputKind.Tick _, InputKind.Choice _ -> "";
        },
        switch (kind) {
          case InputKind.Text(var most) -> most + "";
          case InputKind.Figure(_, var most) -> text(most);
          case InputKind.Day(_, var latest) -> latest.map(JapaneseDates::era).orElse("");
          case InputKind.Tick _, InputKind.Choice _ -> "";
        },
        kind instanceof InputKind.Choice(var choices) ? String.join("\n", choices) : "",
        field.prefilled(),
        field.box().page() + "",
        FormReader.tenths(field.box().left()),
        FormReader.tenths(field.box().top()),
        FormReader.tenths(field.box().width()),
        FormReader.tenths(field.box().height()),
        FormReader.tenths(field.size()));
  }

  /**
   * The field, if nothing is wrong.
   *
   * @param id the key it has, or is to have
   */
  Optional<InputField> read(UUID id, int ordinal, Particulars draft, FormReader reader) {
    var named = reader.line("label", label, 40, true);
    var kind = kind(reader);
    var by = fillers(draft).stream().filter(o -> o.value().equals(filler)).findFirst();
    if (by.isEmpty()) {
      reader.reject("filler", "contract.wrong.choose");
    }
    var box =
        Placing.read(
            reader,
            Map.of(
                "page", typed(page),
                "left", typed(left),
                "top", typed(top),
                "width", typed(width),
                "height", typed(height)),
            "");
    var letters = reader.tenths("size", size, 60, 400, "input.wrong.length");
    if (!reader.wrong().isEmpty()) {
      return Optional.empty();
    }
    var field =
        new InputField(
            id,
            ordinal,
            named,
            kind,
            Integer.parseInt(by.orElseThrow().value()),
            "true".equals(mandatory),
            box,
            letters,
            prefilled(id, kind, reader));
    return reader.wrong().isEmpty() ? Optional.of(field) : Optional.empty();
  }

  /** What stands there first has to be what might be typed there, kept as that is. */
  private String prefilled(UUID id, InputKind kind, FormReader reader) {
    var text = prefilled == null ? "" : prefilled.strip();
    if (text.isEmpty()) {
      return "";
    }
    var own = new FormReader();
    var kept =
        InputReading.read(
            new InputField(id, 0, "", kind, 0, false, new InputBox(1, 0, 0, 0, 0), 60, ""),
            text,
            own);
    own.wrong()
        .values()
        .forEach(why -> reader.reject("prefilled", why.key(), why.values().toArray(String[]::new)));
    if (kind instanceof InputKind.Tick && kept.isEmpty()) {
      reader.reject("prefilled", "input.wrong.prefilled.tick");
    }
    return kept;
  }

  private InputKind kind(FormReader reader) {
    var name =
        Arrays.stream(InputKind.Name.values()).filter(n -> n.name().equals(kind)).findFirst();
    if (name.isEmpty()) {
      reader.reject("kind", "contract.wrong.choose");
      return new InputKind.Tick();
    }
    return switch (name.get()) {
      case TEXT ->
          new InputKind.Text(
              most == null || most.isBlank()
                  ? 100
                  : reader.number("most", most, 1, InputKind.MOST_LETTERS));
      case NUMBER -> {
        var least = bound("least", this.least, reader);
        var most = bound("most", this.most, reader);
        if (least.isPresent() && most.isPresent() && least.getAsLong() > most.getAsLong()) {
          reader.reject("most", "input.wrong.bounds");
        }
        yield new InputKind.Figure(least, most);
      }
      case DAY -> {
        var earliest = reader.day("least", this.least);
        var latest = reader.day("most", this.most);
        if (earliest.isPresent() && latest.isPresent() && latest.get().isBefore(earliest.get())) {
          reader.reject("most", "input.wrong.bounds");
        }
        yield new InputKind.Day(earliest, latest);
      }
      case TICK -> new InputKind.Tick();
      case CHOICE -> new InputKind.Choice(choices(reader));
    };
  }

  private List<String> choices(FormReader reader) {
    var all = new ArrayList<String>();
    for (var line : (choices == null ? "" : choices).lines().map(String::strip).toList()) {
      if (!line.isEmpty()) {
        all.add(reader.line("choices", line, 60, false));
      }
    }
    if (all.size() < 2 || all.size() > InputKind.MOST_CHOICES) {
      reader.reject("choices", "input.wrong.choices", "2", InputKind.MOST_CHOICES + "");
    } else if (all.stream().distinct().count() < all.size()) {
      reader.reject("choices", "input.wrong.choices.twice");
    }
    return all;
  }

  private static OptionalLong bound(String field, @Nullable String typed, FormReader reader) {
    var plain =
        Normalizer.normalize(typed == null ? "" : typed, Normalizer.Form.NFKC)
            .replaceAll("[\\s,]", "");
    if (plain.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!NUMBER.matcher(plain).matches()) {
      reader.reject(field, "input.wrong.number");
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(plain));
  }

  private static String typed(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static String text(OptionalLong bound) {
    return bound.isPresent() ? String.valueOf(bound.getAsLong()) : "";
  }

  /** Who may fill: the body, and each counterparty. */
  static List<Option> fillers(Particulars draft) {
    var all = new ArrayList<Option>();
    all.add(new Option(InputField.BODY + "", draft.parties().getFirst().signature()));
    draft
        .parties(Party.Kind.COUNTERPARTY)
        .forEach(party -> all.add(new Option(party.ordinal() + "", party.signature())));
    return all;
  }

  List<Field> fields(Particulars draft, Map<String, Text> wrong, Book book) {
    return List.of(
        Field.required("label", "input.label")
            .hinted("input.label.hint")
            .with(label)
            .wrong(wrong.get("label")),
        Field.required("kind", "input.kind")
            .offering(
                Arrays.stream(InputKind.Name.values())
                    .map(name -> new Option(name.name(), book.of("input.kind." + name)))
                    .toList())
            .with(kind)
            .wrong(wrong.get("kind")),
        Field.required("filler", "input.filler")
            .hinted("input.filler.hint")
            .offering(fillers(draft))
            .with(filler)
            .wrong(wrong.get("filler")),
        Field.optional("mandatory", "input.mandatory").drawn(Form.TICK).with(mandatory),
        Field.optional("least", "input.least")
            .hinted("input.least.hint")
            .drawn(Form.DAY)
            .with(least)
            .wrong(wrong.get("least")),
        Field.optional("most", "input.most")
            .hinted("input.most.hint")
            .drawn(Form.DAY)
            .with(most)
            .wrong(wrong.get("most")),
        Field.optional("choices", "input.choices")
            .hinted("input.choices.hint")
            .drawn(Form.LINES)
            .with(choices)
            .wrong(wrong.get("choices")),
        Field.optional("prefilled", "input.prefilled")
            .hinted("input.prefilled.hint")
            .with(prefilled)
            .wrong(wrong.get("prefilled")),
        number("page", "input.unit.page", page, wrong),
        number("left", "input.unit.mm", left, wrong),
        number("top", "input.unit.mm", top, wrong),
        number("width", "input.unit.mm", width, wrong),
        number("height", "input.unit.mm", height, wrong),
        number("size", "input.unit.pt", size, wrong));
  }

  private static Field number(
      String name, String unit, @Nullable String typed, Map<String, Text> wrong) {
    return Field.required(name, "input." + name)
        .drawn(new Field.Look("text", "off", "decimal", "short", unit, 6, null))
        .with(typed)
        .wrong(wrong.get(name));
  }
}
