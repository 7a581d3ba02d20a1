package jp.musubi.approval;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Refusal;
import jp.musubi.contract.StepRefused;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
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

/** 経路の変更 of one approval that waits, by an administrator. */
@Controller
@Needs(Act.REROUTE_APPROVAL)
@RequestMapping("/contracts/{id}/approval/route")
class RerouteController {
  private final Contracts contracts;
  private final Approvals approvals;
  private final Rerouting rerouting;
  private final Routes routes;
  private final ApprovalPages pages;
  private final Book book;

  RerouteController(
      Contracts contracts,
      Approvals approvals,
      Rerouting rerouting,
      Routes routes,
      ApprovalPages pages,
      Book book) {
    this.contracts = contracts;
    this.approvals = approvals;
    this.rerouting = rerouting;
    this.routes = routes;
    this.pages = pages;
    this.book = book;
  }

  @GetMapping
  ModelAndView ask(@PathVariable UUID id) {
    var waiting =
        approvals
            .latest(new ContractId(id))
            .map(ApprovalStore.Stored::value)
            .filter(Approval.UnderWay.class::isInstance)
            .orElseThrow(() -> new StepRefused(new Refusal.NotInThisState("NotUnderApproval")));
    return form(id, waiting.asked().id(), null, null, Map.of(), null, HttpStatus.OK);
  }

  /** The approval that was shown goes with the form, so that a second press finds it settled. */
  @PostMapping
  ModelAndView change(
      @PathVariable UUID id,
      @CurrentStaff StaffMember admin,
      @RequestParam UUID approval,
      @RequestParam(required = false) @Nullable String route,
      @RequestParam(required = false) @Nullable String reason,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var why = reader.lines("reason", reason, 500);
    var chosen = routes.inForce().stream().filter(r -> r.id().toString().equals(route)).findFirst();
    if (chosen.isEmpty()) {
      reader.reject("route", "people.wrong.choose");
    }
    if (!reader.wrong().isEmpty()) {
      return form(
          id, approval, route, reason, reader.wrong(), null, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    var objection =
        rerouting.reroute(
            new ContractId(id),
            approval,
            chosen.orElseThrow().id(),
            why,
            admin,
            request.getRemoteAddr());
    if (objection.isPresent()) {
      return form(
          id,
          approval,
          route,
          reason,
          Map.of(),
          Text.of("approval.objection." + objection.get()),
          HttpStatus.CONFLICT);
    }
    flash.addFlashAttribute("done", "approval.done.rerouted");
    return new ModelAndView("redirect:/contracts/" + id + "/approval");
  }

  private ModelAndView form(
      UUID id,
      UUID approval,
      @Nullable String route,
      @Nullable String reason,
      Map<String, Text> wrong,
      @Nullable Text refusal,
      HttpStatus status) {
    var offered =
        Stream.concat(
                Stream.of(new Option("", book.of("approval.standIn.choose"))),
                routes.inForce().stream().map(r -> new Option(r.id().toString(), r.name())))
            .toList();
    var path = "/contracts/" + id + "/approval";
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    book.of("approval.reroute"),
                    pages.crumbs(contracts.get(new ContractId(id))),
                    path + "/route?approval=" + approval,
                    List.of(
                        Field.required("route", "approval.reroute.route")
                            .offering(offered)
                            .with(route)
                            .wrong(wrong.get("route")),
                        Field.required("reason", "approval.reroute.reason")
                            .drawn(Form.LINES)
                            .with(reason)
                            .wrong(wrong.get("reason"))),
                    "approval.reroute.submit",
                    path)
                .led(Text.of("approval.reroute.lead"))
                .refused(refusal));
    page.setStatus(status);
    return page;
  }
}
