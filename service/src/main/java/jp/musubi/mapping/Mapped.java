package jp.musubi.mapping;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;

/**
 * 読み替えた一覧. Their list in our words; pure.
 *
 * @param rows in the order of the file, those with findings, too
 */
public record Mapped(List<Row> rows) {
  /** Keeps its own copy. */
  public Mapped {
    rows = List.copyOf(rows);
  }

  /**
   * A line.
   *
   * @param values ours; what could not be read, and what is empty, is not there
   * @param theirs cells by headings that are unique, for boxes that the mapping knows nothing of
   * @param findings what is wrong with it
   */
  public record Row(
      int line, Map<Wanted, String> values, Map<String, String> theirs, List<Finding> findings) {
    /** Keeps its own copies. */
    public Row {
      values = Map.copyOf(values);
      theirs = Map.copyOf(theirs);
      findings = List.copyOf(findings);
    }

    /** What stands there; empty when nothing does. */
    public String value(Wanted wanted) {
      return values.getOrDefault(wanted, "");
    }
  }

  /**
   * What is wrong with a cell.
   *
   * @param column ours and theirs, as a person reads them
   * @param value what stood there
   */
  public record Finding(int line, String column, Text why, String value) {}

  /** What came of a list. */
  public sealed interface Reading {
    /** It is read, line for line. */
    record Read(Mapped list) implements Reading {}

    /** It is not the list that the mapping knows. */
    record Unfit(Text why) implements Reading {}
  }

  /** Reads a whole file by a mapping. */
  public static Reading read(byte[] file, Mapping mapping, int most) {
    return switch (ForeignList.read(file, mapping.layout(), most)) {
      case ForeignList.Reading.Unfit(var why) -> new Reading.Unfit(why);
      case ForeignList.Reading.Read(var list) when list.lines().isEmpty() ->
          new Reading.Unfit(Text.of("mapping.unfit.empty"));
      case ForeignList.Reading.Read(var list) -> of(list, mapping.rules());
    };
  }

  /** Reads a list by rules. */
  static Reading of(ForeignList list, Map<Wanted, Rule> rules) {
    var places = new HashMap<Column, Integer>();
    var missing = new LinkedHashSet<String>();
    var twice = new LinkedHashSet<String>();
    for (var rule : rules.values()) {
      for (var column : rule.columns()) {
        switch (column) {
          case Column.Named(var heading) -> {
            var at = list.headings().indexOf(heading);
            if (at < 0) {
              missing.add(heading);
            } else if (list.headings().lastIndexOf(heading) != at) {
              twice.add(heading);
            } else {
              places.put(column, at);
            }
          }
          case Column.Numbered(var number) -> {
            if (number > list.headings().size()) {
              missing.add(number + "列目");
            } else {
              places.put(column, number - 1);
            }
          }
        }
      }
    }
    if (!missing.isEmpty()) {
      return new Reading.Unfit(
          Text.of("mapping.unfit.missing", String.join("、", missing.stream().sorted().toList())));
    }
    if (!twice.isEmpty()) {
      return new Reading.Unfit(
          Text.of("mapping.unfit.twice", String.join("、", twice.stream().sorted().toList())));
    }
    var unique = unique(list.headings());
    return new Reading.Read(
        new Mapped(
            list.lines().stream()
                .map(line -> row(line, list.headings().size(), rules, places, unique))
                .toList()));
  }

  private static Map<String, Integer> unique(List<String> headings) {
    var unique = new HashMap<String, Integer>();
    for (var i = 0; i < headings.size(); i++) {
      var heading = headings.get(i);
      if (!heading.isEmpty() && headings.lastIndexOf(heading) == headings.indexOf(heading)) {
        unique.put(heading, i);
      }
    }
    return unique;
  }

  private static Row row(
      ForeignList.Line line,
      int columns,
      Map<Wanted, Rule> rules,
      Map<Column, Integer> places,
      Map<String, Integer> unique) {
    var cells = line.cells();
    // Some systems end every line with a separator: empty cells behind the last column say nothing.
    if (cells.size() < columns || cells.stream().skip(columns).anyMatch(cell -> !cell.isEmpty())) {
      return new Row(
          line.number(),
          Map.of(),
          Map.of(),
          List.of(
              new Finding(
                  line.number(),
                  "",
                  Text.of("mapping.unfit.cells", cells.size() + "", columns + ""),
                  "")));
    }
    var values = new EnumMap<Wanted, String>(Wanted.class);
    var findings = new ArrayList<Finding>();
    new EnumMap<>(rules)
        .forEach((wanted, rule) -> {
          var theirs = theirs(rule, cells, places);
          var why = unfit(wanted, rule, theirs, values);
          why.ifPresent(
              text -> findings.add(new Finding(line.number(), called(wanted, rule), text, theirs)));
        });
    var others = new HashMap<String, String>();
    unique.forEach((heading, at) -> others.put(heading, cells.get(at)));
    return new Row(line.number(), values, others, findings);
  }

  private static String theirs(Rule rule, List<String> cells, Map<Column, Integer> places) {
    if (rule.columns().isEmpty()) {
      return rule.fixed();
    }
    return String.join(
        rule.spaced() ? " " : "",
        rule.columns().stream()
            .map(column -> cells.get(Objects.requireNonNull(places.get(column))))
            .filter(cell -> !cell.isEmpty())
            .toList());
  }

  /** Why a text cannot become ours; where it can, it is put among the values. */
  private static Optional<Text> unfit(
      Wanted wanted, Rule rule, String theirs, Map<Wanted, String> values) {
    // Characters that only their house has a shape for: here they would be boxes.
    if (theirs.codePoints().anyMatch(point -> Character.getType(point) == Character.PRIVATE_USE)) {
      return Optional.of(Text.of("mapping.unfit.gaiji"));
    }
    var reader = new FormReader();
    var text =
        wanted == Wanted.NOTES
            ? reader.lines("cell", theirs, wanted.most(), false)
            : reader.line("cell", theirs, wanted.most(), false);
    var wrong = reader.wrong().get("cell");
    if (wrong != null) {
      return Optional.of(wrong);
    }
    return switch (rule.conversion().read(text, rule.codes())) {
      case Conversion.Outcome.Unfit(var why) -> Optional.of(why);
      case Conversion.Outcome.Read(var ours) -> {
        if (!ours.isEmpty()) {
          values.put(wanted, ours);
        }
        yield Optional.empty();
      }
    };
  }

  /** Ours and theirs in one: 契約金額（落札金額）. */
  static String called(Wanted wanted, Rule rule) {
    var theirs = names(rule);
    return theirs.isEmpty() || theirs.equals(List.of(wanted.heading()))
        ? wanted.heading()
        : wanted.heading() + "（" + String.join("＋", theirs) + "）";
  }

  /** Their columns as a person calls them. */
  static List<String> names(Rule rule) {
    return rule.columns().stream()
        .map(column ->
            switch (column) {
              case Column.Named(var heading) -> heading;
              case Column.Numbered(var number) -> number + "列目";
            })
        .toList();
  }

  /** What stands in the columns of a rule, whole lines or not. */
  static String theirs(Rule rule, List<String> cells, List<String> headings) {
    var places = new HashMap<Column, Integer>();
    for (var column : rule.columns()) {
      places.put(
          column,
          switch (column) {
            case Column.Named(var heading) -> headings.indexOf(heading);
            case Column.Numbered(var number) -> number - 1;
          });
    }
    return places.values().stream().allMatch(at -> at >= 0 && at < cells.size())
        ? theirs(rule, cells, places)
        : "";
  }
}
