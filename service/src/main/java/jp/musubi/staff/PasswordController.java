package jp.musubi.staff;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.Text;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** One's own password. */
@Controller
@RequestMapping("/account/password")
@Needs(Act.BE_SIGNED_IN)
class PasswordController {
  private final PasswordChange change;
  private final Book book;

  PasswordController(PasswordChange change, Book book) {
    this.change = change;
    this.book = book;
  }

  @GetMapping
  ModelAndView ask(@AuthenticationPrincipal SignedInStaff person) {
    return form(person, Map.of());
  }

  @PostMapping
  ModelAndView change(
      @AuthenticationPrincipal SignedInStaff person,
      @RequestParam(defaultValue = "") String present,
      @RequestParam(defaultValue = "") String password,
      @RequestParam(defaultValue = "") String again,
      HttpServletRequest request) {
    if (!password.equals(again)) {
      return form(person, Map.of("again", Text.of("staff.password.differs")));
    }
    var outcome =
        change.change(
            person, present, password, request.getSession().getId(), request.getRemoteAddr());
    return switch (outcome) {
      case PasswordChange.Outcome.Done _ -> {
        request.changeSessionId();
        yield new ModelAndView("redirect:/account?password");
      }
      case PasswordChange.Outcome.NotConfirmed _ ->
          form(person, Map.of("present", Text.of("staff.factors.password.wrong")));
      case PasswordChange.Outcome.Same _ ->
          form(person, Map.of("password", Text.of("staff.password.same")));
      case PasswordChange.Outcome.Unfit(var why) -> form(person, Map.of("password", why));
    };
  }

  private ModelAndView form(SignedInStaff person, Map<String, Text> wrong) {
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    book.of("staff.password.change"),
                    List.of(
                        book.crumb("people.crumb.home", "/"),
                        book.crumb("staff.account.title", "/account"),
                        book.crumb("staff.password.change", "/account/password")),
                    "/account/password",
                    List.of(
                        Field.required("present", "staff.password.present")
                            .drawn(Field.Look.PASSWORD)
                            .wrong(wrong.get("present")),
                        Field.required("password", "staff.password.new")
                            .hinted("staff.password.hint")
                            .drawn(Form.NEW_PASSWORD)
                            .wrong(wrong.get("password")),
                        Field.required("again", "staff.password.again")
                            .drawn(Form.NEW_PASSWORD)
                            .wrong(wrong.get("again"))),
                    "staff.password.change.submit",
                    "/account")
                .led(
                    Text.of(
                        "staff.password.change.lead",
                        String.valueOf(change.least(person.member())))));
    if (!wrong.isEmpty()) {
      page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return page;
  }
}
