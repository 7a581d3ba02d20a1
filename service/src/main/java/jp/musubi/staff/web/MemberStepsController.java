package jp.musubi.staff.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Grant;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Reach;
import jp.musubi.authority.Role;
import jp.musubi.organisation.Organisations;
import jp.musubi.organisation.SectionRegister;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.Handover;
import jp.musubi.staff.OpenWork;
import jp.musubi.staff.StaffMember;
import jp.musubi.staff.StaffRefusal;
import jp.musubi.staff.StaffRegister;
import jp.musubi.staff.StaffWords;
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

/** What is done with one member of staff: roles, invitation, end, handover. */
@Controller
@RequestMapping("/staff/{id}")
@Needs(Act.CHANGE_MEMBER)
class MemberStepsController {
  private static final int MOST_CHOICES = 2000;

  private final StaffRegister register;
  private final Handover handover;
  private final OpenWork work;
  private final SectionRegister sections;
  private final Organisations organisations;
  private final MemberSheets sheets;
  private final Book book;

  MemberStepsController(
      StaffRegister register,
      Handover handover,
      OpenWork work,
      SectionRegister sections,
      Organisations organisations,
      MemberSheets sheets,
      Book book) {
    this.register = register;
    this.handover = handover;
    this.work = work;
    this.sections = sections;
    this.organisations = organisations;
    this.sheets = sheets;
    this.book = book;
  }

  @GetMapping("/grants/new")
  ModelAndView askGrant(@PathVariable UUID id, @CurrentStaff StaffMember giver) {
    return grantForm(id, giver, null, null, null, Map.of(), null, HttpStatus.OK);
  }

  @PostMapping("/grants")
  ModelAndView grant(
      @PathVariable UUID id,
      @CurrentStaff StaffMember giver,
      @RequestParam(required = false) @Nullable String role,
      @RequestParam(required = false) @Nullable String scope,
      @RequestParam(required = false) @Nullable String last,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var chosen =
        List.of(Role.values()).stream().filter(each -> each.name().equals(role)).findFirst();
    if (chosen.isEmpty()) {
      reader.reject("role", "people.wrong.choose");
    }
    var until =
        reader
            .day("last", last)
            .map(day -> day.plusDays(1).atStartOfDay(JapaneseDates.ZONE).toInstant());
    if (!reader.wrong().isEmpty()) {
      return grantForm(
          id, giver, role, scope, last, reader.wrong(), null, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    var grant = new Grant(chosen.orElseThrow(), People.chosen(scope).orElse(null));
    var refusal = register.grant(giver, id, grant, until, request.getRemoteAddr());
    if (refusal.isPresent()) {
      return grantForm(
          id,
          giver,
          role,
          scope,
          last,
          Map.of(),
          StaffWords.of(refusal.get()),
          HttpStatus.CONFLICT);
    }
    flash.addFlashAttribute("done", "staff.granted");
    return new ModelAndView("redirect:/staff/" + id);
  }

  @PostMapping("/grants/{grant}/end")
  ModelAndView endGrant(
      @PathVariable UUID id,
      @PathVariable UUID grant,
      @CurrentStaff StaffMember giver,
      HttpServletRequest request,
      RedirectAttributes flash) {
    return done(
        id,
        giver,
        register.endGrant(giver, id, grant, request.getRemoteAddr()),
        "staff.grantEnded",
        flash);
  }

  @PostMapping("/invitation")
  ModelAndView reinvite(
      @PathVariable UUID id,
      @CurrentStaff StaffMember giver,
      HttpServletRequest request,
      RedirectAttributes flash) {
    return done(
        id, giver, register.reinvite(giver, id, request.getRemoteAddr()), "staff.reinvited", flash);
  }

  @GetMapping("/end")
  ModelAndView askEnd(@PathVariable UUID id, @CurrentStaff StaffMember giver) {
    return endForm(id, giver, null, HttpStatus.OK);
  }

  @PostMapping("/end")
  ModelAndView end(
      @PathVariable UUID id,
      @CurrentStaff StaffMember giver,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var refusal = register.disable(giver, id, request.getRemoteAddr());
    if (refusal.isPresent()) {
      return endForm(id, giver, StaffWords.of(refusal.get()), HttpStatus.CONFLICT);
    }
    flash.addFlashAttribute("done", "staff.disabled");
    return new ModelAndView(
        "redirect:/staff/" + id + (work.count(id, known(giver)) > 0 ? "/handover" : ""));
  }

  @PostMapping("/reopening")
  ModelAndView reopen(
      @PathVariable UUID id,
      @CurrentStaff StaffMember giver,
      HttpServletRequest request,
      RedirectAttributes flash) {
    return done(
        id, giver, register.enable(giver, id, request.getRemoteAddr()), "staff.enabled", flash);
  }

  @GetMapping("/handover")
  ModelAndView askHandover(@PathVariable UUID id, @CurrentStaff StaffMember giver) {
    return handoverForm(id, giver, null, Map.of(), null, HttpStatus.OK);
  }

  @PostMapping("/handover")
  ModelAndView handOver(
      @PathVariable UUID id,
      @CurrentStaff StaffMember giver,
      @RequestParam(required = false) @Nullable String to,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var heir = People.chosen(to);
    if (heir.isEmpty()) {
      return handoverForm(
          id,
          giver,
          to,
          Map.of("to", Text.of("people.wrong.choose")),
          null,
          HttpStatus.UNPROCESSABLE_CONTENT);
    }
    var refusal = handover.handOver(giver, id, heir.get(), request.getRemoteAddr());
    if (refusal.isPresent()) {
      return handoverForm(
          id, giver, to, Map.of(), StaffWords.of(refusal.get()), HttpStatus.CONFLICT);
    }
    flash.addFlashAttribute("done", "staff.handedOver");
    return new ModelAndView("redirect:/staff/" + id);
  }

  private ModelAndView done(
      UUID id,
      StaffMember giver,
      Optional<StaffRefusal> refusal,
      String done,
      RedirectAttributes flash) {
    if (refusal.isPresent()) {
      return People.refused(sheets.of(id, giver), StaffWords.of(refusal.get()));
    }
    flash.addFlashAttribute("done", done);
    return new ModelAndView("redirect:/staff/" + id);
  }

  private ModelAndView grantForm(
      UUID id,
      StaffMember giver,
      @Nullable String role,
      @Nullable String scope,
      @Nullable String last,
      Map<String, Text> wrong,
      @Nullable Text refusal,
      HttpStatus status) {
    var operators = register.isOperators();
    var roles = new ArrayList<Option>();
    for (var each : Role.values()) {
      if (each.isOfTheOperator() == operators || each == Role.AUDITOR) {
        roles.add(new Option(each.name(), book.of("role." + each + ".does")));
      }
    }
    var scopes = new ArrayList<Option>();
    scopes.add(new Option("", book.of("staff.wholeBody")));
    scopes.addAll(People.sections(sections.tree(organisations.today())));
    return People.form(
        Form.of(
                book.of("staff.grant.heading", register.get(id).name()),
                crumbs(id),
                "/staff/" + id + "/grants",
                List.of(
                    Field.required("role", "staff.role")
                        .offering(roles)
                        .with(role == null && !operators ? Role.CLERK.name() : role)
                        .wrong(wrong.get("role")),
                    Field.optional("scope", "staff.scope")
                        .hinted("staff.scope.hint")
                        .offering(scopes)
                        .with(scope == null ? register.get(id).sectionId().toString() : scope)
                        .wrong(wrong.get("scope")),
                    Field.optional("last", "staff.grantLast")
                        .hinted("staff.grantLast.hint")
                        .drawn(Form.DAY)
                        .with(last)
                        .wrong(wrong.get("last"))),
                "staff.grant.submit",
                "/staff/" + id)
            .led(Text.of(giver.id().equals(id) ? "staff.grant.selfLead" : "staff.grant.lead"))
            .refused(refusal),
        status);
  }

  /** Contracts that this person may know of: 親展 is kept from whoever hands over, too. */
  private static Reach known(StaffMember giver) {
    return Authorisation.reach(giver, Act.SEE_CONTRACT);
  }

  private ModelAndView endForm(
      UUID id, StaffMember giver, @Nullable Text refusal, HttpStatus status) {
    var entry = register.get(id);
    return People.form(
        Form.of(
                book.of("staff.disable.heading", entry.name()),
                crumbs(id),
                "/staff/" + id + "/end",
                List.of(),
                "staff.disable.submit",
                "/staff/" + id)
            .led(Text.of("staff.disable.lead", String.valueOf(work.count(id, known(giver)))))
            .refused(refusal),
        status);
  }

  private ModelAndView handoverForm(
      UUID id,
      StaffMember giver,
      @Nullable String to,
      Map<String, Text> wrong,
      @Nullable Text refusal,
      HttpStatus status) {
    var heirs = new ArrayList<Option>();
    heirs.add(new Option("", book.of("people.choose")));
    register
        .find(
            Authorisation.reach(giver, Act.CHANGE_MEMBER),
            "",
            StaffRegister.Which.ACTIVE,
            MOST_CHOICES)
        .stream()
        .filter(entry -> !entry.id().equals(id))
        .forEach(entry ->
            heirs.add(
                new Option(entry.id().toString(), entry.name() + "（" + entry.loginId() + "）")));
    var items = work.of(id, known(giver));
    return People.form(
        Form.of(
                book.of("staff.handover.heading", register.get(id).name()),
                crumbs(id),
                "/staff/" + id + "/handover",
                List.of(
                    Field.required("to", "staff.handover.to")
                        .offering(heirs)
                        .with(to)
                        .wrong(wrong.get("to"))),
                "staff.handover.submit",
                "/staff/" + id)
            .led(
                Text.of(
                    "staff.handover.lead",
                    String.valueOf(items.size()),
                    items.stream()
                        .limit(20)
                        .map(item ->
                            item.number() + "「" + item.title() + "」（" + book.of(item.stage()) + "）")
                        .collect(java.util.stream.Collectors.joining("、"))))
            .refused(refusal),
        status);
  }

  private List<Crumb> crumbs(UUID id) {
    return List.of(
        People.home(book),
        book.crumb("staff.list", "/staff"),
        new Crumb(register.get(id).name(), "/staff/" + id));
  }
}
