package jp.musubi.disposal;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
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
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.register.Keepings;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
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
  private final Contracts contracts;
  private final Disposals disposals;
  private final Keepings keepings;
  private final KeepingForms forms;
  private final Holds holds;
  private final Book book;

  KeepingController(
      Contracts contracts,
      Disposals disposals,
      Keepings keepings,
      Holds holds,
      KeepingForms forms,
      Book book) {
    this.contracts = contracts;
    this.disposals = disposals;
    this.keepings = keepings;
    this.holds = holds;
    this.forms = forms;
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
    var path = KeepingForms.path(contract);
    var concluded = contract.isKept();
    return new ModelAndView(
        "web/sheet",
        "page",
        Sheet.of(book.of("disposal.keeping"), forms.crumbs(contract))
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
    return extending(forms.concluded(id), "", "", Map.of());
  }

  @PostMapping("/extension")
  ModelAndView extend(
      @PathVariable UUID id,
      @CurrentStaff StaffMember by,
      @RequestParam(defaultValue = "") String keeping,
      @RequestParam(required = false) @Nullable String reason,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var contract = forms.concluded(id);
    var reader = new FormReader();
    var typed = reader.line("keeping", keeping, 20, true);
    var why = reader.lines("reason", reason, KeepingForms.LONGEST_REASON);
    if (reader.wrong().isEmpty()) {
      keepings
          .extend(contract, typed, why, by, request.getRemoteAddr())
          .ifPresent(refusal -> reader.reject("keeping", "disposal.extend." + refusal));
    }
    if (!reader.wrong().isEmpty()) {
      return KeepingForms.unprocessable(extending(contract, typed, why, reader.wrong()));
    }
    flash.addFlashAttribute("done", "disposal.extended");
    return new ModelAndView("redirect:" + KeepingForms.path(contract));
  }

  private ModelAndView extending(
      Particulars contract, String keeping, String reason, Map<String, Text> wrong) {
    var years = keepings.shown(contract);
    return forms.form(
        contract,
        "disposal.extend",
        "/extension",
        List.of(
            Field.required("keeping", "disposal.extend.keeping")
                .hinted("register.keeping.hint")
                .drawn(Form.DAY)
                .with(keeping)
                .wrong(wrong.get("keeping")),
            KeepingForms.reason(reason, wrong)),
        Text.of("disposal.extend.lead", years.isEmpty() ? "—" : years));
  }
}
