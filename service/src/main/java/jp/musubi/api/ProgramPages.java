package jp.musubi.api;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.organisation.Organisations;
import jp.musubi.organisation.SectionRegister;
import jp.musubi.platform.AddressRange;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;

/** 連携プログラムの画面, put together. */
@Component
class ProgramPages {
  /** Where they are. */
  static final String HOME = "/settings/programs";

  /** For how many hours an old key may go on beside the new one. */
  static final List<Integer> OVERLAPS = List.of(0, 1, 24, 72);

  private final Programs programs;
  private final SectionRegister sections;
  private final Organisations organisations;
  private final Book book;
  private final Clock clock;

  ProgramPages(
      Programs programs,
      SectionRegister sections,
      Organisations organisations,
      Book book,
      Clock clock) {
    this.programs = programs;
    this.sections = sections;
    this.organisations = organisations;
    this.book = book;
    this.clock = clock;
  }

  Sheet list() {
    var now = clock.instant();
    return Sheet.of(book.of("program.list"), crumbs())
        .led(Text.of("program.lead"))
        .doing(
            List.of(
                Sheet.Action.first("program.new", HOME + "/new"),
                Sheet.Action.link("program.openapi", OpenApiController.PATH)))
        .listing(
            List.of(
                new Sheet.Table(
                    Text.of("program.list"),
                    List.of(
                        "program.name",
                        "program.may",
                        "program.responsible",
                        "program.lastUsed",
                        "program.state"),
                    programs.all().stream().map(each -> row(each, now)).toList(),
                    "program.none")));
  }

  private List<Sheet.Cell> row(Program program, Instant now) {
    return List.of(
        Sheet.Cell.link(program.name(), path(program)),
        Sheet.Cell.of(book.of("program.may." + (program.handles() ? "HANDLE" : "READ")))
            .noted(section(program)),
        Sheet.Cell.of(programs.staffName(program.responsible())),
        Sheet.Cell.of(lastUsed(program)).noted(program.lastUsedFrom().orElse(null)),
        Sheet.Cell.of(book.of("program.state." + program.at(now))));
  }

  Sheet one(Program program) {
    var now = clock.instant();
    var standing = program.at(now);
    var facts = new ArrayList<Fact>();
    facts.add(Fact.of("program.state", book.of("program.state." + standing)));
    facts.add(Fact.of("program.responsible", programs.staffName(program.responsible())));
    facts.add(
        Fact.of("program.may", book.of("program.may." + (program.handles() ? "HANDLE" : "READ"))));
    facts.add(Fact.of("program.section", section(program)));
    facts.add(
        Fact.of(
            "program.ranges",
            program.ranges().isEmpty()
                ? book.of("program.ranges.any")
                : program.ranges().stream()
                    .map(AddressRange::text)
                    .collect(Collectors.joining("、"))));
    program
        .expiresAt()
        .ifPresent(end -> facts.add(Fact.of("program.expires", JapaneseDates.time(end))));
    facts.add(Fact.of("program.created", JapaneseDates.time(program.createdAt())));
    facts.add(new Fact("program.lastUsed", lastUsed(program), program.lastUsedFrom().orElse(null)));
    program
        .endedAt()
        .ifPresent(end -> facts.add(Fact.of("program.ended", JapaneseDates.time(end))));
    return Sheet.of(program.name(), crumbs(new Crumb(program.name(), path(program))))
        .with(facts)
        .doing(
            standing == Program.Standing.ENDED
                ? List.of()
                : List.of(
                    Sheet.Action.link("program.key", path(program) + "/key"),
                    Sheet.Action.link("program.end", path(program) + "/end")));
  }

  Form registering(ProgramForm typed, String key, Map<String, Text> wrong) {
    var places = new ArrayList<Option>();
    places.add(new Option("", book.of("program.section.all")));
    places.addAll(sections());
    return Form.of(
            book.of("program.new"),
            crumbs(book.crumb("program.new", HOME + "/new")),
            HOME + "/new",
            List.of(
                Field.required("idempotencyKey", "program.name").drawn(Form.HIDDEN).with(key),
                Field.required("name", "program.name")
                    .hinted("program.name.hint")
                    .with(typed.name())
                    .wrong(wrong.get("name")),
                Field.required("login", "program.login")
                    .hinted("program.login.hint")
                    .with(typed.login())
                    .wrong(wrong.get("login")),
                Field.required("may", "program.may")
                    .hinted("program.may.hint")
                    .offering(
                        List.of(
                            new Option("READ", book.of("program.may.READ")),
                            new Option("HANDLE", book.of("program.may.HANDLE"))))
                    .with(typed.may())
                    .wrong(wrong.get("may")),
                Field.optional("section", "program.section")
                    .hinted("program.section.hint")
                    .offering(places)
                    .with(typed.section())
                    .wrong(wrong.get("section")),
                Field.optional("ranges", "program.ranges")
                    .hinted("program.ranges.hint")
                    .drawn(Form.LINES)
                    .with(typed.ranges())
                    .wrong(wrong.get("ranges")),
                Field.required("lastDay", "program.lastDay")
                    .hinted("program.lastDay.hint")
                    .drawn(Form.DAY)
                    .with(typed.lastDay())
                    .wrong(wrong.get("lastDay"))),
            "program.new.submit",
            HOME)
        .led(Text.of("program.new.lead"));
  }

  Form rotating(Program program, String hours, String key, Map<String, Text> wrong) {
    var path = path(program);
    return Form.of(
            book.of("program.key"),
            crumbs(
                new Crumb(program.name(), path), new Crumb(book.of("program.key"), path + "/key")),
            path + "/key",
            List.of(
                Field.required("idempotencyKey", "program.name").drawn(Form.HIDDEN).with(key),
                Field.required("overlap", "program.overlap")
                    .hinted("program.overlap.hint")
                    .offering(
                        OVERLAPS.stream()
                            .map(each ->
                                new Option(
                                    String.valueOf(each), book.of("program.overlap." + each)))
                            .toList())
                    .with(hours)
                    .wrong(wrong.get("overlap"))),
            "program.key.submit",
            path)
        .led(Text.of("program.key.lead"));
  }

  Form ending(Program program) {
    var path = path(program);
    return Form.of(
            book.of("program.end"),
            crumbs(
                new Crumb(program.name(), path), new Crumb(book.of("program.end"), path + "/end")),
            path + "/end",
            List.of(),
            "program.end.submit",
            path)
        .led(Text.of("program.end.lead", program.name()));
  }

  /** The open sections, deeper ones further in. */
  List<Option> sections() {
    return sections.tree(organisations.today()).inOrder().stream()
        .map(placed ->
            new Option(
                placed.term().section().toString(),
                "　".repeat(placed.depth()) + placed.term().name()))
        .toList();
  }

  List<Crumb> crumbs(Crumb... more) {
    var all = new ArrayList<Crumb>();
    all.add(book.crumb("people.crumb.home", "/"));
    all.add(book.crumb("settings.title", "/settings"));
    all.add(book.crumb("program.list", HOME));
    all.addAll(List.of(more));
    return List.copyOf(all);
  }

  static String path(Program program) {
    return path(program.id());
  }

  private static String path(UUID program) {
    return HOME + "/" + program;
  }

  private String section(Program program) {
    var section = program.section();
    return section == null
        ? book.of("program.section.all")
        : organisations.section(section).map(each -> each.name()).orElse("");
  }

  private String lastUsed(Program program) {
    return program
        .lastUsedAt()
        .map(JapaneseDates::time)
        .orElseGet(() -> book.of("program.lastUsed.never"));
  }
}
