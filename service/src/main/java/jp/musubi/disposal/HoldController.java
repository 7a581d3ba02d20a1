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
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;
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

/** 廃棄の保留 of one contract: placed, and lifted. */
@Controller
@Needs(Act.KEEP_CONTRACT)
@RequestMapping("/contracts/{id}/keeping")
class HoldController {
  private final Contracts contracts;
  private final Holds holds;
  private final KeepingForms forms;
  private final Book book;

  HoldController(Contracts contracts, Holds holds, KeepingForms forms, Book book) {
    this.contracts = contracts;
    this.holds = holds;
    this.forms = forms;
    this.book = book;
  }

  @GetMapping("/hold")
  ModelAndView holding(@PathVariable UUID id) {
    return holding(forms.concluded(id), UUID.randomUUID(), "", "", Map.of());
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
    var contract = forms.concluded(id);
    var reader = new FormReader();
    var chosen =
        Arrays.stream(Hold.Kind.values()).filter(each -> each.name().equals(kind)).findFirst();
    if (chosen.isEmpty()) {
      reader.reject("kind", "people.wrong.choose");
    }
    var why = reader.lines("reason", reason, KeepingForms.LONGEST_REASON);
    if (chosen.isEmpty() || !reader.wrong().isEmpty()) {
      return KeepingForms.unprocessable(
          holding(contract, idempotencyKey, kind, why, reader.wrong()));
    }
    var refusal =
        holds.place(contract.id(), idempotencyKey, chosen.get(), why, by, request.getRemoteAddr());
    if (refusal.isPresent()) {
      throw new NotFound("hold on contract " + id);
    }
    flash.addFlashAttribute("done", "disposal.held");
    return new ModelAndView("redirect:" + KeepingForms.path(contract));
  }

  private ModelAndView holding(
      Particulars contract, UUID key, String kind, String reason, Map<String, Text> wrong) {
    var kinds = new ArrayList<Option>();
    kinds.add(new Option("", book.of("people.choose")));
    for (var each : Hold.Kind.values()) {
      kinds.add(new Option(each.name(), book.of("disposal.hold.kind." + each)));
    }
    return forms.form(
        contract,
        "disposal.hold",
        "/hold",
        List.of(
            Field.required("kind", "disposal.hold.kind")
                .offering(kinds)
                .with(kind)
                .wrong(wrong.get("kind")),
            KeepingForms.reason(reason, wrong),
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
    var why = reader.lines("reason", reason, KeepingForms.LONGEST_REASON);
    if (!reader.wrong().isEmpty()) {
      return KeepingForms.unprocessable(lifting(contract, hold, why, reader.wrong()));
    }
    holds.lift(contract.id(), hold, why, by, request.getRemoteAddr());
    flash.addFlashAttribute("done", "disposal.released");
    return new ModelAndView("redirect:" + KeepingForms.path(contract));
  }

  private ModelAndView lifting(
      Particulars contract, UUID hold, String reason, Map<String, Text> wrong) {
    if (holds.open(contract.id()).stream().noneMatch(each -> each.id().equals(hold))) {
      throw new NotFound("hold " + hold);
    }
    return forms.form(
        contract,
        "disposal.release",
        "/holds/" + hold + "/end",
        List.of(KeepingForms.reason(reason, wrong)),
        Text.of("disposal.release.lead"));
  }
}
