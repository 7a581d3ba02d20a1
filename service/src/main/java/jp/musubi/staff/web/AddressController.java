package jp.musubi.staff.web;

import jakarta.servlet.http.HttpServletRequest;
import java.text.Normalizer;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jp.musubi.access.AddressPolicy;
import jp.musubi.access.AddressRules;
import jp.musubi.access.Audience;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.platform.AddressRange;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 接続元の制限: where the body's staff, programs and counterparties may come from. */
@Controller
class AddressController {
  private static final Field.Look RANGES =
      new Field.Look("lines", "off", null, null, null, 100_000, null);

  private final AddressRules rules;
  private final Book book;
  private final Clock clock;

  AddressController(AddressRules rules, Book book, Clock clock) {
    this.rules = rules;
    this.book = book;
    this.clock = clock;
  }

  @GetMapping("/settings/addresses")
  @Needs(Act.CHANGE_ADDRESSES)
  ModelAndView show(HttpServletRequest request) {
    var now = clock.instant();
    var facts =
        Arrays.stream(Audience.values())
            .map(audience -> Fact.of("address." + audience, inWords(rules.of(audience), audience)))
            .collect(Collectors.toList());
    facts.addFirst(Fact.of("address.present", request.getRemoteAddr()));
    var tried =
        Arrays.stream(Audience.values())
            .anyMatch(audience -> rules.of(audience).trialAt(now).isPresent());
    return People.sheet(
        Sheet.of(book.of("address.list"), crumbs())
            .led(Text.of("address.lead"))
            .warning(tried ? Text.of("address.trial.warning") : null)
            .with(facts)
            .doing(
                Arrays.stream(Audience.values())
                    .map(audience ->
                        Sheet.Action.link(
                            "address.change." + audience,
                            "/settings/addresses/change?audience=" + audience))
                    .toList()));
  }

  private String inWords(AddressPolicy policy, Audience audience) {
    var now = clock.instant();
    var standing =
        policy.standing().isEmpty()
            ? book.of("address.open." + audience)
            : book.of("address.limited", policy.standing().size());
    return policy
        .trialAt(now)
        .map(trial ->
            book.of(
                "address.onTrial",
                JapaneseDates.time(trial.until()),
                trial.ranges().size(),
                standing))
        .orElse(standing);
  }

  @GetMapping("/settings/addresses/change")
  @Needs(Act.CHANGE_ADDRESSES)
  ModelAndView ask(
      @RequestParam(defaultValue = "STAFF") String audience, HttpServletRequest request) {
    var whose = audience(audience);
    var ranges = rules.of(whose).inForce(clock.instant());
    var text = ranges.stream().map(AddressRange::text).collect(Collectors.joining("\n"));
    return form(whose, text, false, Map.of(), null, request, HttpStatus.OK);
  }

  @PostMapping("/settings/addresses/change")
  @Needs(Act.CHANGE_ADDRESSES)
  ModelAndView change(
      @CurrentStaff StaffMember admin,
      @RequestParam(defaultValue = "STAFF") String audience,
      @RequestParam(required = false) @Nullable String ranges,
      @RequestParam(defaultValue = "false") boolean trial,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var whose = audience(audience);
    var reader = new FormReader();
    var read = read(reader, ranges);
    if (!reader.wrong().isEmpty()) {
      return form(
          whose, ranges, trial, reader.wrong(), null, request, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return switch (rules.change(whose, read, trial, admin.actor(), request.getRemoteAddr())) {
      case AddressRules.Outcome.Changed _ -> done(flash, "address.changed");
      case AddressRules.Outcome.OnTrial _ -> done(flash, "address.tried");
      case AddressRules.Outcome.ShutsOut(var present) ->
          form(
              whose,
              ranges,
              trial,
              Map.of(),
              Text.of("address.refusal.shutsOut", present),
              request,
              HttpStatus.CONFLICT);
    };
  }

  private static ModelAndView done(RedirectAttributes flash, String words) {
    flash.addFlashAttribute("done", words);
    return new ModelAndView("redirect:/settings/addresses");
  }

  /** One range a line, in either width; what stands twice counts once. */
  private static List<AddressRange> read(FormReader reader, @Nullable String typed) {
    var ranges = new LinkedHashSet<AddressRange>();
    var number = 0;
    for (var line : (typed == null ? "" : typed).split("\\R", -1)) {
      number++;
      var plain = Normalizer.normalize(line, Normalizer.Form.NFKC).strip();
      if (plain.isEmpty()) {
        continue;
      }
      var range = AddressRange.parse(plain);
      if (range.isEmpty()) {
        reader.reject(
            "ranges",
            "address.wrong.line",
            String.valueOf(number),
            plain.substring(0, Math.min(plain.length(), 50)));
        return List.of();
      }
      ranges.add(range.get());
    }
    if (ranges.size() > AddressRules.MOST) {
      reader.reject("ranges", "address.wrong.many", String.valueOf(AddressRules.MOST));
    }
    return List.copyOf(ranges);
  }

  private ModelAndView form(
      Audience audience,
      @Nullable String ranges,
      boolean trial,
      Map<String, Text> wrong,
      @Nullable Text refusal,
      HttpServletRequest request,
      HttpStatus status) {
    return People.form(
        Form.of(
                book.of("address.change." + audience),
                crumbs(),
                "/settings/addresses/change?audience=" + audience,
                List.of(
                    Field.optional("ranges", "address.ranges")
                        .drawn(RANGES)
                        .with(ranges)
                        .hinted("address.ranges.hint")
                        .wrong(wrong.get("ranges")),
                    Field.optional("trial", "address.trial")
                        .drawn(Form.TICK)
                        .with(String.valueOf(trial))
                        .hinted("address.trial.hint")),
                "address.submit",
                "/settings/addresses")
            .led(Text.of("address.lead." + audience, request.getRemoteAddr()))
            .refused(refusal),
        status);
  }

  private List<Crumb> crumbs() {
    return List.of(
        People.home(book),
        book.crumb("settings.title", "/settings"),
        book.crumb("address.list", "/settings/addresses"));
  }

  private static Audience audience(String name) {
    return Arrays.stream(Audience.values())
        .filter(audience -> audience.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new NotFound("audience " + name));
  }
}
