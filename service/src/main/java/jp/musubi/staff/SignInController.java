package jp.musubi.staff;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Recorded;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Option;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The sign-in page, and the page about oneself. */
@Controller
class SignInController {
  private static final Field.Look LOGIN =
      new Field.Look("text", "username", null, "medium", null, 100, null);

  private final Organisations organisations;
  private final RememberedBody remembered;
  private final MessageSource messages;

  SignInController(Organisations organisations, RememberedBody remembered, MessageSource messages) {
    this.organisations = organisations;
    this.remembered = remembered;
    this.messages = messages;
  }

  /**
   * What the sign-in page prints.
   *
   * @param notice key of the banner's words, if there is something to say
   */
  record SignInPage(String tone, @Nullable String notice, List<Field> fields) {}

  /**
   * What the page about oneself prints.
   *
   * @param notice key of the banner's words, if there is something to say
   */
  record AccountPage(List<Fact> facts, @Nullable String notice) {}

  @GetMapping("/signin")
  String signIn(
      @RequestParam(required = false) @Nullable String refused,
      @RequestParam(required = false) @Nullable String out,
      @RequestParam(required = false) @Nullable String ended,
      @RequestParam(required = false) @Nullable String chosen,
      @RequestParam(required = false) @Nullable String place,
      @RequestParam(required = false) @Nullable String body,
      HttpServletRequest request,
      Model model) {
    var bodies =
        organisations.bodies().stream().map(each -> new Option(each.code(), each.name())).toList();
    // A link of the body's own comes first, then what this browser remembers.
    var offered =
        Stream.concat(Stream.ofNullable(body), remembered.of(request).stream())
            .filter(code -> bodies.stream().anyMatch(each -> each.value().equals(code)))
            .findFirst()
            .orElse("");
    var notice =
        place != null
            ? "staff.signin.place"
            : chosen != null ? "staff.signin.chosen" : notice(refused, out, ended);
    model.addAttribute(
        "page",
        new SignInPage(
            refused == null && place == null ? "info" : "error",
            notice,
            List.of(
                Field.required("body", "staff.signin.body").offering(bodies).with(offered),
                Field.required("login", "staff.signin.login").drawn(LOGIN),
                Field.required("password", "staff.signin.password").drawn(Field.Look.PASSWORD))));
    return "staff/signin";
  }

  @Recorded(by = Recorded.By.NOBODY, because = "what a person sees of themselves")
  @GetMapping("/account")
  @Needs(Act.BE_SIGNED_IN)
  String account(
      @AuthenticationPrincipal SignedInStaff person,
      @RequestParam(required = false) @Nullable String password,
      Model model) {
    model.addAttribute(
        "page",
        new AccountPage(
            List.of(
                Fact.of("staff.account.body", person.bodyName()),
                Fact.of("staff.account.section", person.sectionName()),
                Fact.of("staff.account.name", person.displayName()),
                Fact.of("staff.account.login", person.member().loginId()),
                Fact.of("staff.account.mail", person.member().mail()),
                Fact.of("staff.account.roles", inWords(person.roleCodes())),
                Fact.of("staff.account.since", JapaneseDates.time(person.since()))),
            password == null ? null : "staff.password.changed"));
    return "staff/account";
  }

  private static @Nullable String notice(
      @Nullable String refused, @Nullable String out, @Nullable String ended) {
    if (refused != null) {
      return "staff.signin.refused";
    }
    if (ended != null) {
      return "staff.signin.ended";
    }
    return out == null ? null : "staff.signin.out";
  }

  private String inWords(Set<String> roles) {
    return roles.stream()
        .sorted()
        .map(role -> messages.getMessage("role." + role, null, java.util.Locale.JAPAN))
        .collect(Collectors.joining("・"));
  }
}
