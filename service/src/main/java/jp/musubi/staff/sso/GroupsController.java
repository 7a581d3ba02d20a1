package jp.musubi.staff.sso;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Grant;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Role;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.SignedInStaff;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** グループと権限の画面. */
@Controller
@RequestMapping("/settings/sso/groups")
@Needs(Act.CHANGE_SETTINGS)
class GroupsController {
  private static final String PATH = "/settings/sso/groups";

  private final Groups groups;
  private final RuleFields rules;
  private final Book book;

  GroupsController(Groups groups, RuleFields rules, Book book) {
    this.groups = groups;
    this.rules = rules;
    this.book = book;
  }

  @GetMapping
  ModelAndView list() {
    return new ModelAndView(
        "web/sheet",
        "page",
        Sheet.of(book.of("sso.groups.title"), crumbs())
            .led(Text.of("sso.groups.lead"))
            .doing(List.of(Sheet.Action.first("sso.groups.add", PATH + "/new")))
            .listing(
                List.of(
                    new Sheet.Table(
                        Text.of("sso.groups.list"),
                        List.of("sso.groups.value", "staff.role", "staff.scope", "people.action"),
                        groups.all().stream().map(this::row).toList(),
                        "sso.groups.none"))));
  }

  private List<Sheet.Cell> row(Groups.Rule rule) {
    return List.of(
        Sheet.Cell.of(rule.value()),
        Sheet.Cell.of(book.of("role." + rule.grant().role())),
        Sheet.Cell.of(rules.place(rule.grant())),
        Sheet.Cell.of(
            Sheet.Action.press(
                "sso.groups.remove", PATH + "/" + rule.id() + "/removal", Map.of())));
  }

  @GetMapping("/new")
  ModelAndView begin() {
    return form(null, null, null, Map.of(), null, HttpStatus.OK);
  }

  @PostMapping
  ModelAndView add(
      @AuthenticationPrincipal SignedInStaff admin,
      @RequestParam(required = false) @Nullable String value,
      @RequestParam(required = false) @Nullable String role,
      @RequestParam(required = false) @Nullable String section,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var plain = reader.line("value", value, 200, true);
    var given = role(reader, role);
    var place = rules.section(reader, section);
    if (given.isPresent() && given.get() == Role.SECTION_ADMIN && place == null) {
      reader.reject("section", "sso.groups.wrong.section");
    }
    if (!reader.wrong().isEmpty() || given.isEmpty()) {
      return form(value, role, section, reader.wrong(), null, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    if (!groups.add(
        plain, new Grant(given.get(), place), admin.member(), request.getRemoteAddr())) {
      return form(
          value, role, section, Map.of(), Text.of("sso.groups.refusal.there"), HttpStatus.CONFLICT);
    }
    flash.addFlashAttribute("done", "sso.groups.added");
    return new ModelAndView("redirect:" + PATH);
  }

  private static Optional<Role> role(FormReader reader, @Nullable String chosen) {
    var role = Groups.GIVEN.stream().filter(each -> each.name().equals(chosen)).findFirst();
    if (role.isEmpty()) {
      reader.reject("role", "people.wrong.choose");
    }
    return role;
  }

  @PostMapping("/{id}/removal")
  String remove(
      @PathVariable UUID id,
      @AuthenticationPrincipal SignedInStaff admin,
      HttpServletRequest request,
      RedirectAttributes flash) {
    groups.remove(id, admin.member(), request.getRemoteAddr());
    flash.addFlashAttribute("done", "sso.groups.removed");
    return "redirect:" + PATH;
  }

  private ModelAndView form(
      @Nullable String value,
      @Nullable String role,
      @Nullable String section,
      Map<String, Text> wrong,
      @Nullable Text refusal,
      HttpStatus status) {
    var places = new ArrayList<Option>();
    places.add(new Option("", book.of("staff.wholeBody")));
    places.addAll(rules.options());
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    book.of("sso.groups.add"),
                    crumbs(),
                    PATH,
                    List.of(
                        Field.required("value", "sso.groups.value")
                            .hinted("sso.groups.value.hint")
                            .with(value)
                            .wrong(wrong.get("value")),
                        Field.required("role", "staff.role")
                            .hinted("sso.groups.role.hint")
                            .offering(
                                Groups.GIVEN.stream()
                                    .map(each ->
                                        new Option(each.name(), book.of("role." + each + ".does")))
                                    .toList())
                            .with(role)
                            .wrong(wrong.get("role")),
                        Field.optional("section", "staff.scope")
                            .hinted("staff.scope.hint")
                            .offering(places)
                            .with(section)
                            .wrong(wrong.get("section"))),
                    "sso.groups.save",
                    PATH)
                .refused(refusal));
    page.setStatus(status);
    return page;
  }

  private List<Crumb> crumbs() {
    return List.of(
        book.crumb("people.crumb.home", "/"),
        book.crumb("settings.nav", "/settings"),
        book.crumb("sso.title", "/settings/sso"),
        book.crumb("sso.groups.title", PATH));
  }
}
