package jp.musubi.register;

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
import jp.musubi.contract.Refusal;
import jp.musubi.contract.StepRefused;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 台帳の訂正: what is noted of a contract that was sent, with a reason; the file never changes. */
@Controller
@RequestMapping("/contracts/{id}/register")
@Needs(Act.HANDLE_CONTRACT)
class CorrectionController {
  private final Entries entries;
  private final Items items;
  private final Contracts contracts;
  private final Book book;

  CorrectionController(Entries entries, Items items, Contracts contracts, Book book) {
    this.entries = entries;
    this.items = items;
    this.contracts = contracts;
    this.book = book;
  }

  /** The page, with what was corrected before. */
  record Page(
      List<Crumb> crumbs, String path, String back, List<Field> fields, List<Former> corrections) {}

  /** A correction in words. */
  record Former(String at, String by, String reason, List<CorrectionStore.Change> changes) {}

  @GetMapping
  ModelAndView ask(@PathVariable UUID id) {
    var contract = sent(id);
    var stored = entries.find(contract.id());
    return page(
        contract,
        EntryForm.of(stored.entry(), items.open()),
        String.valueOf(stored.version()),
        "",
        Map.of());
  }

  @PostMapping
  ModelAndView correct(
      @PathVariable UUID id,
      @RequestParam Map<String, String> typed,
      @CurrentStaff StaffMember clerk,
      HttpServletRequest request) {
    var contract = sent(id);
    var reader = new FormReader();
    var form = new EntryForm(typed, items.open());
    var entry = form.read(reader);
    var reason = reader.lines("reason", typed.get("reason"), 500);
    var version = typed.getOrDefault("version", "");
    if (reason.length() > 4000) {
      reader.reject("reason", "web.wrong.long", "500");
    }
    if (!reader.wrong().isEmpty()) {
      var page = page(contract, form, version, reason, reader.wrong());
      page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
      return page;
    }
    entries.correct(
        contract,
        version.matches("\\d{1,9}") ? Integer.parseInt(version) : -1,
        entry,
        reason,
        clerk,
        request.getRemoteAddr());
    return new ModelAndView("redirect:/contracts/" + id);
  }

  private Particulars sent(UUID id) {
    var contract = contracts.get(new ContractId(id));
    if (contract.state().equals("DRAFT")) {
      throw new StepRefused(new Refusal.NotInThisState(contract.state()));
    }
    return contract;
  }

  private ModelAndView page(
      Particulars contract,
      EntryForm form,
      String version,
      String reason,
      Map<String, Text> wrong) {
    var path = "/contracts/" + contract.id();
    var fields = new ArrayList<>(form.fields(wrong, book));
    fields.add(
        Field.required("reason", "register.reason")
            .hinted("register.reason.hint")
            .drawn(Form.LINES)
            .with(reason)
            .wrong(wrong.get("reason")));
    fields.add(Field.optional("version", "register.reason").drawn(Form.HIDDEN).with(version));
    return new ModelAndView(
        "register/correction",
        "page",
        new Page(
            List.of(
                book.crumb("contract.crumb.home", "/"),
                book.crumb("contract.list.heading", "/contracts"),
                new Crumb(contract.title(), path),
                book.crumb("register.correct", path + "/register")),
            path + "/register",
            path,
            fields,
            entries.corrections(contract.id()).stream()
                .map(each ->
                    new Former(
                        JapaneseDates.time(each.at()), each.by(), each.reason(), each.changes()))
                .toList()));
  }
}
