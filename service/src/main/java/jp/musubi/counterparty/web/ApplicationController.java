package jp.musubi.counterparty.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.counterparty.Application;
import jp.musubi.counterparty.ApplicationDesk;
import jp.musubi.counterparty.Applications;
import jp.musubi.counterparty.NearMiss;
import jp.musubi.counterparty.SupplierRegister;
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

/** 利用申出の審査: what came, and whether it is accepted. */
@Controller
@RequestMapping("/applications")
class ApplicationController {
  private static final int MOST = 200;
  private static final String NEW = "new";

  private final Applications applications;
  private final ApplicationDesk desk;
  private final SupplierRegister register;
  private final ApplicationSheets sheets;
  private final Book book;

  ApplicationController(
      Applications applications,
      ApplicationDesk desk,
      SupplierRegister register,
      ApplicationSheets sheets,
      Book book) {
    this.applications = applications;
    this.desk = desk;
    this.register = register;
    this.sheets = sheets;
    this.book = book;
  }

  @GetMapping
  @Needs(Act.SEE_SUPPLIERS)
  ModelAndView list(@RequestParam(defaultValue = "false") boolean decided) {
    var states =
        decided
            ? List.of(Application.State.ACCEPTED, Application.State.REJECTED)
            : List.of(Application.State.CONFIRMED);
    var found = applications.newest(states, MOST);
    return Screens.sheet(
        Sheet.of(
                book.of("application.list"),
                Screens.crumbs(book, book.crumb("application.list", "/applications")))
            .led(
                Text.of(
                    applications.areOpen() ? "application.list.lead" : "application.list.closed",
                    sheets.publicAddress()))
            .doing(
                List.of(
                    decided
                        ? Sheet.Action.link("application.showOpen", "/applications")
                        : Sheet.Action.link(
                            "application.showDecided", "/applications?decided=true")))
            .listing(
                List.of(
                    new Sheet.Table(
                        Text.of("application.count", String.valueOf(found.size())),
                        List.of(
                            "application.organisation",
                            "application.signatory",
                            "application.submittedAt",
                            "application.standing"),
                        found.stream().map(this::row).toList(),
                        "application.none"))));
  }

  @GetMapping("/{application}")
  @Needs(Act.SEE_SUPPLIERS)
  ModelAndView show(@PathVariable UUID application, @CurrentStaff StaffMember reader) {
    return Screens.sheet(
        sheets.of(
            applications.get(application),
            Act.CHANGE_SUPPLIERS.roles().stream().anyMatch(reader::may)));
  }

  @GetMapping("/{application}/acceptance")
  @Needs(Act.CHANGE_SUPPLIERS)
  ModelAndView askAccept(@PathVariable UUID application) {
    return acceptance(applications.get(application), null, null, HttpStatus.OK);
  }

  /** 「受理する」. */
  @PostMapping("/{application}/acceptance")
  @Needs(Act.CHANGE_SUPPLIERS)
  ModelAndView accept(
      @PathVariable UUID application,
      @CurrentStaff StaffMember giver,
      @RequestParam(defaultValue = "") String supplier,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var found = applications.get(application);
    var chosen = Screens.key(supplier);
    if (chosen.isEmpty() && !supplier.equals(NEW)) {
      return acceptance(
          found, supplier, Text.of("people.wrong.choose"), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    var owner = desk.accept(application, chosen, giver.actor(), request.getRemoteAddr());
    if (owner.isEmpty()) {
      return Screens.refused(sheets.of(found, true), Text.of("application.nothingToDecide"));
    }
    flash.addFlashAttribute("done", "application.accepted");
    return new ModelAndView("redirect:/suppliers/" + owner.get());
  }

  @GetMapping("/{application}/rejection")
  @Needs(Act.CHANGE_SUPPLIERS)
  ModelAndView askReject(@PathVariable UUID application) {
    return rejection(applications.get(application), null, null, HttpStatus.OK);
  }

  /** 「理由を伝えて却下する」. */
  @PostMapping("/{application}/rejection")
  @Needs(Act.CHANGE_SUPPLIERS)
  ModelAndView reject(
      @PathVariable UUID application,
      @CurrentStaff StaffMember giver,
      @RequestParam(required = false) @Nullable String reason,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var found = applications.get(application);
    var reader = new FormReader();
    var why = reader.lines("reason", reason, 500);
    if (!reader.wrong().isEmpty()) {
      return rejection(
          found, reason, reader.wrong().get("reason"), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    if (!desk.reject(application, why, giver.actor(), request.getRemoteAddr())) {
      return Screens.refused(sheets.of(found, true), Text.of("application.nothingToDecide"));
    }
    flash.addFlashAttribute("done", "application.rejected");
    return new ModelAndView("redirect:/applications");
  }

  private List<Sheet.Cell> row(Application application) {
    var said = application.said();
    return List.of(
        Sheet.Cell.link(said.organisation(), "/applications/" + application.id())
            .noted(said.address()),
        Sheet.Cell.of((said.signatory().title() + " " + said.signatory().name()).strip())
            .noted(said.signatory().mail()),
        Sheet.Cell.of(JapaneseDates.time(application.submittedAt())),
        Sheet.Cell.of(book.of("application.standing." + applications.standing(application))));
  }

  /** Those alike first in line; that it is a new one, a person says. */
  private ModelAndView acceptance(
      Application application, @Nullable String typed, @Nullable Text wrong, HttpStatus status) {
    var alike = sheets.alike(application);
    var choices = new ArrayList<Option>();
    choices.add(new Option("", book.of("people.choose")));
    alike.stream()
        .map(NearMiss::supplier)
        .distinct()
        .map(register::get)
        .forEach(each -> choices.add(new Option(each.id().toString(), each.details().name())));
    choices.add(new Option(NEW, book.of("application.supplier.new")));
    var path = "/applications/" + application.id();
    var lead = Screens.alike(alike, book);
    return Screens.form(
        Form.of(
                book.of("application.accept.heading", application.said().organisation()),
                crumbs(application, "application.accept", "/acceptance"),
                path + "/acceptance",
                List.of(
                    Field.required("supplier", "application.supplier")
                        .hinted("application.supplier.hint")
                        .offering(choices)
                        .with(typed == null && alike.isEmpty() ? NEW : typed)
                        .wrong(wrong)),
                "application.accept.submit",
                path)
            .led(
                lead == null
                    ? Text.of("application.accept.lead")
                    : Text.of("application.accept.alike", lead.values().getFirst())),
        status);
  }

  private ModelAndView rejection(
      Application application, @Nullable String typed, @Nullable Text wrong, HttpStatus status) {
    var path = "/applications/" + application.id();
    return Screens.form(
        Form.of(
                book.of("application.reject.heading", application.said().organisation()),
                crumbs(application, "application.reject", "/rejection"),
                path + "/rejection",
                List.of(
                    Field.required("reason", "application.reason")
                        .hinted("application.reason.hint")
                        .drawn(Form.LINES)
                        .with(typed)
                        .wrong(wrong)),
                "application.reject.submit",
                path)
            .led(Text.of("application.reject.lead")),
        status);
  }

  private List<Crumb> crumbs(Application application, String words, String step) {
    var path = "/applications/" + application.id();
    return Screens.crumbs(
        book,
        book.crumb("application.list", "/applications"),
        new Crumb(application.said().organisation(), path),
        new Crumb(book.of(words), path + step));
  }
}
