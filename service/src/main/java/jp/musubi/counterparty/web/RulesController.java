package jp.musubi.counterparty.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.counterparty.CounterpartyRules;
import jp.musubi.counterparty.MailDomains;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
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
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 相手方についての決まり: whether anybody may apply, and to which domains contracts go. */
@Controller
@RequestMapping("/settings/counterparties")
@Needs(Act.CHANGE_SETTINGS)
class RulesController {
  private static final String PATH = "/settings/counterparties";
  private static final int MOST = 500;
  private static final Field.Look DOMAINS =
      new Field.Look("lines", "off", null, null, null, 20_000, null);

  private final CounterpartyRules rules;
  private final ApplicationSheets sheets;
  private final Book book;

  RulesController(CounterpartyRules rules, ApplicationSheets sheets, Book book) {
    this.rules = rules;
    this.sheets = sheets;
    this.book = book;
  }

  @GetMapping
  ModelAndView ask() {
    var current = rules.current();
    return form(
        current.applicationsOpen(),
        String.join("\n", current.domains().allowed()),
        String.join("\n", current.domains().denied()),
        Map.of(),
        HttpStatus.OK);
  }

  @PostMapping
  ModelAndView change(
      @CurrentStaff StaffMember giver,
      @RequestParam(defaultValue = "false") boolean open,
      @RequestParam(required = false) @Nullable String allowed,
      @RequestParam(required = false) @Nullable String denied,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var domains = new MailDomains(read(reader, "allowed", allowed), read(reader, "denied", denied));
    if (!reader.wrong().isEmpty()) {
      return form(open, allowed, denied, reader.wrong(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    rules.change(
        new CounterpartyRules.Rules(open, domains), giver.actor(), request.getRemoteAddr());
    flash.addFlashAttribute("done", "rules.changed");
    return new ModelAndView("redirect:/settings");
  }

  /** One domain a line; what stands twice counts once. */
  private static List<String> read(FormReader reader, String field, @Nullable String typed) {
    var domains = new LinkedHashSet<String>();
    var number = 0;
    for (var line : (typed == null ? "" : typed).split("\\R", -1)) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      var domain = MailDomains.parse(line);
      if (domain.isEmpty()) {
        reader.reject(
            field,
            "rules.wrong.line",
            String.valueOf(number),
            line.strip().substring(0, Math.min(line.strip().length(), 50)));
        return List.of();
      }
      domains.add(domain.get());
    }
    if (domains.size() > MOST) {
      reader.reject(field, "rules.wrong.many", String.valueOf(MOST));
    }
    return List.copyOf(domains);
  }

  private ModelAndView form(
      boolean open,
      @Nullable String allowed,
      @Nullable String denied,
      Map<String, Text> wrong,
      HttpStatus status) {
    return Screens.form(
        Form.of(
                book.of("rules.title"),
                List.of(
                    book.crumb("people.crumb.home", "/"),
                    book.crumb("settings.title", "/settings"),
                    book.crumb("rules.title", PATH)),
                PATH,
                List.of(
                    Field.optional("open", "rules.open")
                        .drawn(Form.TICK)
                        .hinted("rules.open.hint")
                        .with(String.valueOf(open)),
                    domains("allowed", allowed, wrong),
                    domains("denied", denied, wrong)),
                "rules.submit",
                "/settings")
            .led(Text.of("rules.lead", sheets.publicAddress())),
        status);
  }

  private static Field domains(String name, @Nullable String typed, Map<String, Text> wrong) {
    return Field.optional(name, "rules." + name)
        .drawn(DOMAINS)
        .hinted("rules." + name + ".hint")
        .with(typed)
        .wrong(wrong.get(name));
  }
}
