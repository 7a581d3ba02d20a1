package jp.musubi.custody;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.NavigationItem;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.FreshProof;
import jp.musubi.staff.SecondFactors;
import jp.musubi.staff.SignedInStaff;
import jp.musubi.staff.Staff;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 鍵の管理: which keys there are, and the two steps by which one may be used. */
@Controller
@RequestMapping("/keys")
@Needs(Act.KEEP_KEYS)
class CustodyController {
  private static final Field.Look CODE =
      new Field.Look("text", "one-time-code", null, "medium", null, 40, null);

  private final Custody custody;
  private final List<ManagedKeys> sources;
  private final CustodySheet sheet;
  private final Staff staff;
  private final SecondFactors factors;
  private final Book book;

  CustodyController(
      Custody custody,
      List<ManagedKeys> sources,
      CustodySheet sheet,
      Staff staff,
      SecondFactors factors,
      Book book) {
    this.custody = custody;
    this.sources = List.copyOf(sources);
    this.sheet = sheet;
    this.staff = staff;
    this.factors = factors;
    this.book = book;
  }

  /** The two steps. */
  private enum Step {
    PROPOSAL("proposal"),
    CONFIRMATION("confirmation");

    private final String word;

    Step(String word) {
      this.word = word;
    }
  }

  @Bean
  static NavigationItem toKeys() {
    return new NavigationItem(437, "list", "custody.heading", "/keys", Set.of("OPERATOR"));
  }

  @GetMapping
  ModelAndView show(@AuthenticationPrincipal SignedInStaff operator) {
    return new ModelAndView("web/sheet", "page", sheet.of(keys(), operator.member()));
  }

  @GetMapping("/{fingerprint}/proposal")
  ModelAndView askProposal(
      @PathVariable String fingerprint, @AuthenticationPrincipal SignedInStaff operator) {
    return form(key(fingerprint), Step.PROPOSAL, operator, null, Map.of(), null);
  }

  @PostMapping("/{fingerprint}/proposal")
  ModelAndView propose(
      @PathVariable String fingerprint,
      @AuthenticationPrincipal SignedInStaff operator,
      @RequestParam(required = false) @Nullable String reason,
      @RequestParam(defaultValue = "") String password,
      @RequestParam(defaultValue = "") String code,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var key = key(fingerprint);
    var reader = new FormReader();
    var why = reader.line("reason", reason, 500, true);
    prove(reader, operator, password, code, request);
    if (!reader.wrong().isEmpty()) {
      return form(key, Step.PROPOSAL, operator, reason, reader.wrong(), null);
    }
    var refusal = custody.propose(key, why, operator.member(), request.getRemoteAddr());
    return done(key, Step.PROPOSAL, operator, refusal, flash);
  }

  @GetMapping("/{fingerprint}/confirmation")
  ModelAndView askConfirmation(
      @PathVariable String fingerprint, @AuthenticationPrincipal SignedInStaff operator) {
    return form(key(fingerprint), Step.CONFIRMATION, operator, null, Map.of(), null);
  }

  @PostMapping("/{fingerprint}/confirmation")
  ModelAndView confirm(
      @PathVariable String fingerprint,
      @AuthenticationPrincipal SignedInStaff operator,
      @RequestParam(defaultValue = "") String password,
      @RequestParam(defaultValue = "") String code,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var key = key(fingerprint);
    var reader = new FormReader();
    prove(reader, operator, password, code, request);
    if (!reader.wrong().isEmpty()) {
      return form(key, Step.CONFIRMATION, operator, null, reader.wrong(), null);
    }
    var refusal = custody.confirm(key, operator.member(), request.getRemoteAddr());
    return done(key, Step.CONFIRMATION, operator, refusal, flash);
  }

  private List<ManagedKey> keys() {
    return sources.stream().flatMap(source -> source.keys().stream()).toList();
  }

  private ManagedKey key(String fingerprint) {
    return keys().stream()
        .filter(key -> key.fingerprint().equals(fingerprint))
        .findFirst()
        .orElseThrow(() -> new NotFound("key " + fingerprint));
  }

  /** Who does this proves to be there at that very moment (ASVS 7.5.3). */
  private void prove(
      FormReader reader,
      SignedInStaff operator,
      String password,
      String code,
      HttpServletRequest request) {
    if (FreshProof.isFor(operator)) {
      reader.reject("password", "custody.wrong.sso");
    } else if (password.isEmpty()) {
      reader.reject("password", "web.wrong.empty");
    }
    if (!reader.wrong().isEmpty()) {
      return;
    }
    var ip = request.getRemoteAddr();
    if (!staff.confirms(operator.member(), password, ip)) {
      reader.reject("password", "contract.wrong.password");
    } else if (factors.hasApp(operator.member())
        && factors.confirms(operator.member(), code, ip).isEmpty()) {
      reader.reject("code", "contract.wrong.code");
    }
  }

  private ModelAndView done(
      ManagedKey key,
      Step step,
      SignedInStaff operator,
      Optional<Proposal.Refusal> refusal,
      RedirectAttributes flash) {
    if (refusal.isPresent()) {
      return form(key, step, operator, null, Map.of(), Text.of("custody.refusal." + refusal.get()));
    }
    flash.addFlashAttribute("done", "custody." + step.word + ".done");
    return new ModelAndView("redirect:/keys");
  }

  private ModelAndView form(
      ManagedKey key,
      Step step,
      SignedInStaff operator,
      @Nullable String reason,
      Map<String, Text> wrong,
      @Nullable Text refusal) {
    var path = "/keys/" + key.fingerprint() + "/" + step.word;
    var fields = new ArrayList<Field>();
    if (step == Step.PROPOSAL) {
      fields.add(
          Field.required("reason", "custody.reason")
              .hinted("custody.reason.hint")
              .with(reason)
              .wrong(wrong.get("reason")));
    }
    fields.add(
        Field.required("password", "contract.field.password")
            .hinted("custody.password.hint")
            .drawn(Field.Look.PASSWORD)
            .wrong(wrong.get("password")));
    if (factors.hasApp(operator.member())) {
      fields.add(
          Field.required("code", "contract.field.code")
              .hinted("contract.field.code.hint")
              .drawn(CODE)
              .wrong(wrong.get("code")));
    }
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    book.of("custody." + step.word),
                    List.of(
                        book.crumb("people.crumb.home", "/"),
                        book.crumb("custody.heading", "/keys"),
                        book.crumb("custody." + step.word, path)),
                    path,
                    fields,
                    "custody." + step.word + ".submit",
                    "/keys")
                .led(Text.of("custody." + step.word + ".lead", key.description(), key.grouped()))
                .refused(refusal));
    page.setStatus(
        refusal != null
            ? HttpStatus.CONFLICT
            : wrong.isEmpty() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT);
    return page;
  }
}
