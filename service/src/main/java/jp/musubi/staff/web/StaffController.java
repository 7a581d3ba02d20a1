package jp.musubi.staff.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Recorded;
import jp.musubi.organisation.Organisations;
import jp.musubi.organisation.Section;
import jp.musubi.organisation.SectionRegister;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffEntry;
import jp.musubi.staff.StaffMember;
import jp.musubi.staff.StaffRegister;
import jp.musubi.staff.StaffWords;
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

/** 職員: the list, and who is registered as what. */
@Controller
class StaffController {
  private static final int MOST = 200;

  private final StaffRegister register;
  private final SectionRegister sections;
  private final Organisations organisations;
  private final MemberSheets sheets;
  private final Book book;

  StaffController(
      StaffRegister register,
      SectionRegister sections,
      Organisations organisations,
      MemberSheets sheets,
      Book book) {
    this.register = register;
    this.sections = sections;
    this.organisations = organisations;
    this.sheets = sheets;
    this.book = book;
  }

  /** A member of staff as typed. */
  record Typed(
      @Nullable String login,
      @Nullable String name,
      @Nullable String mail,
      @Nullable String section) {}

  @GetMapping("/staff")
  @Needs(Act.LIST_STAFF)
  ModelAndView list(
      @CurrentStaff StaffMember reader,
      @RequestParam(defaultValue = "") String words,
      @RequestParam(defaultValue = "false") boolean ended,
      @RequestParam(defaultValue = "false") boolean suspended) {
    var reach = Authorisation.reach(reader, Act.SEE_MEMBER);
    var which =
        ended
            ? StaffRegister.Which.ENDED
            : suspended ? StaffRegister.Which.SUSPENDED : StaffRegister.Which.ACTIVE;
    var found = register.find(reach, words, which, MOST);
    var actions = new ArrayList<Sheet.Action>();
    if (Act.ADD_STAFF.roles().stream().anyMatch(reader::may)) {
      actions.add(Sheet.Action.first("staff.new", "/staff/new"));
    }
    if (Act.TRANSFER_STAFF.roles().stream().anyMatch(reader::may)) {
      actions.add(Sheet.Action.link("transfer.list", "/transfers"));
    }
    if (which != StaffRegister.Which.ACTIVE) {
      actions.add(Sheet.Action.link("staff.showActive", "/staff"));
    }
    if (which != StaffRegister.Which.SUSPENDED) {
      actions.add(Sheet.Action.link("staff.showSuspended", "/staff?suspended=true"));
    }
    if (which != StaffRegister.Which.ENDED) {
      actions.add(Sheet.Action.link("staff.showEnded", "/staff?ended=true"));
    }
    return People.sheet(
        Sheet.of(book.of("staff.list"), List.of(People.home(book), people()))
            .led(Text.of("staff.list.lead." + which))
            .doing(actions)
            .searching(new Sheet.Search("/staff", "staff.search", words))
            .listing(
                List.of(
                    new Sheet.Table(
                        Text.of(
                            found.size() < MOST ? "staff.count" : "staff.countMost",
                            String.valueOf(found.size())),
                        List.of("staff.name", "staff.section", "staff.mail", "staff.lastSignIn"),
                        found.stream().map(this::row).toList(),
                        which == StaffRegister.Which.SUSPENDED
                            ? "staff.none.suspended"
                            : "staff.none"))));
  }

  @Recorded(by = Recorded.By.NOBODY, because = "an empty form")
  @GetMapping("/staff/new")
  @Needs(Act.ADD_STAFF)
  ModelAndView begin() {
    return form(Optional.empty(), new Typed(null, null, null, null), Map.of(), null, HttpStatus.OK);
  }

  @PostMapping("/staff")
  @Needs(Act.ADD_STAFF)
  ModelAndView add(
      @CurrentStaff StaffMember giver,
      @ModelAttribute Typed typed,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var login = loginId(reader, typed.login());
    var name = reader.line("name", typed.name(), 50, true);
    var mail = reader.mail("mail", typed.mail());
    var section = People.chosen(typed.section());
    if (section.isEmpty()) {
      reader.reject("section", "people.wrong.choose");
    }
    if (!reader.wrong().isEmpty()) {
      return form(Optional.empty(), typed, reader.wrong(), null, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return switch (register.add(
        giver, login, name, mail, section.orElseThrow(), request.getRemoteAddr())) {
      case StaffRegister.Added.Done(var id) -> {
        flash.addFlashAttribute("done", "staff.added");
        yield new ModelAndView("redirect:/staff/" + id);
      }
      case StaffRegister.Added.Refused(var reason) ->
          form(Optional.empty(), typed, Map.of(), StaffWords.of(reason), HttpStatus.CONFLICT);
    };
  }

  @GetMapping("/staff/{id}")
  @Needs(Act.SEE_MEMBER)
  ModelAndView show(@PathVariable UUID id, @CurrentStaff StaffMember reader) {
    return People.sheet(sheets.of(id, reader));
  }

  @GetMapping("/staff/{id}/change")
  @Needs(Act.CHANGE_MEMBER)
  ModelAndView edit(@PathVariable UUID id) {
    var entry = register.get(id);
    return form(
        Optional.of(id),
        new Typed(null, entry.name(), entry.mail(), entry.sectionId().toString()),
        Map.of(),
        null,
        HttpStatus.OK);
  }

  @PostMapping("/staff/{id}/change")
  @Needs(Act.CHANGE_MEMBER)
  ModelAndView change(
      @PathVariable UUID id,
      @CurrentStaff StaffMember giver,
      @ModelAttribute Typed typed,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var name = reader.line("name", typed.name(), 50, true);
    var mail = reader.mail("mail", typed.mail());
    var section = People.chosen(typed.section());
    if (section.isEmpty()) {
      reader.reject("section", "people.wrong.choose");
    }
    if (!reader.wrong().isEmpty()) {
      return form(Optional.of(id), typed, reader.wrong(), null, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    var refusal =
        register.change(giver, id, name, mail, section.orElseThrow(), request.getRemoteAddr());
    if (refusal.isPresent()) {
      return form(
          Optional.of(id), typed, Map.of(), StaffWords.of(refusal.get()), HttpStatus.CONFLICT);
    }
    flash.addFlashAttribute("done", "staff.changed");
    return new ModelAndView("redirect:/staff/" + id);
  }

  /** 1–100 characters that can be typed anywhere; need not be a mail address. */
  static String loginId(FormReader reader, @Nullable String typed) {
    var login = reader.line("login", typed, 100, true);
    if (!login.isEmpty() && !login.matches("[A-Za-z0-9._@+-]+")) {
      reader.reject("login", "people.wrong.login");
    }
    return login;
  }

  private List<Sheet.Cell> row(StaffEntry entry) {
    return List.of(
        Sheet.Cell.link(entry.name(), "/staff/" + entry.id()).noted(entry.loginId()),
        Sheet.Cell.of(organisations.section(entry.sectionId()).map(Section::name).orElse("")),
        Sheet.Cell.of(entry.mail()),
        Sheet.Cell.of(
            entry
                .lastSignedInAt()
                .map(JapaneseDates::time)
                .orElseGet(() -> book.of("staff.neverSignedIn"))));
  }

  private ModelAndView form(
      Optional<UUID> id,
      Typed typed,
      Map<String, Text> wrong,
      @Nullable Text refusal,
      HttpStatus status) {
    var places = new ArrayList<Option>();
    places.add(new Option("", book.of("people.choose")));
    places.addAll(People.sections(sections.tree(organisations.today())));
    var fields = new ArrayList<Field>();
    if (id.isEmpty()) {
      fields.add(
          Field.required("login", "staff.signin.login")
              .hinted("staff.login.hint")
              .with(typed.login())
              .wrong(wrong.get("login")));
    }
    fields.add(Field.required("name", "staff.name").with(typed.name()).wrong(wrong.get("name")));
    fields.add(
        Field.required("mail", "staff.mail")
            .hinted("staff.mail.hint")
            .drawn(Field.Look.MAIL)
            .with(typed.mail())
            .wrong(wrong.get("mail")));
    fields.add(
        Field.required("section", "staff.section")
            .offering(places)
            .with(typed.section())
            .wrong(wrong.get("section")));
    var heading = book.of(id.isEmpty() ? "staff.new" : "staff.change");
    var path = id.map(key -> "/staff/" + key + "/change").orElse("/staff");
    return People.form(
        Form.of(
                heading,
                List.of(People.home(book), people(), new Crumb(heading, path)),
                path,
                fields,
                id.isEmpty() ? "staff.new.submit" : "staff.change.submit",
                id.map(key -> "/staff/" + key).orElse("/staff"))
            .led(Text.of(id.isEmpty() ? "staff.new.lead" : "staff.change.lead"))
            .refused(refusal),
        status);
  }

  private Crumb people() {
    return book.crumb("staff.list", "/staff");
  }
}
