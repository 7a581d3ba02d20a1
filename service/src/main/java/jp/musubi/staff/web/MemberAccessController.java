package jp.musubi.staff.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import jp.musubi.staff.StaffSessions;
import jp.musubi.staff.UnusedAccounts;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The end of a member's session, and of the rest of an unused account. */
@Controller
@RequestMapping("/staff/{id}")
@Needs(Act.CHANGE_MEMBER)
class MemberAccessController {
  private final StaffSessions sessions;
  private final UnusedAccounts unused;

  MemberAccessController(StaffSessions sessions, UnusedAccounts unused) {
    this.sessions = sessions;
    this.unused = unused;
  }

  @PostMapping("/sessions/{session}/end")
  String endSession(
      @PathVariable UUID id,
      @PathVariable UUID session,
      @CurrentStaff StaffMember giver,
      HttpServletRequest request,
      RedirectAttributes flash) {
    sessions.end(giver, id, session, request.getRemoteAddr());
    flash.addFlashAttribute("done", "staff.sessions.ended");
    return "redirect:/staff/" + id;
  }

  @PostMapping("/release")
  String release(
      @PathVariable UUID id,
      @CurrentStaff StaffMember giver,
      HttpServletRequest request,
      RedirectAttributes flash) {
    unused.release(giver, id, request.getRemoteAddr());
    flash.addFlashAttribute("done", "staff.released");
    return "redirect:/staff/" + id;
  }
}
