package jp.musubi.closure;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.NavigationItem;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.SignedInStaff;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 残余データの消去, for the operators: ordered by one, approved by another. */
@Controller
@Needs(Act.CARRY_OUT_CLOSURE)
@RequestMapping(ClosureDeskController.PATH)
class ClosureDeskController {
  static final String PATH = "/closures";

  private final Closures closures;
  private final ClosurePages pages;
  private final ReportPaper paper;
  private final ErasureProgress progress;
  private final Book book;

  ClosureDeskController(
      Closures closures,
      ClosurePages pages,
      ReportPaper paper,
      ErasureProgress progress,
      Book book) {
    this.closures = closures;
    this.pages = pages;
    this.paper = paper;
    this.progress = progress;
    this.book = book;
  }

  @Bean
  static NavigationItem toClosures() {
    return new NavigationItem(438, "list", "closure.desk", PATH, Set.of("OPERATOR"));
  }

  @GetMapping
  ModelAndView list() {
    return new ModelAndView(
        "web/sheet",
        "page",
        Sheet.of(book.of("closure.desk"), pages.crumbs("closure.desk", PATH))
            .led(Text.of("closure.desk.lead"))
            .listing(
                List.of(
                    new Sheet.Table(
                        Text.of("closure.desk"),
                        List.of("closure.body", "closure.state", "closure.due", "closure.proposed"),
                        closures.all().stream().map(this::row).toList(),
                        "closure.desk.none"))));
  }

  private List<Sheet.Cell> row(Closure closure) {
    return List.of(
        Sheet.Cell.link(closure.request().name(), path(closure)).noted(closure.request().code()),
        Sheet.Cell.of(pages.state(closure)),
        Sheet.Cell.of(closure.due() == null ? "—" : JapaneseDates.date(closure.due())),
        Sheet.Cell.of(JapaneseDates.time(closure.proposed().at())));
  }

  @GetMapping("/{id}")
  ModelAndView show(@PathVariable UUID id, @AuthenticationPrincipal SignedInStaff operator) {
    var closure = closures.get(id);
    var facts = new ArrayList<>(pages.facts(closure));
    var json = closure.report();
    if (json != null) {
      facts.addAll(paper.facts(json));
    }
    var page =
        new ModelAndView(
            "web/sheet",
            "page",
            Sheet.of(
                    closure.request().name(),
                    pages.crumbs(
                        "closure.desk", PATH, new Crumb(closure.request().name(), path(closure))))
                .led(Text.of("closure.desk.state." + closure.state()))
                .with(facts)
                .doing(actions(closure, operator)));
    return closure.state() == Closure.State.ERASING
        ? page.addObject("progress", progress.of(closure))
        : page;
  }

  private static List<Sheet.Action> actions(Closure closure, SignedInStaff operator) {
    var path = path(closure);
    return switch (closure.state()) {
      case CONFIRMED -> List.of(Sheet.Action.first("closure.order", path + "/order"));
      case ORDERED ->
          closure.ordered() != null && closure.ordered().by().equals(operator.member().id())
              ? List.of()
              : List.of(Sheet.Action.first("closure.approval", path + "/approval"));
      case ERASED ->
          List.of(
              Sheet.Action.first("closure.report.pdf", path + "/report.pdf"),
              Sheet.Action.link("closure.report.json", path + "/report.json"));
      case PROPOSED, APPROVED, ERASING, CANCELLED -> List.of();
    };
  }

  @GetMapping("/{id}/order")
  ModelAndView ordering(
      @PathVariable UUID id,
      @AuthenticationPrincipal SignedInStaff operator,
      HttpServletRequest request) {
    return ordering(closures.get(id), "", operator, Map.of(), null, request);
  }

  @PostMapping("/{id}/order")
  ModelAndView order(
      @PathVariable UUID id,
      @AuthenticationPrincipal SignedInStaff operator,
      @RequestParam(required = false) @Nullable String witness,
      @RequestParam(defaultValue = "false") boolean confirmed,
      @RequestParam(required = false) @Nullable String password,
      @RequestParam(defaultValue = "") String code,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var closure = closures.get(id);
    var reader = new FormReader();
    var who = reader.line("witness", witness, 200, false);
    var wrong =
        pages.read(new ClosurePages.Typed(operator, confirmed, password, code), reader, request);
    if (!wrong.isEmpty()) {
      return ordering(closure, who, operator, wrong, null, request);
    }
    var refusal = closures.order(id, who, operator.member(), request.getRemoteAddr());
    return refusal.isPresent()
        ? ordering(closures.get(id), who, operator, Map.of(), ClosurePages.words(refusal), request)
        : done(closure, "closure.order.done", flash);
  }

  private ModelAndView ordering(
      Closure closure,
      String witness,
      SignedInStaff operator,
      Map<String, Text> wrong,
      @Nullable Text refusal,
      HttpServletRequest request) {
    var field =
        Field.optional("witness", "closure.witness")
            .hinted("closure.witness.hint")
            .with(witness)
            .wrong(wrong.get("witness"));
    return step(closure, "order", List.of(field), operator, wrong, refusal, request);
  }

  @GetMapping("/{id}/approval")
  ModelAndView approving(
      @PathVariable UUID id,
      @AuthenticationPrincipal SignedInStaff operator,
      HttpServletRequest request) {
    return step(closures.get(id), "approval", List.of(), operator, Map.of(), null, request);
  }

  @PostMapping("/{id}/approval")
  ModelAndView approve(
      @PathVariable UUID id,
      @AuthenticationPrincipal SignedInStaff operator,
      @RequestParam(defaultValue = "false") boolean confirmed,
      @RequestParam(required = false) @Nullable String password,
      @RequestParam(defaultValue = "") String code,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var closure = closures.get(id);
    var wrong =
        pages.read(
            new ClosurePages.Typed(operator, confirmed, password, code), new FormReader(), request);
    if (!wrong.isEmpty()) {
      return step(closure, "approval", List.of(), operator, wrong, null, request);
    }
    var refusal = closures.approve(id, operator.member(), request.getRemoteAddr());
    return refusal.isPresent()
        ? step(
            closures.get(id),
            "approval",
            List.of(),
            operator,
            Map.of(),
            ClosurePages.words(refusal),
            request)
        : done(closure, "closure.approval.done", flash);
  }

  private ModelAndView step(
      Closure closure,
      String step,
      List<Field> more,
      SignedInStaff operator,
      Map<String, Text> wrong,
      @Nullable Text refusal,
      HttpServletRequest request) {
    var path = path(closure) + "/" + step;
    return pages.step(
        closure,
        "closure." + step,
        pages.crumbs("closure.desk", PATH, book.crumb("closure." + step, path)),
        path,
        path(closure),
        more,
        operator,
        wrong,
        refusal,
        request);
  }

  private static ModelAndView done(Closure closure, String key, RedirectAttributes flash) {
    flash.addFlashAttribute("done", key);
    return new ModelAndView("redirect:" + path(closure));
  }

  private static String path(Closure closure) {
    return PATH + "/" + closure.id();
  }
}
