package jp.musubi.mapping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;

/**
 * 対応の入力. For each thing of ours the columns and how they are read, as typed.
 *
 * @param typed the form's parameters
 */
record RuleForm(Map<String, String> typed) {
  private static final int MOST_CODES = 200;
  private static final int LONGEST_EXAMPLE = 12;
  private static final Field.Look TABLE =
      new Field.Look("lines", "off", null, null, null, 10_000, null);

  /** Keeps its own copy. */
  RuleForm {
    typed = Map.copyOf(typed);
  }

  /** The fields for one thing of ours. */
  record Row(
      String heading,
      boolean required,
      boolean open,
      Field column,
      Field second,
      Field spaced,
      Field fixed,
      Field reading,
      Field codes) {
    /** All of them, for the summary of what is wrong. */
    List<Field> fields() {
      return List.of(column, second, spaced, fixed, reading, codes);
    }
  }

  /** What somebody would have typed for these rules. */
  static RuleForm of(Map<Wanted, Rule> rules) {
    var typed = new LinkedHashMap<String, String>();
    rules.forEach((wanted, rule) -> {
      var columns = rule.columns();
      typed.put("column-" + wanted, columns.isEmpty() ? "" : columns.getFirst().key());
      typed.put("second-" + wanted, columns.size() < 2 ? "" : columns.get(1).key());
      typed.put("spaced-" + wanted, rule.spaced() ? "true" : "");
      typed.put("fixed-" + wanted, rule.fixed());
      typed.put("reading-" + wanted, rule.conversion().name());
      typed.put("codes-" + wanted, rule.codesAsTyped());
    });
    return new RuleForm(typed);
  }

  private String value(String name, Wanted wanted) {
    return typed.getOrDefault(name + "-" + wanted, "").strip();
  }

  /** The rules; what is wrong is noted. */
  Map<Wanted, Rule> read(Target target, FormReader reader) {
    var rules = new EnumMap<Wanted, Rule>(Wanted.class);
    for (var wanted : target.wanted()) {
      var columns = new ArrayList<Column>();
      column("column", wanted, columns, reader);
      column("second", wanted, columns, reader);
      var fixed =
          reader.line(
              "fixed-" + wanted, value("fixed", wanted), Math.min(wanted.most(), 200), false);
      if (!fixed.isEmpty() && !columns.isEmpty()) {
        reader.reject("fixed-" + wanted, "mapping.wrong.fixed");
      }
      var conversion = conversion(wanted);
      var codes = codes(wanted, reader);
      var rule =
          new Rule(
              columns,
              value("spaced", wanted).equals("true"),
              fixed,
              columns.isEmpty() ? Conversion.TEXT : conversion,
              conversion == Conversion.CODES ? codes : Map.of());
      if (!rule.isEmpty()) {
        if (rule.conversion() == Conversion.CODES && codes.isEmpty()) {
          reader.reject("codes-" + wanted, "mapping.wrong.noCodes");
        }
        rules.put(wanted, rule);
      }
    }
    return rules;
  }

  private void column(String name, Wanted wanted, List<Column> columns, FormReader reader) {
    var key = value(name, wanted);
    if (!key.isEmpty()) {
      Column.parse(key)
          .ifPresentOrElse(
              columns::add, () -> reader.reject(name + "-" + wanted, "mapping.wrong.column"));
    }
  }

  private Conversion conversion(Wanted wanted) {
    return Arrays.stream(Conversion.values())
        .filter(each -> each.name().equals(value("reading", wanted)))
        .findFirst()
        .orElse(wanted.natural());
  }

  private Map<String, String> codes(Wanted wanted, FormReader reader) {
    var codes = new LinkedHashMap<String, String>();
    var field = "codes-" + wanted;
    for (var line : value("codes", wanted).lines().filter(each -> !each.isBlank()).toList()) {
      var parts = line.split("[=＝]", 2);
      if (parts.length < 2 || parts[0].isBlank() || parts[1].isBlank()) {
        reader.reject(field, "mapping.wrong.codes", line.strip());
      } else if (codes.put(parts[0].strip(), parts[1].strip()) != null) {
        reader.reject(field, "mapping.wrong.codeTwice", parts[0].strip());
      }
    }
    if (codes.size() > MOST_CODES) {
      reader.reject(field, "mapping.wrong.manyCodes", MOST_CODES + "");
    }
    return codes;
  }

  /** The fields, with their choices taken from a sample. */
  List<Row> rows(Target target, ForeignList sample, Map<String, Text> wrong, Book book) {
    var columns = columns(sample, book);
    var readings =
        Arrays.stream(Conversion.values())
            .map(each -> new Option(each.name(), book.of("mapping.reading." + each)))
            .toList();
    return target.wanted().stream().map(each -> row(each, columns, readings, wrong)).toList();
  }

  private Row row(
      Wanted wanted, List<Option> columns, List<Option> readings, Map<String, Text> wrong) {
    var reading = conversion(wanted);
    var row =
        new Row(
            wanted.heading(),
            wanted.required(),
            false,
            field("column", wanted, wrong).offering(columns),
            field("second", wanted, wrong).offering(columns),
            field("spaced", wanted, wrong).drawn(Form.TICK),
            field("fixed", wanted, wrong).hinted("mapping.fixed.hint"),
            field("reading", wanted, wrong).offering(readings).with(reading.name()),
            field("codes", wanted, wrong).drawn(TABLE).hinted("mapping.codes.hint"));
    var open =
        !row.second().value().isEmpty()
            || !row.fixed().value().isEmpty()
            || !row.codes().value().isEmpty()
            || reading != wanted.natural()
            || row.fields().stream().anyMatch(field -> field.error() != null);
    return new Row(
        row.heading(),
        row.required(),
        open,
        row.column(),
        row.second(),
        row.spaced(),
        row.fixed(),
        row.reading(),
        row.codes());
  }

  private Field field(String name, Wanted wanted, Map<String, Text> wrong) {
    var field = name + "-" + wanted;
    return Field.optional(field, "mapping." + name)
        .with(value(name, wanted))
        .wrong(wrong.get(field));
  }

  private static List<Option> columns(ForeignList sample, Book book) {
    var options = new ArrayList<Option>();
    options.add(new Option("", book.of("mapping.column.none")));
    for (var i = 0; i < sample.headings().size(); i++) {
      var heading = sample.headings().get(i);
      var column = Likeness.column(sample.headings(), i);
      var at = i;
      var example =
          sample.lines().stream()
              .map(line -> at < line.cells().size() ? line.cells().get(at) : "")
              .filter(cell -> !cell.isEmpty())
              .findFirst()
              .orElse("");
      options.add(
          new Option(
              column.key(),
              book.of(
                  column instanceof Column.Named
                      ? "mapping.column.named"
                      : "mapping.column.numbered",
                  shortened(heading),
                  String.valueOf(i + 1),
                  shortened(example))));
    }
    return options;
  }

  private static String shortened(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST_EXAMPLE
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST_EXAMPLE)) + "…";
  }
}
