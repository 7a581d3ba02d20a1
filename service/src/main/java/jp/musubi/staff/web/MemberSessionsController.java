package jp.musubi.staff.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.staff.StaffMember;
import jp.musubi.staff.StaffSessions;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The end of a member's session, by whoever looks after the member. */
@Controller
@RequestMapping("/staff/{id}")
@Needs(Act.CHANGE_MEMBER)
class MemberSessionsController {
  private final StaffSessions sessions;

  MemberSessionsController(StaffSessions sessions) {
    this.sessions = sessions;
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
}
