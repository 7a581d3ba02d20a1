package jp.musubi.operations;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.organisation.Body;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.TenantId;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.FactorReset;
import jp.musubi.staff.SignedInStaff;
import jp.musubi.staff.StaffEntry;
import jp.musubi.staff.StaffWords;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The way back in for a body's only administrator, whom no colleague can help. */
@Controller
@RequestMapping("/bodies/{body}/administrator")
@Needs(Act.HELP_ADMINISTRATOR)
class AdministratorController {
  private final FactorReset reset;
  private final Organisations organisations;
  private final Book book;

  AdministratorController(FactorReset reset, Organisations organisations, Book book) {
    this.reset = reset;
    this.organisations = organisations;
    this.book = book;
  }

  @GetMapping
  ModelAndView ask(@PathVariable UUID body) {
    return page(named(body), null, HttpStatus.OK);
  }

  @PostMapping
  ModelAndView reset(
      @PathVariable UUID body,
      @AuthenticationPrincipal SignedInStaff operator,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var named = named(body);
    var refusal = reset.resetLastAdministrator(operator.member(), named, request.getRemoteAddr());
    if (refusal.isPresent()) {
      return page(named, StaffWords.of(refusal.get()), HttpStatus.CONFLICT);
    }
    flash.addFlashAttribute("done", "body.administrator.done");
    return new ModelAndView("redirect:/bodies");
  }

  /** The operator's own staff help each other on the pages about staff. */
  private Body named(UUID id) {
    return organisations
        .body(new TenantId(id))
        .filter(body -> !body.isOperators())
        .orElseThrow(() -> new NotFound("body " + id));
  }

  private ModelAndView page(Body body, @Nullable Text refusal, HttpStatus status) {
    var only = reset.lastAdministrator(body);
    var page = only.isPresent() ? form(body, only.get(), refusal) : several(body);
    page.setStatus(status);
    return page;
  }

  private ModelAndView form(Body body, StaffEntry only, @Nullable Text refusal) {
    return new ModelAndView(
        "web/form",
        "page",
        Form.of(
                book.of("body.administrator.heading", body.name()),
                crumbs(body),
                path(body),
                List.of(),
                "staff.reset.submit",
                "/bodies")
            .led(Text.of("body.administrator.lead", only.name(), only.loginId()))
            .refused(refusal));
  }

  private ModelAndView several(Body body) {
    return new ModelAndView(
        "web/sheet",
        "page",
        Sheet.of(book.of("body.administrator.heading", body.name()), crumbs(body))
            .led(Text.of("body.administrator.several"))
            .doing(List.of(Sheet.Action.link("body.list", "/bodies"))));
  }

  private List<Crumb> crumbs(Body body) {
    return List.of(
        book.crumb("people.crumb.home", "/"),
        book.crumb("body.list", "/bodies"),
        new Crumb(book.of("body.administrator.heading", body.name()), path(body)));
  }

  private static String path(Body body) {
    return "/bodies/" + body.id() + "/administrator";
  }
}
