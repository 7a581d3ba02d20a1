package jp.musubi.staff.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Recorded;
import jp.musubi.authority.Role;
import jp.musubi.organisation.Organisations;
import jp.musubi.organisation.SectionRegister;
import jp.musubi.organisation.SectionTerm;
import jp.musubi.organisation.SectionTree;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.Posts;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 所属: the tree as it is, what is planned, what was; and its changes. */
@Controller
class SectionController {
  private final SectionRegister register;
  private final Organisations organisations;
  private final Posts posts;
  private final Book book;

  SectionController(SectionRegister register, Organisations organisations, Posts posts, Book book) {
    this.register = register;
    this.organisations = organisations;
    this.posts = posts;
    this.book = book;
  }

  /** A section as typed. */
  record Typed(
      @Nullable String code,
      @Nullable String name,
      @Nullable String parent,
      @Nullable String phone,
      @Nullable String mail,
      @Nullable String from) {}

  @GetMapping("/sections")
  @Needs(Act.SEE_SECTIONS)
  ModelAndView list(@CurrentStaff StaffMember reader) {
    var today = organisations.today();
    var terms = register.terms();
    var tree = SectionTree.on(today, terms);
    var codes = register.codes();
    return People.sheet(
        Sheet.of(book.of("section.list"), List.of(People.home(book), sections()))
            .led(Text.of("section.list.lead"))
            .doing(
                reader.may(Role.BODY_ADMIN)
                    ? List.of(
                        Sheet.Action.first("section.new", "/sections/new"),
                        Sheet.Action.link("section.lists", "/sections/lists"))
                    : List.of())
            .listing(
                List.of(
                    new Sheet.Table(
                        Text.of("section.today", JapaneseDates.date(today)),
                        List.of("section.name", "section.code", "section.phone", "section.mail"),
                        tree.inOrder().stream().map(placed -> row(placed, codes)).toList(),
                        "section.none"),
                    new Sheet.Table(
                        Text.of("section.planned"),
                        List.of("section.name", "section.from", "section.parent"),
                        terms.stream()
                            .filter(term -> term.from().isAfter(today))
                            .sorted(Comparator.comparing(SectionTerm::from))
                            .map(term -> planned(term, terms))
                            .toList(),
                        "section.planned.none"))));
  }

  @Recorded(by = Recorded.By.NOBODY, because = "an empty form")
  @GetMapping("/sections/new")
  @Needs(Act.CHANGE_SECTIONS)
  ModelAndView begin() {
    return form(
        Optional.empty(),
        new Typed(null, null, null, null, null, JapaneseDates.era(organisations.today())),
        Map.of(),
        null,
        HttpStatus.OK);
  }

  @PostMapping("/sections")
  @Needs(Act.CHANGE_SECTIONS)
  ModelAndView open(
      @CurrentStaff StaffMember admin,
      @ModelAttribute Typed typed,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var code = reader.line("code", typed.code(), 40, true);
    var shape = shape(reader, typed);
    var from = People.day(reader, "from", typed.from(), organisations.today());
    if (!reader.wrong().isEmpty()) {
      return form(Optional.empty(), typed, reader.wrong(), null, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return switch (register.open(code, shape, from, admin.actor(), request.getRemoteAddr())) {
      case SectionRegister.Opened.Done(var id) -> {
        flash.addFlashAttribute("done", "section.opened");
        yield new ModelAndView("redirect:/sections/" + id);
      }
      case SectionRegister.Opened.Refused(var reason) ->
          form(Optional.empty(), typed, Map.of(), People.words(reason), HttpStatus.CONFLICT);
    };
  }

  @GetMapping("/sections/{id}")
  @Needs(Act.SEE_SECTIONS)
  ModelAndView show(@PathVariable UUID id, @CurrentStaff StaffMember reader) {
    return People.sheet(page(id, reader));
  }

  @GetMapping("/sections/{id}/change")
  @Needs(Act.CHANGE_SECTIONS)
  ModelAndView edit(@PathVariable UUID id) {
    var term = current(id);
    return form(
        Optional.of(id),
        new Typed(
            null,
            term.name(),
            term.parent() == null ? null : term.parent().toString(),
            term.phone(),
            term.mail(),
            JapaneseDates.era(organisations.today())),
        Map.of(),
        null,
        HttpStatus.OK);
  }

  @PostMapping("/sections/{id}/change")
  @Needs(Act.CHANGE_SECTIONS)
  ModelAndView change(
      @PathVariable UUID id,
      @CurrentStaff StaffMember admin,
      @ModelAttribute Typed typed,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var shape = shape(reader, typed);
    var from = People.day(reader, "from", typed.from(), organisations.today());
    if (!reader.wrong().isEmpty()) {
      return form(Optional.of(id), typed, reader.wrong(), null, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    var refusal = register.change(id, shape, from, admin.actor(), request.getRemoteAddr());
    if (refusal.isPresent()) {
      return form(
          Optional.of(id), typed, Map.of(), People.words(refusal.get()), HttpStatus.CONFLICT);
    }
    flash.addFlashAttribute("done", "section.changed");
    return new ModelAndView("redirect:/sections/" + id);
  }

  @GetMapping("/sections/{id}/closure")
  @Needs(Act.CHANGE_SECTIONS)
  ModelAndView askClosure(@PathVariable UUID id) {
    return closure(id, null, JapaneseDates.era(organisations.today()), Map.of(), null);
  }

  @PostMapping("/sections/{id}/closure")
  @Needs(Act.CHANGE_SECTIONS)
  ModelAndView close(
      @PathVariable UUID id,
      @CurrentStaff StaffMember admin,
      @RequestParam(required = false) @Nullable String successor,
      @RequestParam(required = false) @Nullable String on,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var day = People.day(reader, "on", on, organisations.today());
    var heir = People.chosen(successor);
    if (heir.isEmpty()) {
      reader.reject("successor", "people.wrong.choose");
    }
    if (!reader.wrong().isEmpty()) {
      return closure(id, successor, on, reader.wrong(), null);
    }
    var refusal =
        register.close(id, heir.orElseThrow(), day, admin.actor(), request.getRemoteAddr());
    if (refusal.isPresent()) {
      return closure(id, successor, on, Map.of(), People.words(refusal.get()));
    }
    flash.addFlashAttribute("done", "section.closed");
    return new ModelAndView("redirect:/sections/" + id);
  }

  private Sheet page(UUID id, StaffMember reader) {
    var today = organisations.today();
    var terms = register.terms();
    var mine = terms.stream().filter(term -> term.section().equals(id)).toList();
    if (mine.isEmpty()) {
      throw new NotFound("section " + id);
    }
    var open = mine.stream().anyMatch(term -> term.holdsOn(today));
    var name = organisations.section(id).orElseThrow().name();
    var facts = new ArrayList<Fact>();
    facts.add(Fact.of("section.code", register.code(id)));
    var actions = new ArrayList<Sheet.Action>();
    if (reader.may(Role.BODY_ADMIN) && open) {
      actions.add(Sheet.Action.first("section.change", "/sections/" + id + "/change"));
      actions.add(Sheet.Action.link("post.new", "/sections/" + id + "/posts/new"));
      actions.add(Sheet.Action.link("section.close", "/sections/" + id + "/closure"));
    }
    return Sheet.of(
            name, List.of(People.home(book), sections(), new Crumb(name, "/sections/" + id)))
        .warning(open ? null : Text.of("section.isClosed"))
        .with(facts)
        .doing(actions)
        .listing(
            List.of(
                new Sheet.Table(
                    Text.of("section.history"),
                    List.of("section.name", "section.from", "section.until", "section.parent"),
                    mine.stream().map(term -> history(term, terms)).toList(),
                    "section.none"),
                new Sheet.Table(
                    Text.of("post.list"),
                    List.of("post.title", "post.holder", "post.carries"),
                    posts.of(id).stream().map(this::post).toList(),
                    "post.none")));
  }

  private static List<Sheet.Cell> row(SectionTree.Placed placed, Map<UUID, String> codes) {
    var term = placed.term();
    return List.of(
        Sheet.Cell.link("　".repeat(placed.depth()) + term.name(), "/sections/" + term.section()),
        Sheet.Cell.of(codes.getOrDefault(term.section(), "")),
        Sheet.Cell.of(term.phone() == null ? "" : term.phone()),
        Sheet.Cell.of(term.mail() == null ? "" : term.mail()));
  }

  private List<Sheet.Cell> planned(SectionTerm term, List<SectionTerm> terms) {
    return List.of(
        Sheet.Cell.link(term.name(), "/sections/" + term.section()),
        Sheet.Cell.of(JapaneseDates.date(term.from())),
        Sheet.Cell.of(above(term, terms)));
  }

  private List<Sheet.Cell> history(SectionTerm term, List<SectionTerm> terms) {
    var until = term.until();
    return List.of(
        Sheet.Cell.of(term.name()),
        Sheet.Cell.of(JapaneseDates.date(term.from())),
        Sheet.Cell.of(
            until == null ? book.of("people.open") : JapaneseDates.date(until.minusDays(1))),
        Sheet.Cell.of(above(term, terms)));
  }

  private List<Sheet.Cell> post(Posts.Post post) {
    return List.of(
        Sheet.Cell.link(post.title(), "/posts/" + post.id()),
        Sheet.Cell.of(
            post.holder().map(Posts.Holding::name).orElseGet(() -> book.of("post.vacant"))),
        Sheet.Cell.of(
            String.join(
                "・", post.carries().stream().map(role -> book.of("role." + role)).toList())));
  }

  private String above(SectionTerm term, List<SectionTerm> terms) {
    return term.parent() == null
        ? book.of("section.top")
        : SectionTree.on(term.from(), terms).fullName(term.parent());
  }

  private SectionTerm current(UUID id) {
    return register
        .tree(organisations.today())
        .find(id)
        .orElseThrow(() -> new NotFound("section " + id));
  }

  private static SectionRegister.Shape shape(FormReader reader, Typed typed) {
    var mail = typed.mail();
    var phone = reader.line("phone", typed.phone(), 30, false);
    return new SectionRegister.Shape(
        reader.line("name", typed.name(), 100, true),
        People.chosen(typed.parent()).orElse(null),
        phone.isEmpty() ? null : phone,
        mail == null || mail.isBlank() ? null : reader.mail("mail", mail));
  }

  private ModelAndView form(
      Optional<UUID> id,
      Typed typed,
      Map<String, Text> wrong,
      @Nullable Text refusal,
      HttpStatus status) {
    var above = new ArrayList<Option>();
    above.add(new Option("", book.of("section.top")));
    above.addAll(People.sections(register.tree(organisations.today())));
    var fields = new ArrayList<Field>();
    if (id.isEmpty()) {
      fields.add(
          Field.required("code", "section.code")
              .hinted("section.code.hint")
              .with(typed.code())
              .wrong(wrong.get("code")));
    }
    fields.add(Field.required("name", "section.name").with(typed.name()).wrong(wrong.get("name")));
    fields.add(
        Field.optional("parent", "section.parent")
            .offering(above)
            .with(typed.parent())
            .wrong(wrong.get("parent")));
    fields.add(
        Field.optional("phone", "section.phone").with(typed.phone()).wrong(wrong.get("phone")));
    fields.add(
        Field.optional("mail", "section.mail")
            .hinted("section.mail.hint")
            .drawn(Field.Look.MAIL)
            .with(typed.mail())
            .wrong(wrong.get("mail")));
    fields.add(
        Field.required("from", "section.from")
            .hinted("section.from.hint")
            .drawn(Form.DAY)
            .with(typed.from())
            .wrong(wrong.get("from")));
    var heading = book.of(id.isEmpty() ? "section.new" : "section.change");
    var path = id.map(key -> "/sections/" + key + "/change").orElse("/sections");
    return People.form(
        Form.of(
                heading,
                List.of(People.home(book), sections(), new Crumb(heading, path)),
                path,
                fields,
                id.isEmpty() ? "section.new.submit" : "section.change.submit",
                id.map(key -> "/sections/" + key).orElse("/sections"))
            .led(Text.of(id.isEmpty() ? "section.new.lead" : "section.change.lead"))
            .refused(refusal),
        status);
  }

  private ModelAndView closure(
      UUID id,
      @Nullable String successor,
      @Nullable String on,
      Map<String, Text> wrong,
      @Nullable Text refusal) {
    var term = current(id);
    var others =
        People.sections(register.tree(organisations.today())).stream()
            .filter(option -> !option.value().equals(id.toString()))
            .toList();
    var heading = book.of("section.close.heading", term.name());
    var status =
        refusal != null
            ? HttpStatus.CONFLICT
            : wrong.isEmpty() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT;
    return People.form(
        Form.of(
                heading,
                List.of(People.home(book), sections(), new Crumb(term.name(), "/sections/" + id)),
                "/sections/" + id + "/closure",
                List.of(
                    Field.required("successor", "section.successor")
                        .hinted("section.successor.hint")
                        .offering(others)
                        .with(successor)
                        .wrong(wrong.get("successor")),
                    Field.required("on", "section.close.on")
                        .drawn(Form.DAY)
                        .with(on)
                        .wrong(wrong.get("on"))),
                "section.close.submit",
                "/sections/" + id)
            .led(Text.of("section.close.lead"))
            .refused(refusal),
        status);
  }

  private Crumb sections() {
    return book.crumb("section.list", "/sections");
  }
}
