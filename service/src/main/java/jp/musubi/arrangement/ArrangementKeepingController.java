package jp.musubi.arrangement;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.Arrangement;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Drafts;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 「この並びを登録する」: how a contract's parties stand, kept for others, without anybody's name. */
@Controller
@Needs(Act.HANDLE_CONTRACT)
@RequestMapping("/contracts/{id}/arrangement")
class ArrangementKeepingController {
  private static final int LABEL = 100;

  private final ArrangementRegister register;
  private final Contracts contracts;
  private final Drafts drafts;
  private final Book book;

  ArrangementKeepingController(
      ArrangementRegister register, Contracts contracts, Drafts drafts, Book book) {
    this.register = register;
    this.contracts = contracts;
    this.drafts = drafts;
    this.book = book;
  }

  @GetMapping
  ModelAndView ask(@PathVariable UUID id) {
    var contract = contracts.get(new ContractId(id));
    return contract.parties().isEmpty()
        ? new ModelAndView("redirect:/contracts/" + id)
        : form(contract, Map.of("kind", contract.kind().name()), Map.of(), null, HttpStatus.OK);
  }

  @PostMapping
  ModelAndView keep(
      @PathVariable UUID id,
      @CurrentStaff StaffMember clerk,
      @RequestParam Map<String, String> typed,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var contract = contracts.get(new ContractId(id));
    if (contract.parties().isEmpty()) {
      return new ModelAndView("redirect:/contracts/" + id);
    }
    var reader = new FormReader();
    var name = reader.line("name", typed.get("name"), LABEL, true);
    var kind = ArrangementForm.kind(reader, typed.getOrDefault("kind", ""));
    var parties = contract.parties(Party.Kind.COUNTERPARTY);
    var labels =
        parties.stream()
            .map(party ->
                reader.line(label(party), typed.getOrDefault(label(party), ""), LABEL, false))
            .toList();
    var recipients = ArrangementForm.recipients(reader, typed.getOrDefault("recipients", ""));
    if (!reader.wrong().isEmpty()) {
      return form(contract, typed, reader.wrong(), null, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    var arrangement =
        Arrangement.of(name, kind, contract, labels, drafts::identification, recipients);
    var kept = register.make(arrangement, clerk.actor(), request.getRemoteAddr());
    if (kept != ArrangementRegister.Kept.KEPT) {
      return form(
          contract,
          typed,
          Map.of(),
          ArrangementController.refused(kept, arrangement),
          HttpStatus.CONFLICT);
    }
    flash.addFlashAttribute("done", "arrangement.made");
    return new ModelAndView("redirect:/contracts/" + id);
  }

  private static String label(Party party) {
    return "label-" + party.ordinal();
  }

  private ModelAndView form(
      Particulars contract,
      Map<String, String> typed,
      Map<String, Text> wrong,
      @Nullable Text refusal,
      HttpStatus status) {
    var path = "/contracts/%s/arrangement".formatted(contract.id());
    var fields = new ArrayList<Field>();
    fields.add(ArrangementForm.nameField(typed.getOrDefault("name", ""), wrong));
    fields.add(ArrangementForm.kindField(book, typed.getOrDefault("kind", ""), wrong));
    contract
        .parties(Party.Kind.COUNTERPARTY)
        .forEach(party ->
            fields.add(
                Field.called(
                        label(party),
                        "arrangement.label",
                        book.of(
                            "arrangement.label.of",
                            book.of("contract.role." + party.role()),
                            party.signature()),
                        false)
                    .hinted("arrangement.label.hint")
                    .with(typed.get(label(party)))
                    .wrong(wrong.get(label(party)))));
    fields.add(ArrangementForm.recipientsField(typed.getOrDefault("recipients", ""), wrong));
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    book.of("arrangement.keep"),
                    List.of(
                        book.crumb("contract.crumb.home", "/"),
                        book.crumb("contract.list.heading", "/contracts"),
                        new Crumb(contract.title(), "/contracts/" + contract.id()),
                        book.crumb("arrangement.keep", path)),
                    path,
                    fields,
                    "arrangement.keep.submit",
                    "/contracts/" + contract.id())
                .led(Text.of("arrangement.keep.lead"))
                .refused(refusal));
    page.setStatus(status);
    return page;
  }
}
