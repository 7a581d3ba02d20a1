package jp.musubi.approval;

import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.organisation.Organisations;
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
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 代理: an approver's own stand-ins, and those they are. */
@Controller
@Needs(Act.LIST_APPROVALS)
@RequestMapping("/approvals/stand-ins")
class StandInController {
  private static final String PATH = "/approvals/stand-ins";

  private final StandIns standIns;
  private final People people;
  private final Organisations organisations;
  private final Book book;

  StandInController(StandIns standIns, People people, Organisations organisations, Book book) {
    this.standIns = standIns;
    this.people = people;
    this.organisations = organisations;
    this.book = book;
  }

  /** What was typed. */
  record Typed(
      @Nullable String deputy,
      @Nullable String from,
      @Nullable String last,
      @Nullable String reason) {}

  @GetMapping
  ModelAndView list(@CurrentStaff StaffMember approver) {
    return new ModelAndView(
        "web/sheet",
        "page",
        Sheet.of(book.of("approval.standIns"), crumbs())
            .led(Text.of("approval.standIns.lead"))
            .doing(List.of(Sheet.Action.first("approval.standIn.name", PATH + "/new")))
            .listing(
                List.of(
                    new Sheet.Table(
                        Text.of("approval.standIns.open"),
                        List.of(
                            "approval.standIn.principal",
                            "approval.standIn.deputy",
                            "approval.standIn.period",
                            "approval.standIn.act"),
                        standIns.concerning(approver.id()).stream()
                            .map(standIn -> row(standIn, approver))
                            .toList(),
                        "approval.standIns.none"))));
  }

  @GetMapping("/new")
  ModelAndView begin(@CurrentStaff StaffMember approver) {
    return form(
        approver,
        new Typed(null, JapaneseDates.era(organisations.today()), null, null),
        Map.of(),
        null,
        HttpStatus.OK);
  }

  @PostMapping
  ModelAndView name(
      @CurrentStaff StaffMember approver,
      @ModelAttribute Typed typed,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var deputy = chosen(reader, approver, typed.deputy());
    var from = day(reader, "from", typed.from());
    var last = day(reader, "last", typed.last());
    var reason = reader.line("reason", typed.reason(), 200, true);
    if (!reader.wrong().isEmpty()) {
      return form(approver, typed, reader.wrong(), null, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    var objection =
        standIns.name(
            approver,
            deputy.orElseThrow(),
            from,
            last.plusDays(1),
            reason,
            request.getRemoteAddr());
    if (objection.isPresent()) {
      return form(
          approver,
          typed,
          Map.of(),
          Text.of("approval.standIn.objection." + objection.get()),
          HttpStatus.CONFLICT);
    }
    flash.addFlashAttribute("done", "approval.standIn.named");
    return new ModelAndView("redirect:" + PATH);
  }

  @PostMapping("/{standIn}/end")
  String end(
      @PathVariable UUID standIn,
      @CurrentStaff StaffMember approver,
      HttpServletRequest request,
      RedirectAttributes flash) {
    standIns.end(approver, standIn, request.getRemoteAddr());
    flash.addFlashAttribute("done", "approval.standIn.ended");
    return "redirect:" + PATH;
  }

  private List<Sheet.Cell> row(StandIn standIn, StaffMember approver) {
    return List.of(
        Sheet.Cell.of(people.name(standIn.principal())),
        Sheet.Cell.of(people.name(standIn.deputy())),
        Sheet.Cell.of(
            JapaneseDates.date(standIn.from())
                + " 〜 "
                + JapaneseDates.date(standIn.until().minusDays(1))),
        standIn.principal().equals(approver.id())
            ? Sheet.Cell.of(
                Sheet.Action.press(
                    "approval.standIn.end", PATH + "/" + standIn.id() + "/end", Map.of()))
            : Sheet.Cell.of("—"));
  }

  private Optional<UUID> chosen(FormReader reader, StaffMember approver, @Nullable String typed) {
    var chosen =
        standIns.candidates(approver.id()).stream()
            .map(StandIns.Candidate::id)
            .filter(id -> id.toString().equals(typed))
            .findFirst();
    if (chosen.isEmpty()) {
      reader.reject("deputy", "people.wrong.choose");
    }
    return chosen;
  }

  private LocalDate day(FormReader reader, String field, @Nullable String typed) {
    var day = reader.day(field, typed);
    if (day.isEmpty()) {
      reader.reject(field, "web.wrong.day");
    }
    return day.orElseGet(organisations::today);
  }

  private ModelAndView form(
      StaffMember approver,
      Typed typed,
      Map<String, Text> wrong,
      @Nullable Text refusal,
      HttpStatus status) {
    var offered =
        Stream.concat(
                Stream.of(new Option("", book.of("approval.standIn.choose"))),
                standIns.candidates(approver.id()).stream()
                    .map(each ->
                        new Option(each.id().toString(), each.name() + "（" + each.loginId() + "）")))
            .toList();
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    book.of("approval.standIn.name"),
                    crumbs(),
                    PATH,
                    List.of(
                        Field.required("deputy", "approval.standIn.deputy")
                            .hinted("approval.standIn.deputy.hint")
                            .offering(offered)
                            .with(typed.deputy())
                            .wrong(wrong.get("deputy")),
                        Field.required("from", "approval.standIn.from")
                            .drawn(Form.DAY)
                            .with(typed.from())
                            .wrong(wrong.get("from")),
                        Field.required("last", "approval.standIn.last")
                            .hinted("approval.day.hint")
                            .drawn(Form.DAY)
                            .with(typed.last())
                            .wrong(wrong.get("last")),
                        Field.required("reason", "approval.standIn.reason")
                            .hinted("approval.standIn.reason.hint")
                            .with(typed.reason())
                            .wrong(wrong.get("reason"))),
                    "approval.standIn.submit",
                    PATH)
                .led(Text.of("approval.standIn.lead"))
                .refused(refusal));
    page.setStatus(status);
    return page;
  }

  private List<Crumb> crumbs() {
    return List.of(
        book.crumb("contract.crumb.home", "/"),
        book.crumb("approval.list", "/approvals"),
        book.crumb("approval.standIns", PATH));
  }
}
