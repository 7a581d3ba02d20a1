package jp.musubi.disposal;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Particulars;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.register.Keepings;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 保存と廃棄 of one contract: until when it is kept, longer, or held. */
@Controller
@Needs(Act.KEEP_CONTRACT)
@RequestMapping("/contracts/{id}/keeping")
class KeepingController {
  private static final int LONGEST_REASON = 500;

  private final Contracts contracts;
  private final Disposals disposals;
  private final Keepings keepings;
  private final Holds holds;
  private final Book book;

  KeepingController(
      Contracts contracts, Disposals disposals, Keepings keepings, Holds holds, Book book) {
    this.contracts = contracts;
    this.disposals = disposals;
    this.keepings = keepings;
    this.holds = holds;
    this.book = book;
  }

  @GetMapping
  ModelAndView show(@PathVariable UUID id) {
    var contract = contracts.get(new ContractId(id));
    var of = disposals.find(contract.id()).orElseThrow(() -> new NotFound("contract " + id));
    var facts = new ArrayList<Fact>();
    var years = keepings.shown(contract);
    facts.add(Fact.of("register.keeping", years.isEmpty() ? "—" : years));
    facts.add(
        new Fact(
            "disposal.until",
            of.keptUntil().map(JapaneseDates::era).orElse("—"),
            book.of("disposal.until.note")));
    var path = path(contract);
    var concluded = contract.state().equals("CONCLUDED");
    return new ModelAndView(
        "web/sheet",
        "page",
        Sheet.of(book.of("disposal.keeping"), crumbs(contract))
            .led(Text.of("disposal.keeping.lead"))
            .with(facts)
            .doing(
                concluded
                    ? List.of(
                        Sheet.Action.link("disposal.extend", path + "/extension"),
                        Sheet.Action.link("disposal.hold", path + "/hold"))
                    : List.of())
            .listing(
                List.of(
                    new Sheet.Table(
                        Text.of("disposal.holds"),
                        List.of(
                            "disposal.hold.kind",
                            "disposal.reason",
                            "disposal.hold.placed",
                            "people.action"),
                        holds.open(contract.id()).stream().map(hold -> row(hold, path)).toList(),
                        "disposal.holds.none"))));
  }

  private List<Sheet.Cell> row(Hold hold, String path) {
    return List.of(
        Sheet.Cell.of(book.of("disposal.hold.kind." + hold.kind())),
        Sheet.Cell.of(hold.reason()),
        Sheet.Cell.of(hold.placedName()).noted(JapaneseDates.time(hold.placedAt())),
        Sheet.Cell.link(book.of("disposal.release"), path + "/holds/" + hold.id() + "/end"));
  }

  @GetMapping("/extension")
  ModelAndView extending(@PathVariable UUID id) {
    return extending(concluded(id), "", "", Map.of());
  }

  @PostMapping("/extension")
  ModelAndView extend(
      @PathVariable UUID id,
      @CurrentStaff StaffMember by,
      @RequestParam(defaultValue = "") String keeping,
      @RequestParam(required = false) @Nullable String reason,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var contract = concluded(id);
    var reader = new FormReader();
    var typed = reader.line("keeping", keeping, 20, true);
    var why = reader.lines("reason", reason, LONGEST_REASON);
    if (reader.wrong().isEmpty()) {
      keepings
          .extend(contract, typed, why, by, request.getRemoteAddr())
          .ifPresent(refusal -> reader.reject("keeping", "disposal.extend." + refusal));
    }
    if (!reader.wrong().isEmpty()) {
      return unprocessable(extending(contract, typed, why, reader.wrong()));
    }
    flash.addFlashAttribute("done", "disposal.extended");
    return new ModelAndView("redirect:" + path(contract));
  }

  private ModelAndView extending(
      Particulars contract, String keeping, String reason, Map<String, Text> wrong) {
    var years = keepings.shown(contract);
    return form(
        contract,
        "disposal.extend",
        "/extension",
        List.of(
            Field.required("keeping", "disposal.extend.keeping")
                .hinted("register.keeping.hint")
                .drawn(Form.DAY)
                .with(keeping)
                .wrong(wrong.get("keeping")),
            reason(reason, wrong)),
        Text.of("disposal.extend.lead", years.isEmpty() ? "—" : years));
  }

  @GetMapping("/hold")
  ModelAndView holding(@PathVariable UUID id) {
    return holding(concluded(id), UUID.randomUUID(), "", "", Map.of());
  }

  @PostMapping("/hold")
  ModelAndView hold(
      @PathVariable UUID id,
      @CurrentStaff StaffMember by,
      @RequestParam UUID idempotencyKey,
      @RequestParam(defaultValue = "") String kind,
      @RequestParam(required = false) @Nullable String reason,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var contract = concluded(id);
    var reader = new FormReader();
    var chosen =
        Arrays.stream(Hold.Kind.values()).filter(each -> each.name().equals(kind)).findFirst();
    if (chosen.isEmpty()) {
      reader.reject("kind", "people.wrong.choose");
    }
    var why = reader.lines("reason", reason, LONGEST_REASON);
    if (chosen.isEmpty() || !reader.wrong().isEmpty()) {
      return unprocessable(holding(contract, idempotencyKey, kind, why, reader.wrong()));
    }
    var refusal =
        holds.place(contract.id(), idempotencyKey, chosen.get(), why, by, request.getRemoteAddr());
    if (refusal.isPresent()) {
      throw new NotFound("hold on contract " + id);
    }
    flash.addFlashAttribute("done", "disposal.held");
    return new ModelAndView("redirect:" + path(contract));
  }

  private ModelAndView holding(
      Particulars contract, UUID key, String kind, String reason, Map<String, Text> wrong) {
    var kinds = new ArrayList<Option>();
    kinds.add(new Option("", book.of("people.choose")));
    for (var each : Hold.Kind.values()) {
      kinds.add(new Option(each.name(), book.of("disposal.hold.kind." + each)));
    }
    return form(
        contract,
        "disposal.hold",
        "/hold",
        List.of(
            Field.required("kind", "disposal.hold.kind")
                .offering(kinds)
                .with(kind)
                .wrong(wrong.get("kind")),
            reason(reason, wrong),
            Field.optional("idempotencyKey", "disposal.hold")
                .drawn(Form.HIDDEN)
                .with(key.toString())),
        Text.of("disposal.hold.lead"));
  }

  @GetMapping("/holds/{hold}/end")
  ModelAndView lifting(@PathVariable UUID id, @PathVariable UUID hold) {
    return lifting(contracts.get(new ContractId(id)), hold, "", Map.of());
  }

  @PostMapping("/holds/{hold}/end")
  ModelAndView lift(
      @PathVariable UUID id,
      @PathVariable UUID hold,
      @CurrentStaff StaffMember by,
      @RequestParam(required = false) @Nullable String reason,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var contract = contracts.get(new ContractId(id));
    var reader = new FormReader();
    var why = reader.lines("reason", reason, LONGEST_REASON);
    if (!reader.wrong().isEmpty()) {
      return unprocessable(lifting(contract, hold, why, reader.wrong()));
    }
    holds.lift(contract.id(), hold, why, by, request.getRemoteAddr());
    flash.addFlashAttribute("done", "disposal.released");
    return new ModelAndView("redirect:" + path(contract));
  }

  private ModelAndView lifting(
      Particulars contract, UUID hold, String reason, Map<String, Text> wrong) {
    if (holds.open(contract.id()).stream().noneMatch(each -> each.id().equals(hold))) {
      throw new NotFound("hold " + hold);
    }
    return form(
        contract,
        "disposal.release",
        "/holds/" + hold + "/end",
        List.of(reason(reason, wrong)),
        Text.of("disposal.release.lead"));
  }

  private ModelAndView form(
      Particulars contract, String label, String way, List<Field> fields, Text lead) {
    var path = path(contract);
    var crumbs = new ArrayList<>(crumbs(contract));
    crumbs.add(new Crumb(book.of(label), path + way));
    return new ModelAndView(
        "web/form",
        "page",
        Form.of(book.of(label), crumbs, path + way, fields, label, path).led(lead));
  }

  private static Field reason(String typed, Map<String, Text> wrong) {
    return Field.required("reason", "disposal.reason")
        .drawn(Form.LINES)
        .with(typed)
        .wrong(wrong.get("reason"));
  }

  private static ModelAndView unprocessable(ModelAndView page) {
    page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
    return page;
  }

  private Particulars concluded(UUID id) {
    var contract = contracts.get(new ContractId(id));
    if (!contract.state().equals("CONCLUDED")) {
      throw new NotFound("keeping of contract %s, which is %s".formatted(id, contract.state()));
    }
    return contract;
  }

  private static String path(Particulars contract) {
    return "/contracts/" + contract.id() + "/keeping";
  }

  private List<Crumb> crumbs(Particulars contract) {
    return List.of(
        book.crumb("people.crumb.home", "/"),
        book.crumb("contract.list.heading", "/contracts"),
        new Crumb(contract.title(), "/contracts/" + contract.id()),
        new Crumb(book.of("disposal.keeping"), path(contract)));
  }
}
