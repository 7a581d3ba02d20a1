package jp.musubi.register;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.contract.ContractKind;
import jp.musubi.contract.Phase;
import jp.musubi.platform.web.FormReader;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The conditions as typed.
 *
 * @param typed by field, only what a field of this form holds and is not empty
 * @param missing names of {@link RegisterQuery.Missing}, and fields of items
 * @param items the body's own, of which conditions may be asked
 */
record RegisterForm(Map<String, String> typed, Set<String> missing, List<Item> items) {
  /** Names of the fields, those of items aside. */
  static final List<String> NAMES =
      List.of(
          "words",
          "fullText",
          "title",
          "counterparty",
          "number",
          "section",
          "folder",
          "tag",
          "kind",
          "phase",
          "waiting",
          "waitingDays",
          "contractDateFrom",
          "contractDateUntil",
          "concludedFrom",
          "concludedUntil",
          "periodFrom",
          "periodUntil",
          "amountFrom",
          "amountUntil",
          "pricing",
          "mark",
          "fiscalYear");

  private static final int LONGEST = 200;
  private static final int MOST_WORDS = 10;

  /** What of an address is one of these conditions. */
  static RegisterForm of(MultiValueMap<String, String> all, List<Item> items) {
    var typed = new LinkedHashMap<String, String>();
    for (var name : names(items)) {
      var value = all.getFirst(name);
      if (value != null && !value.isBlank()) {
        typed.put(name, value.length() > LONGEST ? value.substring(0, LONGEST) : value);
      }
    }
    var known = missingNames(items);
    var missing =
        all.getOrDefault("missing", List.of()).stream()
            .filter(known::contains)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return new RegisterForm(typed, missing, items);
  }

  private static List<String> names(List<Item> items) {
    var names = new ArrayList<>(NAMES);
    for (var item : items) {
      switch (item.kind()) {
        case TEXT, CHOICE -> names.add(item.field());
        case NUMBER, DATE -> {
          names.add(item.field() + "-from");
          names.add(item.field() + "-until");
        }
      }
    }
    return names;
  }

  static List<String> missingNames(List<Item> items) {
    var names = new ArrayList<String>();
    Arrays.stream(RegisterQuery.Missing.values()).map(Enum::name).forEach(names::add);
    items.stream().map(Item::field).forEach(names::add);
    return names;
  }

  /** Whether nothing is asked. */
  boolean bare() {
    return typed.isEmpty() && missing.isEmpty();
  }

  /** Whether more is asked than words. */
  boolean detailed() {
    return !missing.isEmpty()
        || typed.keySet().stream()
            .anyMatch(name -> !name.equals("words") && !name.equals("fullText"));
  }

  /** Reads it; what is wrong is noted in the reader. */
  RegisterQuery read(FormReader reader) {
    return new RegisterQuery(
        words(reader),
        "true".equals(at("fullText")),
        line(reader, "title"),
        line(reader, "counterparty"),
        line(reader, "number"),
        one("section"),
        one("folder"),
        one("tag"),
        choice("kind", ContractKind.values()),
        choice("phase", Phase.values()),
        waiting(reader),
        days(reader, "contractDateFrom", "contractDateUntil"),
        days(reader, "concludedFrom", "concludedUntil"),
        days(reader, "periodFrom", "periodUntil"),
        amounts(reader),
        choice("pricing", Pricing.values()),
        choice("mark", RegisterQuery.Mark.values()),
        fiscalYear(reader),
        Arrays.stream(RegisterQuery.Missing.values())
            .filter(each -> missing.contains(each.name()))
            .collect(Collectors.toSet()),
        items.stream()
            .filter(item -> missing.contains(item.field()))
            .map(Item::id)
            .collect(Collectors.toSet()),
        items.stream().flatMap(item -> condition(item, reader).stream()).toList());
  }

  private @Nullable String at(String name) {
    return typed.get(name);
  }

  private String line(FormReader reader, String name) {
    return reader.line(name, at(name), LONGEST, false);
  }

  private List<String> words(FormReader reader) {
    return Arrays.stream(line(reader, "words").split("[\\s\\p{Z}]+"))
        .filter(word -> !word.isEmpty())
        .limit(MOST_WORDS)
        .toList();
  }

  private Optional<UUID> one(String name) {
    try {
      return Optional.ofNullable(at(name)).map(UUID::fromString);
    } catch (IllegalArgumentException none) {
      // There is no such thing: nothing lies in it.
      return Optional.of(new UUID(0, 0));
    }
  }

  private <T extends Enum<T>> Optional<T> choice(String name, T[] all) {
    return Arrays.stream(all).filter(each -> each.name().equals(at(name))).findFirst();
  }

  private Span<LocalDate> days(FormReader reader, String from, String until) {
    return ordered(
        new Span<>(reader.day(from, at(from)), reader.day(until, at(until))), reader, until);
  }

  private Span<Long> amounts(FormReader reader) {
    var least = reader.yen("amountFrom", at("amountFrom"));
    var most = reader.yen("amountUntil", at("amountUntil"));
    return ordered(
        new Span<>(
            least.isPresent() ? Optional.of(least.getAsLong()) : Optional.empty(),
            most.isPresent() ? Optional.of(most.getAsLong()) : Optional.empty()),
        reader,
        "amountUntil");
  }

  private static <T extends Comparable<? super T>> Span<T> ordered(
      Span<T> span, FormReader reader, String until) {
    if (span.from().isPresent()
        && span.until().isPresent()
        && span.from().get().compareTo(span.until().get()) > 0) {
      reader.reject(until, "register.wrong.span");
    }
    return span;
  }

  private Optional<Waiting> waiting(FormReader reader) {
    var typed = at("waitingDays");
    var days = typed == null ? 0 : reader.number("waitingDays", typed, 0, Waiting.MOST_DAYS);
    return choice("waiting", Waiting.At.values()).map(at -> new Waiting(at, days));
  }

  private Optional<FiscalYear> fiscalYear(FormReader reader) {
    var text = at("fiscalYear");
    var year = text == null ? Optional.<FiscalYear>empty() : FiscalYear.parse(text);
    if (text != null && year.isEmpty()) {
      reader.reject("fiscalYear", "register.wrong.fiscalYear");
    }
    return year;
  }

  private Optional<RegisterQuery.ItemCondition> condition(Item item, FormReader reader) {
    var from = item.field() + "-from";
    var until = item.field() + "-until";
    return switch (item.kind()) {
      case TEXT ->
          Optional.of(line(reader, item.field()))
              .filter(words -> !words.isEmpty())
              .map(words -> new RegisterQuery.ItemCondition.Contains(item.id(), words));
      case CHOICE ->
          Optional.ofNullable(at(item.field()))
              .map(choice -> new RegisterQuery.ItemCondition.Is(item.id(), choice));
      case NUMBER ->
          Optional.of(
                  ordered(new Span<>(number(reader, from), number(reader, until)), reader, until))
              .filter(span -> !span.isOpen())
              .map(span -> new RegisterQuery.ItemCondition.NumberIn(item.id(), span));
      case DATE ->
          Optional.of(days(reader, from, until))
              .filter(span -> !span.isOpen())
              .map(span -> new RegisterQuery.ItemCondition.DayIn(item.id(), span));
    };
  }

  private Optional<BigDecimal> number(FormReader reader, String name) {
    var text = at(name);
    var number = text == null ? Optional.<BigDecimal>empty() : Item.number(text);
    if (text != null && number.isEmpty()) {
      reader.reject(name, "register.wrong.NUMBER");
    }
    return number;
  }

  /** An address that asks the same. */
  UriComponentsBuilder address(String path) {
    var address = UriComponentsBuilder.fromPath(path);
    var values = new LinkedHashMap<String, Object>(typed);
    typed.keySet().forEach(name -> address.queryParam(name, "{" + name + "}"));
    for (var name : missing) {
      address.queryParam("missing", "{missing-" + name + "}");
      values.put("missing-" + name, name);
    }
    return address.uriVariables(values).encode();
  }
}
