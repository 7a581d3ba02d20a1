package jp.musubi.contract.web;

import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Drafts;
import jp.musubi.contract.FirstTermsRules;
import jp.musubi.contract.Particulars;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.StaffMember;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** 契約を作る, step 3: 契約情報. */
@Controller
@Needs(Act.HANDLE_CONTRACT)
@RequestMapping("/contracts/{id}/terms")
class TermsController {
  private final Contracts contracts;
  private final Drafts drafts;
  private final FirstTermsRules first;
  private final Words words;
  private final Clock clock;

  TermsController(
      Contracts contracts, Drafts drafts, FirstTermsRules first, Words words, Clock clock) {
    this.contracts = contracts;
    this.drafts = drafts;
    this.first = first;
    this.words = words;
    this.clock = clock;
  }

  @GetMapping
  ModelAndView form(@PathVariable UUID id, @CurrentStaff StaffMember clerk) {
    var draft = Visitor.draft(contracts.get(new ContractId(id)));
    if (draft.parties().isEmpty()) {
      return new ModelAndView("redirect:/contracts/" + id + "/parties");
    }
    return page(draft, TermsForm.of(draft, first.current(), clock.instant()), Map.of());
  }

  @PostMapping
  ModelAndView save(
      @PathVariable UUID id, @CurrentStaff StaffMember clerk, @ModelAttribute TermsForm form) {
    var draft = Visitor.draft(contracts.get(new ContractId(id)));
    var reader = new FormReader();
    var terms = form.read(reader, clock.instant());
    if (terms.isEmpty()) {
      var page = page(draft, form, reader.wrong());
      page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
      return page;
    }
    drafts.enterTerms(draft.id(), terms.get());
    return new ModelAndView("redirect:/contracts/" + id + "/review");
  }

  private ModelAndView page(Particulars draft, TermsForm form, Map<String, Text> wrong) {
    return new ModelAndView(
        "contract/terms",
        "page",
        new FormPage(
            "/contracts/" + draft.id() + "/terms",
            "/contracts/" + draft.id() + "/parties",
            Making.at(2),
            form.fields(wrong, words)));
  }
}
