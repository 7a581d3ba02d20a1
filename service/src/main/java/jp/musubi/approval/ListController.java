package jp.musubi.approval;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 承認待ち, and 一括承認 of what is ticked. */
@Controller("approvalListController")
@Needs(Act.LIST_APPROVALS)
@RequestMapping("/approvals")
class ListController {
  private final Approvals approvals;
  private final ApprovalLines lines;

  ListController(Approvals approvals, ApprovalLines lines) {
    this.approvals = approvals;
    this.lines = lines;
  }

  @GetMapping
  ModelAndView list(@CurrentStaff StaffMember approver) {
    return page(approver, null, HttpStatus.OK);
  }

  @PostMapping
  ModelAndView approve(
      @CurrentStaff StaffMember approver,
      @RequestParam String idempotencyKey,
      @RequestParam(required = false) @Nullable List<UUID> picked,
      HttpServletRequest request) {
    if (picked == null || picked.isEmpty()) {
      return page(approver, Text.of("approval.bulk.nonePicked"), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    if (picked.size() > ApprovalLines.MOST) {
      return page(
          approver,
          Text.of("approval.bulk.tooMany", String.valueOf(ApprovalLines.MOST)),
          HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return new ModelAndView(
        "approval/answers",
        "page",
        lines.answers(
            approvals.approveAll(picked, idempotencyKey, approver, request.getRemoteAddr())));
  }

  private ModelAndView page(StaffMember approver, @Nullable Text refusal, HttpStatus status) {
    var page = new ModelAndView("approval/list", "page", lines.waitingFor(approver, refusal));
    page.setStatus(status);
    return page;
  }
}
