package jp.musubi.staff.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Role;
import jp.musubi.organisation.Organisations;
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
import jp.musubi.staff.StaffRegister;
import jp.musubi.staff.StaffWords;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 職: what a post carries, and who holds it one after the other. */
@Controller
class PostController {
  private static final int MOST_CHOICES = 2000;

  private final Posts posts;
  private final StaffRegister register;
  private final Organisations organisations;
  private final Book book;

  PostController(Posts posts, StaffRegister register, Organisations organisations, Book book) {
    this.posts = posts;
    this.register = register;
    this.organisations = organisations;
    this.book = book;
  }

  @GetMapping("/sections/{id}/posts/new")
  @Needs(Act.CHANGE_POSTS)
  ModelAndView begin(@PathVariable UUID id) {
    return form(id, null, true, false, Map.of(), null, HttpStatus.OK);
  }

  @PostMapping("/sections/{id}/posts")
  @Needs(Act.CHANGE_POSTS)
  ModelAndView open(
      @PathVariable UUID id,
      @CurrentStaff StaffMember admin,
      @RequestParam(required = false) @Nullable String title,
      @RequestParam(defaultValue = "false") boolean approves,
      @RequestParam(defaultValue = "false") boolean manages,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var plain = reader.line("title", title, 100, true);
    if (!reader.wrong().isEmpty()) {
      return form(
          id, title, approves, manages, reader.wrong(), null, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    var carries = EnumSet.noneOf(Role.class);
    if (approves) {
      carries.add(Role.APPROVER);
    }
    if (manages) {
      carries.add(Role.SECTION_ADMIN);
    }
    var opened = posts.open(id, plain, carries, admin.actor(), request.getRemoteAddr());
    if (opened.isEmpty()) {
      return form(
          id,
          title,
          approves,
          manages,
          Map.of(),
          Text.of("people.refusal.titleTaken", plain),
          HttpStatus.CONFLICT);
    }
    flash.addFlashAttribute("done", "post.opened");
    return new ModelAndView("redirect:/posts/" + opened.get());
  }

  @GetMapping("/posts/{id}")
  @Needs(Act.SEE_SECTIONS)
  ModelAndView show(@PathVariable UUID id, @CurrentStaff StaffMember reader) {
    var post = posts.get(id);
    return People.sheet(
        Sheet.of(post.title(), crumbs(post))
            .warning(post.holder().isEmpty() ? Text.of("post.isVacant") : null)
            .with(
                List.of(
                    Fact.of(
                        "post.carries",
                        String.join(
                            "・",
                            post.carries().stream().map(role -> book.of("role." + role)).toList())),
                    Fact.of("post.holder", post.holder().map(Posts.Holding::name).orElse("—"))))
            .doing(
                reader.may(Role.BODY_ADMIN)
                    ? List.of(Sheet.Action.first("post.assign", "/posts/" + id + "/holder"))
                    : List.of())
            .listing(
                List.of(
                    new Sheet.Table(
                        Text.of("post.holdings"),
                        List.of("post.holder", "section.from", "section.until"),
                        posts.holdings(id).stream().map(this::row).toList(),
                        "post.isVacant"))));
  }

  @GetMapping("/posts/{id}/holder")
  @Needs(Act.CHANGE_POSTS)
  ModelAndView ask(@PathVariable UUID id, @CurrentStaff StaffMember admin) {
    return assign(
        id, admin, null, JapaneseDates.era(organisations.today()), Map.of(), null, HttpStatus.OK);
  }

  @PostMapping("/posts/{id}/holder")
  @Needs(Act.CHANGE_POSTS)
  ModelAndView assign(
      @PathVariable UUID id,
      @CurrentStaff StaffMember admin,
      @RequestParam(required = false) @Nullable String holder,
      @RequestParam(required = false) @Nullable String from,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    LocalDate day = People.day(reader, "from", from, organisations.today());
    var person = People.chosen(holder);
    if (person.isEmpty()) {
      reader.reject("holder", "people.wrong.choose");
    }
    if (!reader.wrong().isEmpty()) {
      return assign(
          id, admin, holder, from, reader.wrong(), null, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    var refusal = posts.assign(admin, id, person.orElseThrow(), day, request.getRemoteAddr());
    if (refusal.isPresent()) {
      return assign(
          id, admin, holder, from, Map.of(), StaffWords.of(refusal.get()), HttpStatus.CONFLICT);
    }
    flash.addFlashAttribute("done", "post.assigned");
    return new ModelAndView("redirect:/posts/" + id);
  }

  private List<Sheet.Cell> row(Posts.Holding holding) {
    return List.of(
        Sheet.Cell.link(holding.name(), "/staff/" + holding.staff()),
        Sheet.Cell.of(JapaneseDates.date(holding.from())),
        Sheet.Cell.of(
            holding
                .until()
                .map(until -> JapaneseDates.date(until.minusDays(1)))
                .orElseGet(() -> book.of("people.open"))));
  }

  private ModelAndView form(
      UUID section,
      @Nullable String title,
      boolean approves,
      boolean manages,
      Map<String, Text> wrong,
      @Nullable Text refusal,
      HttpStatus status) {
    var name =
        organisations.section(section).orElseThrow(() -> new NotFound("section " + section)).name();
    var path = "/sections/" + section;
    return People.form(
        Form.of(
                book.of("post.new"),
                List.of(
                    People.home(book),
                    book.crumb("section.list", "/sections"),
                    new Crumb(name, path)),
                path + "/posts",
                List.of(
                    Field.required("title", "post.title")
                        .hinted("post.title.hint")
                        .with(title)
                        .wrong(wrong.get("title")),
                    Field.optional("approves", "post.approves")
                        .drawn(Form.TICK)
                        .with(String.valueOf(approves)),
                    Field.optional("manages", "post.manages")
                        .drawn(Form.TICK)
                        .with(String.valueOf(manages))),
                "post.new.submit",
                path)
            .led(Text.of("post.new.lead"))
            .refused(refusal),
        status);
  }

  private ModelAndView assign(
      UUID id,
      StaffMember admin,
      @Nullable String holder,
      @Nullable String from,
      Map<String, Text> wrong,
      @Nullable Text refusal,
      HttpStatus status) {
    var post = posts.get(id);
    var people =
        register
            .find(
                Authorisation.reach(admin, Act.CHANGE_MEMBER),
                "",
                StaffRegister.Which.ACTIVE,
                MOST_CHOICES)
            .stream()
            .map(entry ->
                new Option(entry.id().toString(), entry.name() + "（" + entry.loginId() + "）"))
            .toList();
    return People.form(
        Form.of(
                book.of("post.assign.heading", post.title()),
                crumbs(post),
                "/posts/" + id + "/holder",
                List.of(
                    Field.required("holder", "post.holder")
                        .offering(people)
                        .with(holder)
                        .wrong(wrong.get("holder")),
                    Field.required("from", "section.from")
                        .drawn(Form.DAY)
                        .with(from)
                        .wrong(wrong.get("from"))),
                "post.assign.submit",
                "/posts/" + id)
            .led(Text.of("post.assign.lead"))
            .refused(refusal),
        status);
  }

  private List<Crumb> crumbs(Posts.Post post) {
    return List.of(
        People.home(book),
        book.crumb("section.list", "/sections"),
        new Crumb(
            organisations.section(post.section()).orElseThrow().name(),
            "/sections/" + post.section()),
        new Crumb(post.title(), "/posts/" + post.id()));
  }
}
