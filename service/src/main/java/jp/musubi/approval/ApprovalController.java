package jp.musubi.approval;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
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

/** 承認・差戻し・引戻し of one contract. */
@Controller
@RequestMapping("/contracts/{id}/approval")
class ApprovalController {
  private static final int COMMENT = 500;

  private final Contracts contracts;
  private final Approvals approvals;
  private final ApprovalPages pages;

  ApprovalController(Contracts contracts, Approvals approvals, ApprovalPages pages) {
    this.contracts = contracts;
    this.approvals = approvals;
    this.pages = pages;
  }

  @GetMapping
  @Needs(Act.SEE_CONTRACT)
  ModelAndView show(@PathVariable UUID id, @CurrentStaff StaffMember reader) {
    return page(id, reader, null, ApprovalPages.comment(null, null), HttpStatus.OK);
  }

  @PostMapping("/consent")
  @Needs(Act.APPROVE_CONTRACT)
  ModelAndView approve(
      @PathVariable UUID id,
      @CurrentStaff StaffMember approver,
      @RequestParam String idempotencyKey,
      @RequestParam UUID approval,
      HttpServletRequest request,
      RedirectAttributes flash) {
    return answer(
        id,
        approver,
        approvals.approve(
            new ContractId(id), approval, idempotencyKey, approver, request.getRemoteAddr()),
        "approval.done.approved",
        flash);
  }

  @PostMapping("/return")
  @Needs(Act.APPROVE_CONTRACT)
  ModelAndView sendBack(
      @PathVariable UUID id,
      @CurrentStaff StaffMember approver,
      @RequestParam String idempotencyKey,
      @RequestParam UUID approval,
      @RequestParam(required = false) @Nullable String comment,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var why = reader.lines("comment", comment, COMMENT);
    if (!reader.wrong().isEmpty()) {
      return page(
          id,
          approver,
          null,
          ApprovalPages.comment(comment, reader.wrong().get("comment")),
          HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return answer(
        id,
        approver,
        approvals.sendBack(
            new ContractId(id), approval, idempotencyKey, why, approver, request.getRemoteAddr()),
        "approval.done.returned",
        flash);
  }

  @PostMapping("/recall")
  @Needs(Act.HANDLE_CONTRACT)
  ModelAndView recall(
      @PathVariable UUID id,
      @CurrentStaff StaffMember clerk,
      @RequestParam String idempotencyKey,
      @RequestParam UUID approval,
      HttpServletRequest request,
      RedirectAttributes flash) {
    return answer(
        id,
        clerk,
        approvals.recall(
            new ContractId(id), approval, idempotencyKey, clerk, request.getRemoteAddr()),
        "approval.done.recalled",
        flash);
  }

  private ModelAndView answer(
      UUID id,
      StaffMember reader,
      Optional<Objection> objection,
      String done,
      RedirectAttributes flash) {
    if (objection.isPresent()) {
      return page(
          id,
          reader,
          Text.of("approval.objection." + objection.get()),
          ApprovalPages.comment(null, null),
          HttpStatus.CONFLICT);
    }
    flash.addFlashAttribute("done", done);
    return new ModelAndView("redirect:/contracts/" + id + "/approval");
  }

  private ModelAndView page(
      UUID id, StaffMember reader, @Nullable Text refusal, Field comment, HttpStatus status) {
    var contract = contracts.get(new ContractId(id));
    var page =
        new ModelAndView(
            "approval/show",
            "page",
            pages.of(contract, approvals.latest(contract.id()), reader, refusal, comment));
    page.setStatus(status);
    return page;
  }
}
