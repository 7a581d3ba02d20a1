package jp.musubi.operations;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.platform.web.NavigationItem;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.SignedInStaff;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 運営者の緊急閲覧, the body's side: what operators asked to see here, and its end at once. */
@Controller
@Needs(Act.SEE_EMERGENCIES)
@RequestMapping(EmergencyAccessController.PATH)
class EmergencyAccessController {
  static final String PATH = "/emergency-access";

  private final Emergencies emergencies;
  private final EmergencyPages pages;

  EmergencyAccessController(Emergencies emergencies, EmergencyPages pages) {
    this.emergencies = emergencies;
    this.pages = pages;
  }

  @Bean
  static NavigationItem toEmergencyAccess() {
    return new NavigationItem(520, "alert", "emergency.body", PATH, Set.of("BODY_ADMIN"));
  }

  @GetMapping
  ModelAndView list() {
    return new ModelAndView("web/sheet", "page", pages.ofBody(emergencies.ofThisBody()));
  }

  @PostMapping("/{emergency}/end")
  ModelAndView end(
      @PathVariable UUID emergency,
      @AuthenticationPrincipal SignedInStaff admin,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var refusal = emergencies.endByBody(emergency, admin.member(), request.getRemoteAddr());
    if (refusal.isPresent()) {
      var page = list();
      page.addObject("refusal", Text.of("emergency.refusal." + refusal.get()));
      page.setStatus(HttpStatus.CONFLICT);
      return page;
    }
    flash.addFlashAttribute("done", "emergency.ended");
    return new ModelAndView("redirect:" + PATH);
  }
}
