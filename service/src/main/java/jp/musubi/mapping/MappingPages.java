package jp.musubi.mapping;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/** The pages of mappings. */
@Component
class MappingPages {
  private static final int LINES_SHOWN = 5;
  private static final String PATH = MappingController.PATH;

  private final Book book;

  MappingPages(Book book) {
    this.book = book;
  }

  /**
   * The page on which each thing of ours is given its columns.
   *
   * @param unfit why the sample cannot be read by the rules as they stand
   * @param cautions what is no error, but should be looked at
   * @param wrong fields in which something is wrong
   */
  record Page(
      List<Crumb> crumbs,
      String target,
      @Nullable Text refusal,
      @Nullable Text unfit,
      List<Text> cautions,
      List<Field> carried,
      List<RuleForm.Row> rows,
      List<Field> wrong,
      List<Shown> preview) {}

  /** One line of the sample: theirs and ours. */
  record Shown(String line, @Nullable Text why, List<Cell> cells) {}

  /**
   * One thing of ours.
   *
   * @param theirs what stands in their columns
   * @param ours what it becomes
   */
  record Cell(String called, String theirs, String ours, @Nullable Text why) {}

  ModelAndView list(List<Mapping> open) {
    return new ModelAndView(
        "web/sheet",
        "page",
        Sheet.of(book.of("mapping.list"), crumbs())
            .led(Text.of("mapping.list.lead"))
            .doing(List.of(Sheet.Action.first("mapping.new", PATH + "/new")))
            .listing(
                List.of(
                    new Sheet.Table(
                        Text.of("mapping.list"),
                        List.of("mapping.name", "mapping.target"),
                        open.stream()
                            .map(each ->
                                List.of(
                                    Sheet.Cell.link(each.name(), PATH + "/" + each.id()),
                                    Sheet.Cell.of(book.of("mapping.target." + each.target()))))
                            .toList(),
                        "mapping.list.none"),
                    new Sheet.Table(
                        Text.of("mapping.examples"),
                        List.of("mapping.example", "mapping.target", "mapping.example.csv"),
                        Arrays.stream(Example.values())
                            .map(each ->
                                List.of(
                                    Sheet.Cell.link(
                                            book.of("mapping.example." + each),
                                            PATH + "/examples/" + each)
                                        .noted(book.of("mapping.example." + each + ".note")),
                                    Sheet.Cell.of(book.of("mapping.target." + each.target())),
                                    Sheet.Cell.link(
                                        book.of("mapping.example.csv"),
                                        PATH + "/examples/" + each + ".csv")))
                            .toList(),
                        "mapping.list.none"))));
  }

  ModelAndView mapping(Mapping mapping) {
    var path = PATH + "/" + mapping.id();
    var layout = mapping.layout();
    return new ModelAndView(
        "web/sheet",
        "page",
        Sheet.of(mapping.name(), crumbs(new Crumb(mapping.name(), path)))
            .with(
                List.of(
                    Fact.of("mapping.target", book.of("mapping.target." + mapping.target())),
                    Fact.of("mapping.encoding", book.of("mapping.encoding." + layout.encoding())),
                    Fact.of(
                        "mapping.separator", book.of("mapping.separator." + layout.separator())),
                    Fact.of("mapping.skipped", layout.skipped() + ""),
                    Fact.of(
                        "mapping.headed",
                        book.of(layout.headed() ? "mapping.headed.yes" : "mapping.headed.no"))))
            .doing(
                List.of(
                    Sheet.Action.first("mapping.change", path + "/change"),
                    Sheet.Action.press("mapping.end", path + "/end", Map.of())))
            .listing(
                List.of(
                    new Sheet.Table(
                        Text.of("mapping.rules"),
                        List.of("mapping.ours", "mapping.theirs", "mapping.reading"),
                        mapping.target().wanted().stream()
                            .filter(mapping.rules()::containsKey)
                            .map(each -> rule(each, mapping.rules().get(each)))
                            .toList(),
                        "mapping.list.none"))));
  }

  private List<Sheet.Cell> rule(Wanted wanted, @Nullable Rule rule) {
    if (rule == null) {
      return List.of();
    }
    return List.of(
        Sheet.Cell.of(wanted.heading()),
        Sheet.Cell.of(
            rule.columns().isEmpty()
                ? book.of("mapping.fixed.of", rule.fixed())
                : String.join("＋", Mapped.names(rule))),
        Sheet.Cell.of(
                rule.columns().isEmpty() ? "" : book.of("mapping.reading." + rule.conversion()))
            .noted(rule.codes().isEmpty() ? null : rule.codesAsTyped().strip().replace("\n", "、")));
  }

  /** The first page: the file, and how it is written. */
  ModelAndView begin(
      MappingForm typed, Map<String, Text> wrong, @Nullable Text refusal, HttpStatus status) {
    var heading = typed.changes().isPresent() ? "mapping.change" : "mapping.new";
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    book.of(heading),
                    crumbs(book.crumb(heading, PATH + "/new")),
                    PATH + "/sample",
                    typed.fields(wrong, book),
                    "mapping.begin.submit",
                    PATH)
                .led(Text.of("mapping.begin.lead"))
                .refused(refusal));
    page.setStatus(status);
    return page;
  }

  /** The second page, of an example. */
  ModelAndView fields(Example example) {
    var layout = example.layout();
    var list =
        switch (ForeignList.read(
            example.csv().getBytes(StandardCharsets.UTF_8), layout, Sample.LINES)) {
          case ForeignList.Reading.Read(var read) -> read;
          case ForeignList.Reading.Unfit(var why) -> throw new IllegalStateException(why.key());
        };
    var typed =
        MappingForm.of(
                new Mapping(
                    new java.util.UUID(0, 0),
                    book.of("mapping.example." + example),
                    example.target(),
                    layout,
                    Map.of(),
                    0))
            .fresh(Sample.written(list));
    return fields(
        typed, example.target(), list, RuleForm.of(example.rules()), Map.of(), null, HttpStatus.OK);
  }

  /** The second page: each thing of ours with its columns, and what comes of the sample. */
  ModelAndView fields(
      MappingForm typed,
      Target target,
      ForeignList sample,
      RuleForm form,
      Map<String, Text> wrong,
      @Nullable Text refusal,
      HttpStatus status) {
    var rules = form.read(target, new FormReader());
    var rows = form.rows(target, sample, wrong, book);
    var preview = new ArrayList<Shown>();
    Text unfit = null;
    switch (Mapped.of(sample, rules)) {
      case Mapped.Reading.Unfit(var why) -> unfit = why;
      case Mapped.Reading.Read(var list) ->
          list.rows().stream()
              .limit(LINES_SHOWN)
              .forEach(row -> preview.add(shown(row, rules, sample)));
    }
    var page =
        new ModelAndView(
            "mapping/fields",
            "page",
            new Page(
                crumbs(book.crumb("mapping.fields", PATH + "/new")),
                book.of("mapping.target." + target),
                refusal,
                unfit,
                cautions(rules),
                typed.carried(),
                rows,
                rows.stream()
                    .flatMap(row ->
                        row.fields().stream()
                            .filter(field -> field.error() != null)
                            .map(field -> called(field, row.heading())))
                    .toList(),
                preview));
    page.setStatus(status);
    return page;
  }

  private Shown shown(Mapped.Row row, Map<Wanted, Rule> rules, ForeignList sample) {
    var line =
        sample.lines().stream()
            .filter(each -> each.number() == row.line())
            .findFirst()
            .orElseThrow();
    var cells = new ArrayList<Cell>();
    for (var wanted : Wanted.values()) {
      var rule = rules.get(wanted);
      if (rule != null) {
        var called = Mapped.called(wanted, rule);
        cells.add(
            new Cell(
                called,
                Mapped.theirs(rule, line.cells(), sample.headings()),
                row.value(wanted),
                row.findings().stream()
                    .filter(finding -> finding.column().equals(called))
                    .map(Mapped.Finding::why)
                    .findFirst()
                    .orElse(null)));
      }
    }
    return new Shown(
        row.line() + "",
        row.findings().stream()
            .filter(finding -> finding.column().isEmpty())
            .map(Mapped.Finding::why)
            .findFirst()
            .orElse(null),
        cells);
  }

  /** For the summary, where a field stands without its group. */
  private static Field called(Field field, String group) {
    return new Field(
        field.name(),
        field.label(),
        group,
        field.required(),
        field.value(),
        field.hint(),
        field.error(),
        field.look(),
        field.options());
  }

  private static List<Text> cautions(Map<Wanted, Rule> rules) {
    var cautions = new ArrayList<Text>();
    var amount = rules.get(Wanted.AMOUNT);
    if (amount != null) {
      Mapped.names(amount).stream()
          .filter(Likeness::isOtherSum)
          .findFirst()
          .ifPresent(name -> cautions.add(Text.of("mapping.caution.sum", name)));
    }
    return cautions;
  }

  private List<Crumb> crumbs(Crumb... further) {
    var crumbs = new ArrayList<Crumb>();
    crumbs.add(book.crumb("contract.crumb.home", "/"));
    crumbs.add(book.crumb("settings.title", "/settings"));
    crumbs.add(book.crumb("mapping.list", PATH));
    crumbs.addAll(Arrays.asList(further));
    return crumbs;
  }
}
