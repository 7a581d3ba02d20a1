package jp.musubi.approval;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Refusal;
import jp.musubi.contract.StepRefused;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.seal.Sha256;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 承認を求める, in place of 送信 where a route applies. */
@Controller
@Needs(Act.HANDLE_CONTRACT)
@RequestMapping("/contracts/{id}/approval/request")
class RequestController {
  private final Contracts contracts;
  private final Asking asking;
  private final Routes routes;
  private final RouteWords words;
  private final ContractFacts facts;
  private final ApprovalPages pages;
  private final Organisations organisations;

  RequestController(
      Contracts contracts,
      Asking asking,
      Routes routes,
      RouteWords words,
      ContractFacts facts,
      ApprovalPages pages,
      Organisations organisations) {
    this.contracts = contracts;
    this.asking = asking;
    this.routes = routes;
    this.words = words;
    this.facts = facts;
    this.pages = pages;
    this.organisations = organisations;
  }

  /**
   * Version and document are those of the review that leads here; without, those of this moment.
   */
  @GetMapping
  ModelAndView form(
      @PathVariable UUID id,
      @CurrentStaff StaffMember clerk,
      @RequestParam(required = false) @Nullable Integer version,
      @RequestParam(required = false) @Nullable String document) {
    var draft = contracts.get(new ContractId(id));
    if (!draft.state().equals("DRAFT")) {
      throw new StepRefused(new Refusal.NotInThisState(draft.state()));
    }
    return page(
        draft,
        DecisionForm.empty(),
        UUID.randomUUID().toString(),
        version == null ? draft.version() : version,
        document == null ? draft.currentFile().hex() : document,
        Map.of(),
        HttpStatus.OK);
  }

  @PostMapping
  ModelAndView ask(
      @PathVariable UUID id,
      @CurrentStaff StaffMember clerk,
      @RequestParam String idempotencyKey,
      @RequestParam int version,
      @RequestParam String document,
      @ModelAttribute DecisionForm typed,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var meaning = typed.read(reader, organisations.today());
    if (meaning.isEmpty()) {
      return page(
          contracts.get(new ContractId(id)),
          typed,
          idempotencyKey,
          version,
          document,
          reader.wrong(),
          HttpStatus.UNPROCESSABLE_CONTENT);
    }
    asking.ask(
        new ContractId(id),
        new Asking.Reviewed(
            idempotencyKey,
            version,
            Sha256.parse(document),
            meaning.get().number(),
            meaning.get().day(),
            meaning.get().digest()),
        clerk,
        request.getRemoteAddr());
    flash.addFlashAttribute("done", "approval.done.asked");
    return new ModelAndView("redirect:/contracts/" + id + "/approval");
  }

  private ModelAndView page(
      Particulars draft,
      DecisionForm typed,
      String key,
      int version,
      String document,
      Map<String, Text> wrong,
      HttpStatus status) {
    var route =
        routes.chosenFor(draft).orElseThrow(() -> new StepRefused(new Refusal.NoApprovalRoute()));
    var path = "/contracts/" + draft.id();
    var page =
        new ModelAndView(
            "approval/request",
            "page",
            new RequestPage(
                path + "/approval/request",
                path + "/review",
                draft.title(),
                pages.crumbs(draft),
                route.name(),
                words.steps(route),
                facts.of(draft),
                List.copyOf(typed.fields(wrong)),
                key,
                version,
                document));
    page.setStatus(status);
    return page;
  }
}
