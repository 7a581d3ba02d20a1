package jp.musubi.contract.web;

import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Drafts;
import jp.musubi.contract.EligibilityRegister;
import jp.musubi.contract.FirstTermsRules;
import jp.musubi.contract.Particulars;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
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
  private final EligibilityRegister eligibility;
  private final Words words;
  private final Clock clock;

  TermsController(
      Contracts contracts,
      Drafts drafts,
      FirstTermsRules first,
      EligibilityRegister eligibility,
      Words words,
      Clock clock) {
    this.contracts = contracts;
    this.drafts = drafts;
    this.first = first;
    this.eligibility = eligibility;
    this.words = words;
    this.clock = clock;
  }

  @GetMapping
  ModelAndView form(@PathVariable UUID id, @CurrentStaff StaffMember clerk) {
    var draft = Visitor.draft(contracts.get(new ContractId(id)));
    if (draft.parties().isEmpty()) {
      return new ModelAndView("redirect:/contracts/" + id + "/parties");
    }
    return page(
        draft,
        TermsForm.of(draft, first.current(), clock.instant()),
        ClausesForm.of(eligibility.clauses(draft.id())),
        Map.of());
  }

  @PostMapping
  ModelAndView save(
      @PathVariable UUID id,
      @CurrentStaff StaffMember clerk,
      @ModelAttribute TermsForm form,
      @ModelAttribute ClausesForm wording) {
    var draft = Visitor.draft(contracts.get(new ContractId(id)));
    var reader = new FormReader();
    var clauses = wording.read(reader);
    var terms = form.read(reader, clock.instant());
    if (terms.isEmpty()) {
      var page = page(draft, form, wording, reader.wrong());
      page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
      return page;
    }
    drafts.enterTerms(draft.id(), terms.get(), clauses);
    return new ModelAndView("redirect:/contracts/" + id + "/review");
  }

  private ModelAndView page(
      Particulars draft, TermsForm form, ClausesForm wording, Map<String, Text> wrong) {
    return new ModelAndView(
        "contract/terms",
        "page",
        new FormPage(
            "/contracts/" + draft.id() + "/terms",
            "/contracts/" + draft.id() + "/parties",
            Making.at(2),
            Stream.concat(form.fields(wrong, words).stream(), wording.fields(wrong, words).stream())
                .toList()));
  }
}
