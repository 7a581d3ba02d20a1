package jp.musubi.approval;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 承認経路: made, changed and ended by administrators. */
@Controller
@Needs(Act.CHANGE_ROUTES)
@RequestMapping("/settings/approval/routes")
class RouteController {
  private static final String LIST = "/settings/approval";
  private static final String PATH = "/settings/approval/routes";

  private final Routes routes;
  private final RouteChoices.Source choices;
  private final Book book;

  RouteController(Routes routes, RouteChoices.Source choices, Book book) {
    this.routes = routes;
    this.choices = choices;
    this.book = book;
  }

  /** The form. */
  record Page(
      String heading,
      List<Crumb> crumbs,
      String path,
      List<Field> fields,
      List<RouteForm.StepFields> steps,
      @Nullable Text refusal,
      String submit) {

    /** All fields that may be wrong. */
    public List<Field> all() {
      return RouteForm.all(fields, steps);
    }
  }

  @GetMapping("/new")
  ModelAndView begin() {
    return form(null, RouteForm.of(Map.of()), Map.of(), null, HttpStatus.OK);
  }

  @PostMapping
  ModelAndView make(
      @CurrentStaff StaffMember admin,
      @RequestParam Map<String, String> typed,
      HttpServletRequest request,
      RedirectAttributes flash) {
    return save(null, admin, RouteForm.of(typed), request, flash);
  }

  @GetMapping("/{route}")
  ModelAndView ask(@PathVariable UUID route) {
    return form(route, RouteForm.of(routes.get(route)), Map.of(), null, HttpStatus.OK);
  }

  @PostMapping("/{route}")
  ModelAndView change(
      @PathVariable UUID route,
      @CurrentStaff StaffMember admin,
      @RequestParam Map<String, String> typed,
      HttpServletRequest request,
      RedirectAttributes flash) {
    routes.get(route);
    return save(route, admin, RouteForm.of(typed), request, flash);
  }

  @PostMapping("/{route}/end")
  String end(
      @PathVariable UUID route,
      @CurrentStaff StaffMember admin,
      HttpServletRequest request,
      RedirectAttributes flash) {
    routes.end(route, admin.actor(), request.getRemoteAddr());
    flash.addFlashAttribute("done", "approval.route.ended");
    return "redirect:" + LIST;
  }

  private ModelAndView save(
      @Nullable UUID before,
      StaffMember admin,
      RouteForm typed,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var route = typed.read(reader, choices.now());
    if (route.isEmpty()) {
      return form(before, typed, reader.wrong(), null, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    Optional<Route> clash =
        before == null
            ? routes.make(route.get(), admin.actor(), request.getRemoteAddr())
            : routes.change(before, route.get(), admin.actor(), request.getRemoteAddr());
    if (clash.isPresent()) {
      return form(
          before,
          typed,
          Map.of(),
          Text.of("approval.route.clash", clash.get().name()),
          HttpStatus.CONFLICT);
    }
    flash.addFlashAttribute(
        "done", before == null ? "approval.route.made" : "approval.route.changed");
    return new ModelAndView("redirect:" + LIST);
  }

  private ModelAndView form(
      @Nullable UUID route,
      RouteForm typed,
      Map<String, Text> wrong,
      @Nullable Text refusal,
      HttpStatus status) {
    var offered = choices.now();
    var which = route == null ? "approval.route.new" : "approval.route.change";
    var page =
        new ModelAndView(
            "approval/route",
            "page",
            new Page(
                book.of(which),
                List.of(
                    book.crumb("contract.crumb.home", "/"),
                    book.crumb("settings.title", "/settings"),
                    book.crumb("approval.routes", LIST),
                    book.crumb(which, PATH)),
                route == null ? PATH : PATH + "/" + route,
                typed.fields(offered, wrong),
                typed.stepFields(offered, book, wrong),
                refusal,
                which + ".submit"));
    page.setStatus(status);
    return page;
  }
}
