package jp.musubi.closure;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.SignedInStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 利用終了, for the body: asked for, and confirmed by another. */
@Controller
@Needs(Act.CLOSE_BODY)
@RequestMapping(ClosureController.PATH)
class ClosureController {
  static final String PATH = "/closure";

  private final Closures closures;
  private final ClosurePages pages;
  private final Book book;

  ClosureController(Closures closures, ClosurePages pages, Book book) {
    this.closures = closures;
    this.pages = pages;
    this.book = book;
  }

  /** What is typed into the request. */
  record Typed(
      @Nullable String reason,
      @Nullable String useUntil,
      @Nullable String contactName,
      @Nullable String contactMail,
      boolean witness) {}

  @GetMapping
  ModelAndView show(@CurrentStaff StaffMember reader) {
    var all = closures.all();
    var newest = all.isEmpty() ? null : all.getFirst();
    var open = newest == null || newest.state() == Closure.State.CANCELLED ? null : newest;
    var hindered = closures.hindered();
    var sheet =
        Sheet.of(book.of("closure.heading"), pages.crumbs("closure.heading", PATH))
            .led(Text.of("closure.lead", String.valueOf(closures.waitingDays())))
            .warning(hindered.map(why -> Text.of("closure.hindered." + why)).orElse(null))
            .doing(actions(open, reader));
    return new ModelAndView(
        "web/sheet", "page", open == null ? sheet : sheet.with(pages.facts(open)));
  }

  private static List<Sheet.Action> actions(@Nullable Closure open, StaffMember reader) {
    if (open == null) {
      return List.of(
          Sheet.Action.first("handover.heading", HandoverController.PATH),
          Sheet.Action.link("closure.request", PATH + "/request"));
    }
    var path = PATH + "/" + open.id();
    var actions = new ArrayList<Sheet.Action>();
    actions.add(Sheet.Action.link("handover.heading", HandoverController.PATH));
    if (open.state() == Closure.State.PROPOSED && !open.proposed().by().equals(reader.id())) {
      actions.add(Sheet.Action.first("closure.confirmation", path + "/confirmation"));
    }
    if (open.refusesCancelling().isEmpty()) {
      actions.add(Sheet.Action.link("closure.cancellation", path + "/cancellation"));
    }
    return actions;
  }

  @GetMapping("/request")
  ModelAndView requesting() {
    return requesting(new Typed("", "", "", "", false), Map.of(), null);
  }

  @PostMapping("/request")
  ModelAndView request(
      @CurrentStaff StaffMember by,
      @RequestParam(required = false) @Nullable String reason,
      @RequestParam(required = false) @Nullable String useUntil,
      @RequestParam(required = false) @Nullable String contactName,
      @RequestParam(required = false) @Nullable String contactMail,
      @RequestParam(defaultValue = "false") boolean witness,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var why = reader.line("reason", reason, 500, true);
    var until = reader.day("useUntil", useUntil);
    if (until.isEmpty()) {
      reader.reject("useUntil", "web.wrong.empty");
    }
    var name = reader.line("contactName", contactName, 100, true);
    var mail = reader.mail("contactMail", contactMail);
    var typed = new Typed(reason, useUntil, contactName, contactMail, witness);
    if (until.isEmpty() || !reader.wrong().isEmpty()) {
      return requesting(typed, reader.wrong(), null);
    }
    var refusal =
        closures.propose(
            new Closures.Asked(why, until.get(), name, mail, witness), by, request.getRemoteAddr());
    if (refusal.isPresent()) {
      return requesting(typed, Map.of(), ClosurePages.words(refusal));
    }
    flash.addFlashAttribute("done", "closure.request.done");
    return new ModelAndView("redirect:" + PATH);
  }

  private ModelAndView requesting(Typed typed, Map<String, Text> wrong, @Nullable Text refusal) {
    return pages.form(
        "closure.request",
        PATH + "/request",
        List.of(
            Field.required("reason", "closure.reason")
                .hinted("closure.reason.hint")
                .with(typed.reason())
                .wrong(wrong.get("reason")),
            Field.required("useUntil", "closure.useUntil")
                .hinted("closure.useUntil.hint")
                .drawn(Form.DAY)
                .with(typed.useUntil())
                .wrong(wrong.get("useUntil")),
            Field.required("contactName", "closure.contactName")
                .with(typed.contactName())
                .wrong(wrong.get("contactName")),
            Field.required("contactMail", "closure.contactMail")
                .hinted("closure.contactMail.hint")
                .drawn(Field.Look.MAIL)
                .with(typed.contactMail())
                .wrong(wrong.get("contactMail")),
            Field.optional("witness", "closure.witness.box")
                .drawn(Form.TICK)
                .with(String.valueOf(typed.witness()))),
        wrong,
        refusal);
  }

  @GetMapping("/{id}/confirmation")
  ModelAndView confirming(
      @PathVariable UUID id,
      @AuthenticationPrincipal SignedInStaff person,
      HttpServletRequest request) {
    return confirming(closures.get(id), person, Map.of(), null, request);
  }

  @PostMapping("/{id}/confirmation")
  ModelAndView confirm(
      @PathVariable UUID id,
      @AuthenticationPrincipal SignedInStaff person,
      @RequestParam(defaultValue = "false") boolean confirmed,
      @RequestParam(required = false) @Nullable String password,
      @RequestParam(defaultValue = "") String code,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var closure = closures.get(id);
    var wrong =
        pages.read(
            new ClosurePages.Typed(person, confirmed, password, code), new FormReader(), request);
    if (!wrong.isEmpty()) {
      return confirming(closure, person, wrong, null, request);
    }
    var refusal = closures.confirm(id, person.member(), request.getRemoteAddr());
    if (refusal.isPresent()) {
      return confirming(closures.get(id), person, Map.of(), ClosurePages.words(refusal), request);
    }
    flash.addFlashAttribute("done", "closure.confirmation.done");
    return new ModelAndView("redirect:" + PATH);
  }

  private ModelAndView confirming(
      Closure closure,
      SignedInStaff person,
      Map<String, Text> wrong,
      @Nullable Text refusal,
      HttpServletRequest request) {
    var path = PATH + "/" + closure.id() + "/confirmation";
    return pages.step(
        closure,
        "closure.confirmation",
        pages.crumbs("closure.heading", PATH, book.crumb("closure.confirmation", path)),
        path,
        PATH,
        List.of(),
        person,
        wrong,
        refusal,
        request);
  }
}
