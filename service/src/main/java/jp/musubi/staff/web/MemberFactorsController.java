package jp.musubi.staff.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.FactorReset;
import jp.musubi.staff.StaffMember;
import jp.musubi.staff.StaffRegister;
import jp.musubi.staff.StaffWords;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 登録の消去, of a member who lost passkey or app. */
@Controller
@RequestMapping("/staff/{id}/factors")
@Needs(Act.RESET_FACTORS)
class MemberFactorsController {
  private final FactorReset reset;
  private final StaffRegister register;
  private final Book book;

  MemberFactorsController(FactorReset reset, StaffRegister register, Book book) {
    this.reset = reset;
    this.register = register;
    this.book = book;
  }

  @GetMapping
  ModelAndView ask(@PathVariable UUID id) {
    return form(id, null, HttpStatus.OK);
  }

  @PostMapping
  ModelAndView reset(
      @PathVariable UUID id,
      @CurrentStaff StaffMember giver,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var refusal = reset.reset(giver, id, request.getRemoteAddr());
    if (refusal.isPresent()) {
      return form(id, StaffWords.of(refusal.get()), HttpStatus.CONFLICT);
    }
    flash.addFlashAttribute("done", "staff.reset.done");
    return new ModelAndView("redirect:/staff/" + id);
  }

  private ModelAndView form(UUID id, @Nullable Text refusal, HttpStatus status) {
    var name = register.get(id).name();
    var path = "/staff/" + id;
    var heading = book.of("staff.reset.heading", name);
    return People.form(
        Form.of(
                heading,
                List.of(
                    People.home(book),
                    book.crumb("staff.list", "/staff"),
                    new Crumb(name, path),
                    new Crumb(heading, path + "/factors")),
                path + "/factors",
                List.of(),
                "staff.reset.submit",
                path)
            .led(Text.of("staff.reset.lead"))
            .refused(refusal),
        status);
  }
}
