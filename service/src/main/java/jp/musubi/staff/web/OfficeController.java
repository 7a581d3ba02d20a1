package jp.musubi.staff.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Recorded;
import jp.musubi.authority.Role;
import jp.musubi.organisation.OfficeRegister;
import jp.musubi.organisation.OfficeTerm;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.JapaneseDates;
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
import jp.musubi.staff.StaffMember;
import jp.musubi.staff.StaffRegister;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 契約名義: as many as the body has, each with its holders and their terms. */
@Controller
class OfficeController {
  private final OfficeRegister register;
  private final Organisations organisations;
  private final StaffRegister staff;
  private final Book book;

  OfficeController(
      OfficeRegister register, Organisations organisations, StaffRegister staff, Book book) {
    this.register = register;
    this.organisations = organisations;
    this.staff = staff;
    this.book = book;
  }

  @GetMapping("/offices")
  @Needs(Act.SEE_OFFICES)
  ModelAndView list(@CurrentStaff StaffMember reader) {
    var today = organisations.today();
    var terms = register.terms();
    return People.sheet(
        Sheet.of(book.of("office.list"), List.of(People.home(book), offices()))
            .led(Text.of("office.list.lead"))
            .doing(
                reader.may(Role.BODY_ADMIN)
                    ? List.of(Sheet.Action.first("office.new", "/offices/new"))
                    : List.of())
            .listing(
                List.of(
                    new Sheet.Table(
                        Text.of("office.list"),
                        List.of("office.title", "office.holder", "office.until"),
                        register.offices().stream().map(o -> row(o, terms, today)).toList(),
                        "office.none"))));
  }

  @Recorded(by = Recorded.By.NOBODY, because = "an empty form")
  @GetMapping("/offices/new")
  @Needs(Act.CHANGE_OFFICES)
  ModelAndView begin() {
    return form(null, null, Map.of(), null, HttpStatus.OK);
  }

  @PostMapping("/offices")
  @Needs(Act.CHANGE_OFFICES)
  ModelAndView open(
      @CurrentStaff StaffMember admin,
      @RequestParam(required = false) @Nullable String title,
      @RequestParam(required = false) @Nullable String actingFor,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var plain = reader.line("title", title, 100, true);
    if (!reader.wrong().isEmpty()) {
      return form(title, actingFor, reader.wrong(), null, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return switch (register.open(
        plain, People.chosen(actingFor).orElse(null), admin.actor(), request.getRemoteAddr())) {
      case OfficeRegister.Opened.Done(var id) -> {
        flash.addFlashAttribute("done", "office.opened");
        yield new ModelAndView("redirect:/offices/" + id);
      }
      case OfficeRegister.Opened.Refused(var reason) ->
          form(title, actingFor, Map.of(), People.words(reason), HttpStatus.CONFLICT);
    };
  }

  @GetMapping("/offices/{id}")
  @Needs(Act.SEE_OFFICES)
  ModelAndView show(@PathVariable UUID id, @CurrentStaff StaffMember reader) {
    return People.sheet(page(id, reader));
  }

  @GetMapping("/offices/{id}/holder")
  @Needs(Act.CHANGE_OFFICES)
  ModelAndView ask(@PathVariable UUID id) {
    return appoint(
        id, null, JapaneseDates.era(organisations.today()), Map.of(), null, HttpStatus.OK);
  }

  @PostMapping("/offices/{id}/holder")
  @Needs(Act.CHANGE_OFFICES)
  ModelAndView appoint(
      @PathVariable UUID id,
      @CurrentStaff StaffMember admin,
      @RequestParam(required = false) @Nullable String holder,
      @RequestParam(required = false) @Nullable String from,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var day = People.day(reader, "from", from, organisations.today());
    var person =
        People.chosen(holder)
            .flatMap(key ->
                staff.holders(Role.SIGNER).stream().filter(s -> s.id().equals(key)).findFirst());
    if (person.isEmpty()) {
      reader.reject("holder", "people.wrong.choose");
    }
    if (!reader.wrong().isEmpty()) {
      return appoint(id, holder, from, reader.wrong(), null, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    var refusal =
        register.appoint(
            id,
            person.orElseThrow().id(),
            person.orElseThrow().name(),
            day,
            admin.actor(),
            request.getRemoteAddr());
    if (refusal.isPresent()) {
      return appoint(id, holder, from, Map.of(), People.words(refusal.get()), HttpStatus.CONFLICT);
    }
    flash.addFlashAttribute("done", "office.appointed");
    return new ModelAndView("redirect:/offices/" + id + "/unsigned");
  }

  @GetMapping("/offices/{id}/term-end")
  @Needs(Act.CHANGE_OFFICES)
  ModelAndView askEnd(@PathVariable UUID id) {
    return end(id, JapaneseDates.era(organisations.today()), Map.of(), null, HttpStatus.OK);
  }

  @PostMapping("/offices/{id}/term-end")
  @Needs(Act.CHANGE_OFFICES)
  ModelAndView end(
      @PathVariable UUID id,
      @CurrentStaff StaffMember admin,
      @RequestParam(required = false) @Nullable String last,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var day = People.day(reader, "last", last, organisations.today());
    if (!reader.wrong().isEmpty()) {
      return end(id, last, reader.wrong(), null, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    // People name the last day of a term; the term ends with the day after it.
    var refusal = register.endTerm(id, day.plusDays(1), admin.actor(), request.getRemoteAddr());
    if (refusal.isPresent()) {
      return end(id, last, Map.of(), People.words(refusal.get()), HttpStatus.CONFLICT);
    }
    flash.addFlashAttribute("done", "office.termEnded");
    return new ModelAndView("redirect:/offices/" + id + "/unsigned");
  }

  private Sheet page(UUID id, StaffMember reader) {
    var today = organisations.today();
    var office = register.office(id);
    var terms = register.terms(id);
    var now = terms.stream().filter(term -> term.holdsOn(today)).findFirst();
    var facts = new ArrayList<Fact>();
    facts.add(
        Fact.of(
            "office.holder",
            now.map(OfficeTerm::holderName).orElseGet(() -> book.of("office.vacant"))));
    if (office.actingFor() != null) {
      facts.add(Fact.of("office.actingFor", register.office(office.actingFor()).title()));
    }
    var actions = new ArrayList<Sheet.Action>();
    if (reader.may(Role.BODY_ADMIN)) {
      actions.add(Sheet.Action.first("office.appoint", "/offices/" + id + "/holder"));
      if (terms.stream().anyMatch(term -> term.until() == null)) {
        actions.add(Sheet.Action.link("office.endTerm", "/offices/" + id + "/term-end"));
      }
    }
    actions.add(Sheet.Action.link("office.unsigned", "/offices/" + id + "/unsigned"));
    return Sheet.of(
            office.title(),
            List.of(People.home(book), offices(), new Crumb(office.title(), "/offices/" + id)))
        .warning(now.isEmpty() ? Text.of("office.isVacant") : null)
        .with(facts)
        .doing(actions)
        .listing(
            List.of(
                new Sheet.Table(
                    Text.of("office.terms"),
                    List.of("office.holder", "section.from", "office.until"),
                    terms.stream().map(this::term).toList(),
                    "office.isVacant")));
  }

  private List<Sheet.Cell> row(
      OfficeRegister.Titled office, List<OfficeTerm> terms, LocalDate today) {
    var now =
        terms.stream()
            .filter(term -> term.office().equals(office.id()) && term.holdsOn(today))
            .findFirst();
    return List.of(
        Sheet.Cell.link(office.title(), "/offices/" + office.id())
            .noted(office.actingFor() == null ? null : book.of("office.isActing")),
        Sheet.Cell.of(now.map(OfficeTerm::holderName).orElseGet(() -> book.of("office.vacant"))),
        Sheet.Cell.of(now.map(this::lastDay).orElse("")));
  }

  private List<Sheet.Cell> term(OfficeTerm term) {
    return List.of(
        Sheet.Cell.of(term.holderName()),
        Sheet.Cell.of(JapaneseDates.date(term.from())),
        Sheet.Cell.of(lastDay(term)));
  }

  private String lastDay(OfficeTerm term) {
    var until = term.until();
    return until == null ? book.of("people.open") : JapaneseDates.date(until.minusDays(1));
  }

  private ModelAndView form(
      @Nullable String title,
      @Nullable String actingFor,
      Map<String, Text> wrong,
      @Nullable Text refusal,
      HttpStatus status) {
    var choices = new ArrayList<Option>();
    choices.add(new Option("", book.of("office.actsForNone")));
    register
        .offices()
        .forEach(office -> choices.add(new Option(office.id().toString(), office.title())));
    return People.form(
        Form.of(
                book.of("office.new"),
                List.of(People.home(book), offices(), book.crumb("office.new", "/offices/new")),
                "/offices",
                List.of(
                    Field.required("title", "office.title")
                        .hinted("office.title.hint")
                        .with(title)
                        .wrong(wrong.get("title")),
                    Field.optional("actingFor", "office.actingFor")
                        .hinted("office.actingFor.hint")
                        .offering(choices)
                        .with(actingFor)),
                "office.new.submit",
                "/offices")
            .led(Text.of("office.new.lead"))
            .refused(refusal),
        status);
  }

  private ModelAndView appoint(
      UUID id,
      @Nullable String holder,
      @Nullable String from,
      Map<String, Text> wrong,
      @Nullable Text refusal,
      HttpStatus status) {
    var office = register.office(id);
    var signers = new ArrayList<Option>();
    signers.add(new Option("", book.of("people.choose")));
    staff
        .holders(Role.SIGNER)
        .forEach(person -> signers.add(new Option(person.id().toString(), person.name())));
    return People.form(
        Form.of(
                book.of("office.appoint.heading", office.title()),
                List.of(People.home(book), offices(), new Crumb(office.title(), "/offices/" + id)),
                "/offices/" + id + "/holder",
                List.of(
                    Field.required("holder", "office.holder")
                        .hinted("office.holder.hint")
                        .offering(signers)
                        .with(holder)
                        .wrong(wrong.get("holder")),
                    Field.required("from", "office.from")
                        .drawn(Form.DAY)
                        .with(from)
                        .wrong(wrong.get("from"))),
                "office.appoint.submit",
                "/offices/" + id)
            .led(Text.of("office.appoint.lead"))
            .refused(refusal),
        status);
  }

  private ModelAndView end(
      UUID id,
      @Nullable String last,
      Map<String, Text> wrong,
      @Nullable Text refusal,
      HttpStatus status) {
    var office = register.office(id);
    return People.form(
        Form.of(
                book.of("office.endTerm.heading", office.title()),
                List.of(People.home(book), offices(), new Crumb(office.title(), "/offices/" + id)),
                "/offices/" + id + "/term-end",
                List.of(
                    Field.required("last", "office.lastDay")
                        .drawn(Form.DAY)
                        .with(last)
                        .wrong(wrong.get("last"))),
                "office.endTerm.submit",
                "/offices/" + id)
            .led(Text.of("office.endTerm.lead"))
            .refused(refusal),
        status);
  }

  private Crumb offices() {
    return book.crumb("office.list", "/offices");
  }
}
